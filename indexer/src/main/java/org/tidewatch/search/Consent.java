package org.tidewatch.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tidewatch.search.SavedSearch.State;

/**
 * The rules of when a search may alert. What it asks must have been approved by a named person other than the one who
 * proposed it. A file's {@code approved_by} is taken for an approval when the search first appears, when names and
 * question change together, and when a new name stands there for a question that nobody has approved; left standing
 * beside a new question it says nothing of that one.
 *
 * @param fourEyes whether approval is asked for at all
 */
public record Consent(boolean fourEyes) {

    /** How many days after its review date a search goes on alerting. */
    public static final int GRACE_DAYS = 30;

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    static boolean lapsed(SavedSearch search, LocalDate today) {
        return today.minusDays(GRACE_DAYS).isAfter(search.reviewBy());
    }

    /** What the file says of approval, whether it is news or not. */
    static Optional<Approval> stated(SavedSearch search, Instant now) {
        return search.approvedBy()
                .filter(by -> search.proposedBy()
                        .filter(proposer -> !Approval.samePerson(proposer, by))
                        .isPresent())
                .map(by -> Approval.of(by, now, Approval.Way.FILE, search.question()));
    }

    /** The approval that holds for {@code definition} when it takes the place of {@code before}. */
    Optional<Approval> approval(Optional<KeptSearch> before, SavedSearch definition, Instant now) {
        if (before.isEmpty()) {
            return stated(definition, now);
        }
        SavedSearch former = before.get().definition();
        boolean withdrawn = former.state() == State.ACTIVE && definition.state() == State.PROPOSED;
        boolean lapsed = lapsed(former, day(now)) && !former.equals(definition);
        Optional<Approval> held = before.get()
                .entry()
                .approval()
                .filter(approval -> !withdrawn && !lapsed && holds(approval, definition));
        if (held.isPresent()) {
            return held;
        }
        boolean asksAnew = !former.question().equals(definition.question());
        boolean isNews = !former.approvedBy().equals(definition.approvedBy())
                || (asksAnew && !former.proposedBy().equals(definition.proposedBy()));
        return isNews ? stated(definition, now) : Optional.empty();
    }

    private boolean holds(Approval approval, SavedSearch definition) {
        boolean ownWork = definition
                .proposedBy()
                .filter(proposer -> Approval.samePerson(proposer, approval.by()))
                .isPresent();
        return approval.covers(definition.question()) && !(fourEyes && ownWork);
    }

    Standing standing(
            SavedSearch search,
            boolean removed,
            Optional<Approval> approval,
            Optional<Switched> switched,
            LocalDate today) {
        boolean on = switched.filter(Switched::on).isPresent();
        if (search.state() == State.RETIRED) {
            return new Standing(State.RETIRED, "its file says so");
        }
        if (removed) {
            return new Standing(State.DISABLED, "its file was removed");
        }
        if (switched.isPresent() && !on) {
            return new Standing(
                    State.DISABLED,
                    "by " + switched.get().by() + " on " + day(switched.get().at()) + ": "
                            + switched.get().why());
        }
        if (search.state() == State.DISABLED && !on) {
            return new Standing(State.DISABLED, "its file says so");
        }
        if (lapsed(search, today)) {
            return new Standing(
                    State.PROPOSED,
                    "its review date " + search.reviewBy() + " passed more than " + GRACE_DAYS + " days ago");
        }
        boolean commanded =
                approval.filter(given -> given.way() == Approval.Way.COMMAND).isPresent();
        if (search.state() == State.PROPOSED && !commanded) {
            return new Standing(State.PROPOSED, "its file says so");
        }
        if (approval.isPresent()) {
            return new Standing(
                    State.ACTIVE,
                    "approved by " + approval.get().by() + " on "
                            + day(approval.get().at()));
        }
        return fourEyes
                ? new Standing(
                        State.PROPOSED,
                        search.proposedBy()
                                .map(proposer -> "waits for the approval of someone other than " + proposer)
                                .orElse("cannot be approved before proposed_by says whose work it is"))
                : new Standing(State.ACTIVE, "approval is not asked for here");
    }
}
