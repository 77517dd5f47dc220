package org.tidewatch.query;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a query asks of an item: the one tree that KQL, Lucene syntax and Kibana filters are read into, and from which the
 * live matcher and the server's query are both made. Words have been analysed already; nothing below this tree is
 * analysed again. Field names are full and exist in the {@link Fields} that the query was read with; a field that does
 * not exist is {@link Nothing}.
 *
 * <p>Immutable.
 */
public sealed interface Clause {

    /** Every item. */
    record Everything() implements Clause {}

    /** No item. */
    record Nothing() implements Clause {}

    /** Items that all of the clauses find; at least one clause. */
    record All(List<Clause> clauses) implements Clause {
        public All {
            clauses = List.copyOf(clauses);
        }
    }

    /** Items that one of the clauses finds; at least one clause. */
    record Any(List<Clause> clauses) implements Clause {
        public Any {
            clauses = List.copyOf(clauses);
        }
    }

    /** Items that the clause does not find. */
    record Not(Clause clause) implements Clause {}

    /** What is asked of one field. */
    sealed interface Leaf extends Clause {
        String field();
    }

    /**
     * Words of a text field, in a row: {@code tokens} as the field's analyzer makes them, a single one or a phrase.
     *
     * @param source the words as they were typed, from which the folded form is made
     * @param tokens at least one
     * @param slop moves that Lucene's {@code PhraseQuery} allows; 0 for a phrase as it stands. With a slop above 0 only
     *     the exact form is matched
     */
    record Words(String field, String source, List<String> tokens, int slop) implements Leaf {
        public Words {
            tokens = List.copyOf(tokens);
            if (tokens.isEmpty()) {
                throw new IllegalArgumentException("No words to look for in " + field);
            }
        }
    }

    /** The whole value of a keyword field, or {@code true} or {@code false} of a boolean one. */
    record Value(String field, String value) implements Leaf {}

    /** A token of a text field, or the value of a keyword field, that begins so; never empty. */
    record Prefix(String field, String prefix) implements Leaf {}

    /** As {@link Prefix}, with Lucene's wildcards: {@code *}, {@code ?}, and {@code \} before a character meant as it is. */
    record Wildcard(String field, String pattern) implements Leaf {}

    /** A token or value that Lucene's regular expression (all flags on) takes in whole. */
    record Regexp(String field, String pattern) implements Leaf {}

    /**
     * A token or value within {@code edits} insertions, deletions, changes or swaps, by Lucene's {@code FuzzyQuery}: no
     * prefix, a swap counts one.
     *
     * @param edits 0 to 2
     */
    record Fuzzy(String field, String token, int edits) implements Leaf {}

    /** A token or value between two others, in the order of their UTF-8 bytes. */
    record Between(String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            implements Leaf {}

    /** A date within bounds; a bound may move with the clock, see {@link DateBound}. */
    record Dates(String field, Optional<DateBound> from, Optional<DateBound> to) implements Leaf {}

    /** A whole number from {@code min} to {@code max}, both included; bounds beyond a long stand for none. */
    record Integers(String field, BigInteger min, BigInteger max) implements Leaf {
        public static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
        public static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    }

    /** A number from {@code min} to {@code max}, both included; infinities for no bound. */
    record Decimals(String field, double min, double max) implements Leaf {}

    /** An address from {@code min} to {@code max}, both included, as 16 bytes (an IPv4 one mapped into IPv6), in hexadecimal. */
    record Addresses(String field, String min, String max) implements Leaf {}

    /** Any value at all, as the server's {@code exists} has it. */
    record Exists(String field) implements Leaf {}
}
