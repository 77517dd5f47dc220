package org.tidewatch.match;

import java.util.List;

/**
 * Why a search matched an item, at one place.
 *
 * @param clause the part of the query that matched, in Lucene syntax
 * @param excerpt the place with words around it, as the page has them (never defanged here: every view does that)
 * @param start first character of the match within the field's text
 * @param end one past its last character
 * @param folds names of the foldings that were needed to see the match; empty for an exact one
 * @param fingerprint of the folded passage that holds the match, see {@link Passage}
 */
public record Reason(
        String search,
        String clause,
        String field,
        String excerpt,
        int start,
        int end,
        List<String> folds,
        String fingerprint) {}
