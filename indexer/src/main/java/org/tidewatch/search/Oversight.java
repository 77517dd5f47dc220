package org.tidewatch.search;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.search.SavedSearch.State;

/**
 * What people do to a saved search beside its file: approve what it asks, switch it off and on. The file does not undo it,
 * but by asking something else. Every act is in the audit. Thread-safe.
 */
public final class Oversight {

    private final SearchStore store;
    private final Indices indices;
    private final SetWriter writer;
    private final Consent consent;
    private final Clock clock;

    Oversight(SearchStore store, Indices indices, SetWriter writer, Consent consent, Clock clock) {
        this.store = store;
        this.indices = indices;
        this.writer = writer;
        this.consent = consent;
        this.clock = clock;
    }

    /** What came of an act. */
    public sealed interface Outcome {}

    /** @param search as it is now */
    public record Done(KeptSearch search) implements Outcome {}

    /** Nothing was changed. */
    public record Refused(String why) implements Outcome {}

    /**
     * Approves what a search asks now.
     *
     * @param version the one that the person has looked at, if it is to be made sure that no other took its place
     * @param history what is asked of history
     */
    public Outcome approve(String id, String by, OptionalInt version, Lookback history) {
        return act(id, history, known -> objection(known, by, version), known -> {
            Approval approval = Approval.of(
                    by,
                    clock.instant(),
                    Approval.Way.COMMAND,
                    known.definition().question());
            return new Act(
                    known.entry()
                            .stands(
                                    known.entry().standing(),
                                    Optional.of(approval),
                                    known.entry().switched()),
                    new Ledger.Entry(
                            by,
                            "approve-search",
                            id,
                            Optional.empty(),
                            Optional.of("version " + known.version() + ", question " + approval.hash())));
        });
    }

    private Optional<String> objection(KeptSearch known, String by, OptionalInt version) {
        SavedSearch search = known.definition();
        if (search.state() == State.RETIRED) {
            return Optional.of(search.id() + " is retired");
        }
        if (known.entry().removed()) {
            return Optional.of("the file of " + search.id() + " is gone: put it back first");
        }
        if (version.isPresent() && version.getAsInt() != known.version()) {
            return Optional.of(search.id() + " is at version " + known.version() + " by now, not " + version.getAsInt()
                    + ": look at it again");
        }
        if (Consent.lapsed(search, Consent.day(clock.instant()))) {
            return Optional.of(search.id() + " is past its review date " + search.reviewBy()
                    + ": set another one in its file first");
        }
        if (!consent.fourEyes()) {
            return Optional.empty();
        }
        if (search.proposedBy().isEmpty()) {
            return Optional.of(search.id() + " does not say whose work it is: set proposed_by in its file first");
        }
        return search.proposedBy()
                .filter(proposer -> Approval.samePerson(proposer, by))
                .map(proposer -> search.id() + " was proposed by " + proposer + ": someone else approves it");
    }

    /** Switches a search off, whatever its file says. */
    public Outcome disable(String id, String by, String why) {
        return act(
                id,
                Lookback.PLAIN,
                known -> known.definition().state() == State.RETIRED
                        ? Optional.of(id + " is retired")
                        : Optional.empty(),
                known -> switched(known, Optional.of(new Switched(false, by, why, clock.instant())), by, why));
    }

    /** Takes {@link #disable} back, or switches on what its file says is disabled; approval is asked for all the same. */
    public Outcome enable(String id, String by, String why, Lookback history) {
        return act(
                id,
                history,
                known -> {
                    if (known.definition().state() == State.RETIRED) {
                        return Optional.of(id + " is retired: what it looked for is written anew, as another search");
                    }
                    if (known.entry().removed()) {
                        return Optional.of("the file of " + id + " is gone: put it back");
                    }
                    return known.entry().standing().state() == State.DISABLED
                            ? Optional.empty()
                            : Optional.of(id + " is not disabled");
                },
                known -> switched(
                        known,
                        known.definition().state() == State.DISABLED
                                ? Optional.of(new Switched(true, by, why, clock.instant()))
                                : Optional.empty(),
                        by,
                        why));
    }

    private static Act switched(KeptSearch known, Optional<Switched> switched, String by, String why) {
        boolean off = switched.filter(now -> !now.on()).isPresent();
        return new Act(
                known.entry().stands(known.entry().standing(), known.entry().approval(), switched),
                new Ledger.Entry(
                        by, off ? "disable-search" : "enable-search", known.id(), Optional.of(why), Optional.empty()));
    }

    private record Act(KeptSearch.Entry entry, Ledger.Entry ledger) {}

    private Outcome act(
            String id,
            Lookback history,
            Function<KeptSearch, Optional<String>> objecting,
            Function<KeptSearch, Act> acting) {
        Optional<KeptSearch> found = store.kept(id);
        if (found.isEmpty()) {
            return new Refused("there is no saved search " + id);
        }
        Optional<String> objection = objecting.apply(found.get());
        if (objection.isPresent()) {
            return new Refused(objection.get());
        }
        Plan plan = writer.write(
                () -> indices.get(Room.SEARCHES, List.of(id)),
                (stored, next) -> change(SearchStore.parsed(stored), id, history, objecting, acting, next));
        return plan.steps().stream()
                .findFirst()
                .<Outcome>map(step -> new Done(step.after()))
                .orElseGet(() -> new Refused(id + " was changed by someone else at this moment: look at it again"));
    }

    private SetWriter.Change change(
            Map<String, KeptSearch> known,
            String id,
            Lookback history,
            Function<KeptSearch, Optional<String>> objecting,
            Function<KeptSearch, Act> acting,
            long next) {
        KeptSearch before = known.get(id);
        if (before == null || objecting.apply(before).isPresent()) {
            return new SetWriter.Change(new Plan(next, List.of()), List.of());
        }
        Instant now = clock.instant();
        Act act = acting.apply(before);
        KeptSearch.Entry entry = act.entry();
        Standing standing = consent.standing(
                before.definition(), entry.removed(), entry.approval(), entry.switched(), Consent.day(now));
        KeptSearch after =
                new KeptSearch(before.definition(), entry.stands(standing, entry.approval(), entry.switched()));
        Optional<Lookback> asked =
                Planning.callsForHistory(before, after) ? Optional.of(history.at(next)) : entry.history();
        KeptSearch stamped = new KeptSearch(after.definition(), after.entry().since(next, asked));
        return new SetWriter.Change(
                new Plan(next, List.of(new Plan.Step(Plan.Kind.MOVED, Optional.of(before), stamped))),
                List.of(act.ledger()));
    }
}
