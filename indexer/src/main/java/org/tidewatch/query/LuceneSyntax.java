package org.tidewatch.query;

import java.util.List;
import java.util.OptionalInt;

/**
 * Reads {@code query_string} syntax as Kibana sends it: terms, phrases with slop, fuzzy, prefix, wildcard and regular
 * expressions, ranges, boosts, groups, {@code AND OR NOT && || ! + -}, {@code _exists_}, default operator OR. A bare term
 * searches {@link Fields#defaults}. It finds what the server's own {@code query_string} finds, but for fuzzy terms, which
 * the server ends after 50 spellings. Thread-safe.
 */
public final class LuceneSyntax {

    private static final QueryString.Mode TYPED = new QueryString.Mode(true, true, Leaves.Days.OF_UTC_IN_QUOTES);

    private LuceneSyntax() {}

    /**
     * What the query means; it may still match everything or nothing, see {@link Judgement}.
     *
     * @throws QueryRefused naming the place and the remedy
     */
    public static Parsed parse(String query, Fields fields) throws QueryRefused {
        Judgement.refuseLength(query);
        if (query.chars().allMatch(c -> KqlReader.isTrimmed((char) c))) {
            return new Parsed(new Clause.Everything(), List.of());
        }
        Reading reading = new Reading(fields);
        Clause clause = new QueryString(reading, query, fields.defaults(), TYPED, OptionalInt.empty()).read();
        return new Parsed(Simplified.of(clause), reading.remarks());
    }
}
