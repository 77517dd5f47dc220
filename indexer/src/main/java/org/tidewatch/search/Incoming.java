package org.tidewatch.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The definitions that are to be in force, as their files are now.
 *
 * @param refused id to message, of searches whose latest definition cannot be used: what is in force of them stays
 * @param unsound sources that could not be read in full; no search is taken for removed that came from one of them
 * @param complete whether all sources were seen; if not, no search is taken for removed
 * @param by the person who applies, or {@code tidewatch}
 * @param history what is asked of history for searches that call for it; its revision is ignored
 */
public record Incoming(
        List<Offered> offered,
        Map<String, String> refused,
        Set<String> unsound,
        boolean complete,
        String by,
        Lookback history) {

    /** A definition and the name of the file that it is from. */
    public record Offered(SavedSearch search, String source) {}

    public Incoming {
        offered = List.copyOf(offered);
        refused = Map.copyOf(refused);
        unsound = Set.copyOf(unsound);
    }

    /** All there is, from one source, without a problem. */
    public static Incoming of(List<SavedSearch> searches, String source) {
        return new Incoming(
                searches.stream().map(search -> new Offered(search, source)).toList(),
                Map.of(),
                Set.of(),
                true,
                KeptSearch.TIDEWATCH,
                Lookback.PLAIN);
    }
}
