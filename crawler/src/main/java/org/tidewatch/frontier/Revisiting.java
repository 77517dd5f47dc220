package org.tidewatch.frontier;

import java.time.Duration;
import org.tidewatch.frontier.Visit.Revisit;
import org.tidewatch.item.Outcome;

/**
 * When a URL is fetched again: the pause halves when the main text changed and grows by half when it did not, within the
 * seed's range. A failure that may pass is tried again after the shortest pause, doubling with every further one.
 */
final class Revisiting {

    private static final int MAX_DOUBLINGS = 16;
    private static final Duration LEAST_AFTER_REFUSAL = Duration.ofHours(24);

    private Revisiting() {}

    static Revisit after(Entry entry, Completion completion, boolean changed) {
        Revisit range = entry.revisit();
        return switch (completion.outcome()) {
            case FETCHED, UNCHANGED, REDIRECTED ->
                adapted(
                        range,
                        changed
                                ? range.current().dividedBy(2)
                                : range.current().multipliedBy(3).dividedBy(2));
            case GONE ->
                entry.flagged() ? adapted(range, range.current().multipliedBy(2)) : adapted(range, range.max());
            case ROBOTS_REFUSED -> new Revisit(range.min(), range.max(), longer(range.max(), LEAST_AFTER_REFUSAL));
            default ->
                completion.outcome().mayPass()
                        ? asAsked(completion, adapted(range, backOff(range, entry.failures())))
                        : adapted(range, range.max());
        };
    }

    /** Whether an outcome counts as a failure in a row. */
    static boolean isFailure(Outcome outcome) {
        return switch (outcome) {
            case FETCHED, UNCHANGED, REDIRECTED, DISCOVERED -> false;
            default -> true;
        };
    }

    private static Duration backOff(Revisit range, int failuresBefore) {
        return range.min().multipliedBy(1L << Math.min(failuresBefore, MAX_DOUBLINGS));
    }

    /** A server's Retry-After (RFC 9110, section 10.2.3) is kept, but not beyond a day. */
    private static Revisit asAsked(Completion completion, Revisit planned) {
        return completion
                .retryAfter()
                .map(asked -> asked.compareTo(LEAST_AFTER_REFUSAL) > 0 ? LEAST_AFTER_REFUSAL : asked)
                .filter(asked -> asked.compareTo(planned.current()) > 0)
                .map(asked -> new Revisit(planned.min(), planned.max(), asked))
                .orElse(planned);
    }

    private static Revisit adapted(Revisit range, Duration wished) {
        Duration bounded = wished.compareTo(range.min()) < 0 ? range.min() : wished;
        return new Revisit(range.min(), range.max(), bounded.compareTo(range.max()) > 0 ? range.max() : bounded);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
