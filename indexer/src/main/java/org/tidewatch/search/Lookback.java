package org.tidewatch.search;

/**
 * What is asked of history for a search that is new, asks something new, or is in force again.
 *
 * @param run whether the search runs over what is stored already
 * @param quiet whether it then records its matches without alerting anyone
 * @param revision of the set, with which the search came in; items below it have not been matched with it
 */
public record Lookback(boolean run, boolean quiet, long revision) {

    /** What is asked for unless a person asks otherwise. */
    public static final Lookback PLAIN = new Lookback(true, false, 0);

    public Lookback at(long since) {
        return new Lookback(run, quiet, since);
    }
}
