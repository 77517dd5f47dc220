package org.tidewatch.match;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;

/**
 * A search that matches an item, and why.
 *
 * @param reasons at least one, at most {@link Matcher#MAX_REASONS}
 */
public record Match(SearchSet.Versioned versioned, List<Reason> reasons) {

    public SavedSearch search() {
        return versioned.search();
    }

    public int version() {
        return versioned.version();
    }

    public Set<String> fingerprints() {
        Set<String> fingerprints = new TreeSet<>();
        reasons.forEach(reason -> fingerprints.add(reason.fingerprint()));
        return fingerprints;
    }
}
