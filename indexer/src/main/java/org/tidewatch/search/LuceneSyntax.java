package org.tidewatch.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code query_string} syntax over the fields of items into a Lucene query: terms, phrases with slop, fuzzy,
 * prefix, wildcard and regular expressions, ranges, boosts, groups, {@code AND OR NOT && || ! + -}, default operator
 * OR. A bare term searches {@link ItemFields#bareTermFields}. Thread-safe.
 *
 * <p>Refused: fields that items don't have, what matches everything, purely negative queries, and more than
 * {@value #MAX_CLAUSES} clauses.
 */
public final class LuceneSyntax {

    /** Most clauses of one query, below the server's own bound. */
    public static final int MAX_CLAUSES = 1_000;

    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");

    private LuceneSyntax() {}

    /**
     * The Lucene query that {@code query} means.
     *
     * @throws QueryRefused naming the place and the remedy
     */
    public static Query parse(String query) throws QueryRefused {
        if (query.isBlank()) {
            throw new QueryRefused("An empty query matches everything: write what to look for", -1);
        }
        Parser parser = new Parser();
        Query parsed;
        try {
            parsed = parser.parse(query);
        } catch (ParseException e) {
            throw refused(query, e);
        } catch (IndexSearcher.TooManyClauses e) {
            throw new QueryRefused("More than " + MAX_CLAUSES + " clauses: split the search", -1);
        } catch (IllegalArgumentException e) {
            throw new QueryRefused(String.valueOf(e.getMessage()), -1);
        }
        Query rewritten = unwrap(parsed);
        if (rewritten instanceof MatchAllDocsQuery) {
            throw new QueryRefused("This query matches every item: say what to look for", -1);
        }
        if (isPurelyNegative(rewritten)) {
            throw new QueryRefused(
                    "This query only says what not to match, and so would match nearly everything:"
                            + " add a clause for what to look for",
                    -1);
        }
        return parsed;
    }

    private static Query unwrap(Query query) {
        if (query instanceof BoostQuery boost) {
            return unwrap(boost.getQuery());
        }
        return query instanceof ConstantScoreQuery constant ? unwrap(constant.getQuery()) : query;
    }

    private static boolean isPurelyNegative(Query query) {
        return query instanceof BooleanQuery bool && bool.clauses().stream().noneMatch(LuceneSyntax::looksForSomething);
    }

    private static boolean looksForSomething(BooleanClause clause) {
        Query inner = unwrap(clause.getQuery());
        return clause.getOccur() != BooleanClause.Occur.MUST_NOT
                && !(inner instanceof MatchAllDocsQuery)
                && !isPurelyNegative(inner);
    }

    private static QueryRefused refused(String query, ParseException e) {
        Throwable cause = e.getCause();
        if (e.getMessage() != null && e.getMessage().startsWith(Parser.REFUSED)) {
            String message = e.getMessage().substring(Parser.REFUSED.length());
            int quote = message.indexOf('"');
            String named = quote < 0 ? "" : message.substring(quote + 1, message.indexOf('"', quote + 1));
            return new QueryRefused(message, named.isEmpty() ? -1 : query.indexOf(named));
        }
        if (cause instanceof IndexSearcher.TooManyClauses) {
            return new QueryRefused("More than " + MAX_CLAUSES + " clauses: split the search", -1);
        }
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        if (place.find()) {
            int position = position(query, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
            String found = position >= query.length() ? "the end" : "\"" + query.charAt(position) + "\"";
            return new QueryRefused(
                    "The query breaks off or goes wrong at " + found + " (character " + (position + 1)
                            + "): close every quote and bracket, and escape special characters with \\",
                    position);
        }
        return new QueryRefused("Not Lucene syntax: " + e.getMessage(), -1);
    }

    private static int position(String query, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = query.indexOf('\n', start) + 1;
        }
        return Math.min(query.length(), start + column);
    }

    private static final class Parser extends MultiFieldQueryParser {

        static final String REFUSED = "refused: ";

        Parser() {
            super(ItemFields.bareTermFields().toArray(String[]::new), ItemFields.analyzer());
            setAllowLeadingWildcard(true);
            setSplitOnWhitespace(true);
        }

        @Override
        public Query parse(String query) throws ParseException {
            try {
                return super.parse(query);
            } catch (ParseException e) {
                Throwable root = e;
                while (root.getCause() != null && root.getCause() != root) {
                    root = root.getCause();
                    if (root.getMessage() != null && root.getMessage().startsWith(REFUSED)) {
                        throw new ParseException(root.getMessage());
                    }
                }
                throw e;
            }
        }

        private static ItemFields.Type typeOf(String field) throws ParseException {
            Optional<ItemFields.Type> type = ItemFields.type(field);
            if (type.isEmpty()) {
                throw new ParseException(REFUSED + "Items have no field \"" + field + "\""
                        + ItemFields.suggestion(field)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; the fields are listed in docs/searches.md"));
            }
            return type.get();
        }

        @Override
        protected @Nullable Query getFieldQuery(@Nullable String field, String text, boolean quoted)
                throws ParseException {
            if (field == null) {
                return super.getFieldQuery(null, text, quoted);
            }
            if (field.equals("_exists_")) {
                typeOf(text);
                throw new ParseException(REFUSED + "\"_exists_\" cannot be a saved search's clause yet");
            }
            return switch (typeOf(field)) {
                case TEXT -> super.getFieldQuery(field, text, quoted);
                case KEYWORD -> new TermQuery(new Term(field, text));
                case BOOLEAN -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new ParseException(REFUSED + field + " is true or false, not \"" + text + "\"");
                    }
                    yield new TermQuery(new Term(field, text));
                }
                case DATE, NUMBER -> getRangeQuery(field, text, text, true, true);
            };
        }

        @Override
        protected @Nullable Query getFieldQuery(@Nullable String field, String text, int slop) throws ParseException {
            if (field != null && typeOf(field) != ItemFields.Type.TEXT) {
                return getFieldQuery(field, text, true);
            }
            return super.getFieldQuery(field, text, slop);
        }

        @Override
        protected Query getRangeQuery(
                @Nullable String field,
                @Nullable String low,
                @Nullable String high,
                boolean lowIncluded,
                boolean highIncluded)
                throws ParseException {
            if (field == null) {
                return super.getRangeQuery(null, low, high, lowIncluded, highIncluded);
            }
            return switch (typeOf(field)) {
                case DATE ->
                    LongPoint.newRangeQuery(
                            field,
                            low == null ? Long.MIN_VALUE : date(field, low, lowIncluded ? Edge.FROM : Edge.AFTER),
                            high == null ? Long.MAX_VALUE : date(field, high, highIncluded ? Edge.TO : Edge.BEFORE));
                case NUMBER ->
                    LongPoint.newRangeQuery(
                            field,
                            low == null ? Long.MIN_VALUE : number(field, low) + (lowIncluded ? 0 : 1),
                            high == null ? Long.MAX_VALUE : number(field, high) - (highIncluded ? 0 : 1));
                case BOOLEAN, KEYWORD, TEXT ->
                    TermRangeQuery.newStringRange(field, low, high, lowIncluded, highIncluded);
            };
        }

        /** Which instant of a day a bound means; a day's name stands for its first or its last millisecond. */
        private enum Edge {
            FROM,
            AFTER,
            TO,
            BEFORE
        }

        private static long date(String field, String text, Edge edge) throws ParseException {
            try {
                long day = LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
                long next = LocalDate.parse(text)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
                return switch (edge) {
                    case FROM -> day;
                    case AFTER -> next;
                    case TO -> next - 1;
                    case BEFORE -> day - 1;
                };
            } catch (DateTimeParseException notADay) {
                try {
                    long instant = Instant.parse(text).toEpochMilli();
                    return switch (edge) {
                        case FROM, TO -> instant;
                        case AFTER -> instant + 1;
                        case BEFORE -> instant - 1;
                    };
                } catch (DateTimeParseException e) {
                    throw new ParseException(REFUSED + field + " takes a day (2026-11-24) or an instant"
                            + " (2026-11-24T10:00:00Z), not \"" + text + "\"");
                }
            }
        }

        private static long number(String field, String text) throws ParseException {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new ParseException(REFUSED + field + " takes a whole number, not \"" + text + "\"");
            }
        }

        @Override
        protected Query getPrefixQuery(@Nullable String field, String text) throws ParseException {
            check(field);
            return super.getPrefixQuery(field, text);
        }

        @Override
        protected Query getWildcardQuery(@Nullable String field, String text) throws ParseException {
            if (field != null && field.equals("*") && text.equals("*")) {
                return new MatchAllDocsQuery();
            }
            check(field);
            return super.getWildcardQuery(field, text);
        }

        @Override
        protected Query getRegexpQuery(@Nullable String field, String text) throws ParseException {
            check(field);
            return super.getRegexpQuery(field, text);
        }

        @Override
        protected Query getFuzzyQuery(@Nullable String field, String text, float similarity) throws ParseException {
            check(field);
            return super.getFuzzyQuery(field, text, similarity);
        }

        private static void check(@Nullable String field) throws ParseException {
            if (field != null) {
                typeOf(field);
            }
        }
    }
}
