package org.tidewatch.match;

import java.util.List;

/**
 * What one revision of the search set has to say of an item.
 *
 * @param failures searches that failed on this item; the others' matches stand
 */
public record Matching(long revision, List<Match> matches, List<Failure> failures) {

    public record Failure(String search, String reason) {}
}
