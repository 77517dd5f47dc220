package org.tidewatch.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All current searches as of one revision. The revision grows with every change of any search. */
public record SearchSet(long revision, List<Versioned> searches) {

    public static final SearchSet EMPTY = new SearchSet(0, List.of());

    /**
     * A search with the number of its version, which grows when its definition changes.
     *
     * @param history what was asked of history when the search came in as it is
     */
    public record Versioned(SavedSearch search, int version, Lookback history) {

        /** One that has stood from the beginning. */
        public Versioned(SavedSearch search, int version) {
            this(search, version, Lookback.PLAIN);
        }
    }

    public SearchSet {
        searches = List.copyOf(searches);
    }

    /**
     * The set after {@code changes}.
     *
     * @throws IllegalArgumentException if they do not begin at this set's revision
     */
    public SearchSet with(SearchStore.Changes changes) {
        if (changes.since() != revision) {
            throw new IllegalArgumentException(
                    "Changes since revision " + changes.since() + " do not follow revision " + revision);
        }
        Map<String, Versioned> byId = new LinkedHashMap<>();
        searches.forEach(versioned -> byId.put(versioned.search().id(), versioned));
        changes.ended().forEach(byId::remove);
        changes.standing().forEach(versioned -> byId.put(versioned.search().id(), versioned));
        return new SearchSet(changes.revision(), List.copyOf(byId.values()));
    }
}
