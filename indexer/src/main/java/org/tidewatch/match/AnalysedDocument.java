package org.tidewatch.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as the index sees it: the tokens of its texts, exact and folded, and the values of its other fields, each in
 * the form in which the server compares it. Made by {@link Analysis}. Immutable and thread-safe.
 */
public final class AnalysedDocument {

    private static final String[] NO_WORDS = {};
    private static final long[] NO_NUMBERS = {};
    private static final double[] NO_DECIMALS = {};
    private static final byte[][] NO_ADDRESSES = {};

    private final TokenTable tokens;
    private final @Nullable Object[] values;

    /**
     * @param values by number of the field: a list of texts, or an array of {@code String} (keywords and booleans),
     *     {@code long} (dates and integers), {@code double} or {@code byte[]}; null for a field that has no value
     */
    AnalysedDocument(TokenTable tokens, @Nullable Object[] values) {
        this.tokens = tokens;
        this.values = values;
    }

    TokenTable tokens() {
        return tokens;
    }

    /** Whether the server's {@code exists} finds the field: also a text without a token, not a keyword that is too long. */
    boolean has(int field) {
        return values[field] != null;
    }

    @SuppressWarnings("unchecked")
    List<String> texts(int field) {
        Object value = values[field];
        return value == null ? List.of() : (List<String>) value;
    }

    /** Keywords, or {@code true} and {@code false}; none for a field of another type. */
    String[] words(int field) {
        return values[field] instanceof String[] words ? words : NO_WORDS;
    }

    long[] numbers(int field) {
        Object value = values[field];
        return value == null ? NO_NUMBERS : (long[]) value;
    }

    double[] decimals(int field) {
        Object value = values[field];
        return value == null ? NO_DECIMALS : (double[]) value;
    }

    byte[][] addresses(int field) {
        Object value = values[field];
        return value == null ? NO_ADDRESSES : (byte[][]) value;
    }
}
