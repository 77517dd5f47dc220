package org.tidewatch.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of new, changed and re-enabled searches over the items that were filed before, from its beginning to its end.
 *
 * @param since revision of the searches that the run before went up to
 * @param revision that this one goes up to: no item that these searches may match is left below it
 * @param searches how many searches it is for, {@code names} the first of them
 * @param total items to look at, as counted at the beginning; the crawl may take some of them off its hands
 * @param done items looked at, {@code found} matches that were not known before, {@code alerts} made
 * @param failed items that cannot be matched or filed again; the outcomes say why
 * @param place where to go on after a break
 * @param at when it was last written
 */
public record HistoryRun(
        long since,
        long revision,
        int searches,
        List<String> names,
        long total,
        long done,
        long found,
        long alerts,
        long failed,
        Optional<Place> place,
        Instant startedAt,
        Instant at,
        Optional<Instant> finishedAt) {

    static final int MOST_NAMES = 20;

    /**
     * The last item looked at in a group of searches, which its first search names.
     *
     * @param after the item's id
     */
    public record Place(String group, String after) {}

    public HistoryRun {
        names = List.copyOf(names);
    }

    static HistoryRun begun(long since, long revision, List<String> searches, long total, Instant now) {
        return new HistoryRun(
                since,
                revision,
                searches.size(),
                searches.stream().limit(MOST_NAMES).toList(),
                total,
                0,
                0,
                0,
                0,
                Optional.empty(),
                now,
                now,
                Optional.empty());
    }

    /** Whether it is the one that a search runs in which came in with this revision. */
    public boolean covers(long cameIn) {
        return since < cameIn && cameIn <= revision;
    }

    HistoryRun further(Tally tally, Place reached, Instant now) {
        return with(tally, Optional.of(reached), now, Optional.empty());
    }

    HistoryRun finished(Tally tally, Instant now) {
        return with(tally, Optional.empty(), now, Optional.of(now));
    }

    private HistoryRun with(Tally tally, Optional<Place> reached, Instant now, Optional<Instant> finished) {
        return new HistoryRun(
                since,
                revision,
                searches,
                names,
                total,
                done + tally.done(),
                found + tally.found(),
                alerts + tally.alerts(),
                failed + tally.failed(),
                reached,
                startedAt,
                now,
                finished);
    }

    /** What came of some items. */
    record Tally(long done, long found, long alerts, long failed) {

        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(done + other.done, found + other.found, alerts + other.alerts, failed + other.failed);
        }
    }
}
