package org.tidewatch.command;

import org.tidewatch.config.Configuration;
import org.tidewatch.index.Indices;
import org.tidewatch.search.SavedSearch.State;
import org.tidewatch.search.Tally;

/**
 * The saved searches' part of the status.
 *
 * @param fourEyes whether a second person's approval is asked for
 */
record SearchStatus(Tally tally, boolean fourEyes) {

    static SearchStatus of(Configuration configuration, Indices indices) {
        return new SearchStatus(
                Tally.of(indices), configuration.searches().consent().fourEyes());
    }

    void print() {
        System.out.println("Saved searches");
        System.out.println("  standing        " + count(State.ACTIVE) + " active, " + count(State.PROPOSED)
                + " only proposed, " + count(State.DISABLED) + " disabled, " + count(State.RETIRED) + " retired");
        if (!fourEyes) {
            System.out.println("  approval        by a second person is not asked for (searches.four_eyes: false)");
        }
        if (tally.refused() > 0) {
            System.out.println("  refused         " + tally.refused()
                    + " have a later definition that was not taken; the last good one is in force");
            tally.examples()
                    .forEach(refused -> System.out.println("    " + refused.id() + ": "
                            + Shown.text(refused.message()).lines().findFirst().orElse("")));
        }
    }

    private long count(State state) {
        return tally.standing().getOrDefault(state, 0L);
    }
}
