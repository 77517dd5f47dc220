package org.tidewatch.match;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tidewatch.search.SavedSearch;

/**
 * A search that matches an item, and why.
 *
 * @param reasons at least one, at most {@link Matcher#MAX_REASONS}
 */
public record Match(SavedSearch search, int version, List<Reason> reasons) {

    public Set<String> fingerprints() {
        Set<String> fingerprints = new TreeSet<>();
        reasons.forEach(reason -> fingerprints.add(reason.fingerprint()));
        return fingerprints;
    }
}
