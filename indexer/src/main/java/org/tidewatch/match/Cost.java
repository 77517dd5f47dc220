package org.tidewatch.match;

import java.time.Duration;

/**
 * What a search cost over some time.
 *
 * @param tried documents that it was tried on, and {@code spent} the time of that; both extrapolated from a sample
 * @param matched documents that it matched, and {@code failed} those on which it failed; both counted
 */
public record Cost(String search, int tried, Duration spent, int matched, int failed) {

    /** Whether nothing happened. */
    public boolean isZero() {
        return tried == 0 && matched == 0 && failed == 0;
    }
}
