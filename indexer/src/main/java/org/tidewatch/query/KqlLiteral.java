package org.tidewatch.query;

import java.util.List;

/**
 * A value or a field's name in KQL.
 *
 * @param pieces what stands between the wildcards, escapes resolved; one piece when there is none
 * @param raw as it was typed
 * @param start where it begins in the query
 */
record KqlLiteral(List<String> pieces, boolean quoted, String raw, int start) {

    KqlLiteral {
        pieces = List.copyOf(pieces);
    }

    boolean hasWildcard() {
        return pieces.size() > 1;
    }

    boolean isLoneWildcard() {
        return pieces.equals(List.of("", ""));
    }

    /** Unquoted {@code null}, which stands for no value instead of a word. */
    boolean isNull() {
        return !quoted && !hasWildcard() && pieces.get(0).equals("null");
    }

    String text() {
        return String.join("*", pieces);
    }

    /** As a pattern of Lucene's, in which only the wildcards are special. */
    String pattern() {
        return String.join(
                "*",
                pieces.stream()
                        .map(piece -> piece.replaceAll("[*?\\\\]", "\\\\$0"))
                        .toList());
    }

    /** As {@code query_string} syntax, in which only the wildcards are special, and white space still parts words. */
    String queryString() {
        return String.join(
                "*",
                pieces.stream()
                        .map(piece -> piece.replaceAll("[-+=&|><!(){}\\[\\]^\"~*?:\\\\/]", "\\\\$0"))
                        .toList());
    }
}
