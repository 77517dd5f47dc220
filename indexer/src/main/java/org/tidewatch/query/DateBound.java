package org.tidewatch.query;

import java.time.ZoneOffset;

/**
 * One end of a range of dates, as Elasticsearch reads it: a date or {@code now}, with date maths, rounded down or up.
 *
 * @param expression for instance {@code now-7d/d}, {@code 2026-11-24}, {@code 2026-11-24||/M}; known to be readable
 * @param roundUp whether a missing or rounded-off part is filled with its last moment instead of its first
 * @param shift milliseconds to add at the end: 1 or -1 for a bound that is itself left out
 * @param inUtc whether its days are those of UTC whatever the zone: Kibana tells the server its zone with some queries only
 */
public record DateBound(String expression, boolean roundUp, int shift, boolean inUtc) {

    /** In the zone of who asks. */
    public DateBound(String expression, boolean roundUp, int shift) {
        this(expression, roundUp, shift, false);
    }

    /** The bound in milliseconds since 1970, both ends included. */
    public long millis(Now now) {
        Now there = inUtc ? new Now(now.instant(), ZoneOffset.UTC) : now;
        return Math.addExact(DateMath.millis(expression, roundUp, there), shift);
    }

    /** Whether the bound moves with the clock. */
    public boolean moves() {
        return expression.startsWith("now");
    }
}
