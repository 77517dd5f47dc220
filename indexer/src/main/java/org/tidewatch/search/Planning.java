package org.tidewatch.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidewatch.search.SavedSearch.State;

/** Works out what becomes of each search when definitions come in. Looks at nothing but what it is given. */
final class Planning {

    private final Consent consent;
    private final Incoming incoming;
    private final long revision;
    private final Instant now;

    /** @param revision that the set has once the plan is carried out */
    Planning(Consent consent, Incoming incoming, long revision, Instant now) {
        this.consent = consent;
        this.incoming = incoming;
        this.revision = revision;
        this.now = now;
    }

    List<Plan.Step> steps(Map<String, KeptSearch> known) {
        Map<String, KeptSearch> rest = new TreeMap<>(known);
        List<Plan.Step> steps = new ArrayList<>();
        for (Incoming.Offered offered : incoming.offered()) {
            Optional<KeptSearch> before =
                    Optional.ofNullable(rest.remove(offered.search().id()));
            steps.add(before.isEmpty() ? added(offered) : offered(before.get(), offered));
        }
        rest.values().forEach(absent -> steps.add(absent(absent)));
        return steps;
    }

    private Plan.Step added(Incoming.Offered offered) {
        SavedSearch search = offered.search();
        Optional<Approval> approval = consent.approval(Optional.empty(), search, now);
        Standing standing = consent.standing(search, false, approval, Optional.empty(), Consent.day(now));
        KeptSearch after = new KeptSearch(
                search,
                new KeptSearch.Entry(
                        1,
                        revision,
                        now,
                        incoming.by(),
                        offered.source(),
                        List.of(),
                        false,
                        standing,
                        approval,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(incoming.history().at(revision))));
        return new Plan.Step(Plan.Kind.ADDED, Optional.empty(), after);
    }

    private Plan.Step offered(KeptSearch before, Incoming.Offered offered) {
        KeptSearch.Entry entry = before.entry().from(offered.source(), false, Optional.empty());
        return step(before, offered.search(), entry);
    }

    /** A search that no definition came in for: refused, perhaps only not seen, or gone. */
    private Plan.Step absent(KeptSearch before) {
        KeptSearch.Entry entry = before.entry();
        boolean kept = !incoming.complete()
                || incoming.refused().containsKey(before.id())
                || incoming.unsound().contains(entry.source());
        if (kept) {
            Optional<Refusal> problem = refusal(before)
                    .map(message -> entry.problem()
                            .filter(known -> known.message().equals(message))
                            .orElse(new Refusal(message, now)))
                    .or(entry::problem);
            return step(before, before.definition(), entry.from(entry.source(), entry.removed(), problem));
        }
        SavedSearch ended = before.definition().state() == State.RETIRED
                ? before.definition()
                : before.definition().withState(State.DISABLED);
        return step(before, ended, entry.from(entry.source(), true, Optional.empty()));
    }

    private Optional<String> refusal(KeptSearch before) {
        String source = before.entry().source();
        return Optional.ofNullable(incoming.refused().get(before.id()))
                .or(() -> Optional.of("not found in " + source + ", which has problems")
                        .filter(message -> incoming.unsound().contains(source)));
    }

    private Plan.Step step(KeptSearch before, SavedSearch search, KeptSearch.Entry entry) {
        List<String> changed = KeptSearch.differences(before.definition(), search);
        boolean gone = entry.removed() && !before.entry().removed();
        Optional<Approval> approval = consent.approval(Optional.of(before), search, now);
        Optional<Switched> switched = entry.switched()
                .filter(known ->
                        !known.on() || search.state() == before.definition().state());
        Standing standing = consent.standing(search, entry.removed(), approval, switched, Consent.day(now));
        KeptSearch.Entry after = entry.stands(standing, approval, switched);
        if (!changed.isEmpty()) {
            after = new KeptSearch.Entry(
                    entry.version() + 1,
                    entry.revision(),
                    now,
                    incoming.by(),
                    entry.source(),
                    changed,
                    entry.removed(),
                    standing,
                    approval,
                    switched,
                    entry.problem(),
                    entry.history());
        }
        KeptSearch made = new KeptSearch(search, after);
        return switch (kind(before, made, gone)) {
            case UNCHANGED -> new Plan.Step(Plan.Kind.UNCHANGED, Optional.of(before), before);
            case NOTED -> new Plan.Step(Plan.Kind.NOTED, Optional.of(before), made);
            default -> new Plan.Step(kind(before, made, gone), Optional.of(before), stamped(before, made));
        };
    }

    private static Plan.Kind kind(KeptSearch before, KeptSearch after, boolean gone) {
        if (gone) {
            return Plan.Kind.REMOVED;
        }
        if (before.version() != after.version()) {
            return Plan.Kind.CHANGED;
        }
        if (before.entry().standing().state() != after.entry().standing().state()) {
            return Plan.Kind.MOVED;
        }
        return before.entry().equals(after.entry()) ? Plan.Kind.UNCHANGED : Plan.Kind.NOTED;
    }

    private KeptSearch stamped(KeptSearch before, KeptSearch after) {
        Optional<Lookback> asked = callsForHistory(before, after)
                ? Optional.of(incoming.history().at(revision))
                : after.entry().history();
        return new KeptSearch(after.definition(), after.entry().since(revision, asked));
    }

    /** Whether what is stored must be looked through: the search asks something new, or more comes of what it finds. */
    static boolean callsForHistory(KeptSearch before, KeptSearch after) {
        State now = after.entry().standing().state();
        State then = before.entry().standing().state();
        boolean stands = now == State.ACTIVE || now == State.PROPOSED;
        boolean stood = then == State.ACTIVE || then == State.PROPOSED;
        return stands
                && (!stood
                        || (now == State.ACTIVE && then == State.PROPOSED)
                        || !before.definition()
                                .question()
                                .equals(after.definition().question()));
    }
}
