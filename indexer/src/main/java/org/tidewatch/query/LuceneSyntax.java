package org.tidewatch.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.Token;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code query_string} syntax over the fields of items into a Lucene query that finds what the server's own
 * {@code query_string} finds: terms, phrases with slop, fuzzy, prefix, wildcard and regular expressions, ranges, boosts,
 * groups, {@code AND OR NOT && || ! + -}, default operator OR. A bare term searches {@link Fields#defaults}.
 * Thread-safe.
 *
 * <p>Refused: fields that items don't have or get only after they were matched, what matches everything or all but a
 * few, and more than {@value #MAX_CLAUSES} clauses.
 */
public final class LuceneSyntax {

    /** Most clauses of one query, below the server's own bound. */
    public static final int MAX_CLAUSES = 1_000;

    private static final int MAX_DEPTH = 50;
    private static final Set<String> ON_EVERY_ITEM = Set.of("title", "text", "text_folded");
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
        refuseDeepNesting(query);
        Parser parser = new Parser();
        Query parsed;
        try {
            parsed = parser.parse(query);
        } catch (ParseException e) {
            throw refused(query, e);
        } catch (IndexSearcher.TooManyClauses e) {
            throw tooMany();
        } catch (TooComplexToDeterminizeException e) {
            throw new QueryRefused("A regular expression is too complex: repeat and nest less", -1);
        } catch (IllegalArgumentException e) {
            throw new QueryRefused("A clause is broken: " + e.getMessage(), -1);
        }
        if (parsed instanceof BooleanQuery bool && bool.clauses().isEmpty()) {
            throw new QueryRefused("No word is left to look for: marks and signs are not searched", -1);
        }
        if (clauses(parsed) > MAX_CLAUSES) {
            throw tooMany();
        }
        if (matchesNearlyEverything(parsed)) {
            throw new QueryRefused(
                    "This query matches every item, or all but a few: add what to look for (what is to be left out"
                            + " needs something to be left out of)",
                    -1);
        }
        return parsed;
    }

    /** The parser descends once for each open bracket, and its thread's stack has an end. */
    private static void refuseDeepNesting(String query) throws QueryRefused {
        int depth = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw new QueryRefused("More than " + MAX_DEPTH + " brackets are open at once", i);
            }
        }
    }

    private static QueryRefused tooMany() {
        return new QueryRefused(
                "More than " + MAX_CLAUSES + " clauses (a word without a field is one for each of "
                        + String.join(", ", Fields.ofItems().defaults()) + "): split the search",
                -1);
    }

    /** Clauses as the index counts them: every leaf, however deep. */
    private static int clauses(Query query) {
        int[] count = {0};
        query.visit(new QueryVisitor() {
            @Override
            public void consumeTerms(Query leaf, Term... terms) {
                count[0] += terms.length;
            }

            @Override
            public void consumeTermsMatching(Query leaf, String field, Supplier<ByteRunAutomaton> automaton) {
                count[0]++;
            }

            @Override
            public void visitLeaf(Query leaf) {
                count[0]++;
            }

            @Override
            public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
                return this;
            }
        });
        return count[0];
    }

    private static boolean matchesNearlyEverything(Query query) {
        if (query instanceof BoostQuery boost) {
            return matchesNearlyEverything(boost.getQuery());
        }
        if (query instanceof WildcardQuery wildcard) {
            return ON_EVERY_ITEM.contains(wildcard.getTerm().field())
                    && wildcard.getTerm().text().matches("[*]+");
        }
        if (!(query instanceof BooleanQuery bool)) {
            return query instanceof MatchAllDocsQuery;
        }
        List<Query> required = of(bool, BooleanClause.Occur.MUST);
        List<Query> optional = of(bool, BooleanClause.Occur.SHOULD);
        return required.isEmpty()
                ? optional.isEmpty() || optional.stream().anyMatch(LuceneSyntax::matchesNearlyEverything)
                : required.stream().allMatch(LuceneSyntax::matchesNearlyEverything);
    }

    private static List<Query> of(BooleanQuery bool, BooleanClause.Occur occur) {
        return bool.clauses().stream()
                .filter(clause -> clause.getOccur() == occur)
                .map(BooleanClause::getQuery)
                .toList();
    }

    private static QueryRefused refused(String query, ParseException e) {
        Throwable cause = e.getCause();
        if (e.getMessage() != null && e.getMessage().startsWith(Parser.REFUSED)) {
            String message = e.getMessage().substring(Parser.REFUSED.length());
            int quote = message.indexOf('"');
            String named = quote < 0 ? "" : message.substring(quote + 1, message.indexOf('"', quote + 1));
            int asField = query.indexOf(named + ":");
            return new QueryRefused(message, named.isEmpty() ? -1 : asField < 0 ? query.indexOf(named) : asField);
        }
        if (cause instanceof IndexSearcher.TooManyClauses) {
            return tooMany();
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
            super(
                    Fields.ofItems().defaults().toArray(String[]::new),
                    Fields.ofItems().analyzer());
            setAllowLeadingWildcard(true);
            setSplitOnWhitespace(false);
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

        private static Fields.Type typeOf(String field) throws ParseException {
            if (Fields.ofItems().isBookkeeping(field)) {
                throw new ParseException(REFUSED + "\"" + field + "\" is written once an item has been matched:"
                        + " a saved search cannot ask for it");
            }
            Optional<Fields.Type> type = Fields.ofItems().type(field);
            if (type.isEmpty()) {
                throw new ParseException(REFUSED + "Items have no field \"" + field + "\""
                        + Fields.ofItems()
                                .suggestion(field)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; kibana/README.md lists the fields"));
            }
            return type.get();
        }

        /** Two words in a row are one text, which each field analyses in its own way, as on the server. */
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
            Fields.Type type = typeOf(field);
            if (!quoted && text.length() > 1 && (text.charAt(0) == '<' || text.charAt(0) == '>')) {
                return oneSided(field, text);
            }
            return switch (type) {
                case TEXT -> super.getFieldQuery(field, text, quoted);
                case KEYWORD, INTEGER, DECIMAL, ADDRESS -> new TermQuery(new Term(field, text));
                case BOOLEAN -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new ParseException(REFUSED + field + " is true or false, not \"" + text + "\"");
                    }
                    yield new TermQuery(new Term(field, text));
                }
                case DATE -> getRangeQuery(field, text, text, true, true);
            };
        }

        /** {@code field:>=value} and the like, which are the server's own and not of the grammar. */
        private Query oneSided(String field, String text) throws ParseException {
            boolean included = text.charAt(1) == '=';
            String bound = text.substring(included ? 2 : 1).strip();
            return text.charAt(0) == '>'
                    ? getRangeQuery(field, bound, null, included, true)
                    : getRangeQuery(field, null, bound, true, included);
        }

        @Override
        protected @Nullable Query getFieldQuery(@Nullable String field, String text, int slop) throws ParseException {
            if (field != null && typeOf(field) != Fields.Type.TEXT) {
                return getFieldQuery(field, text, true);
            }
            return super.getFieldQuery(field, text, slop);
        }

        /** A group that only says what not to match means everything else; Lucene alone would match nothing. */
        @Override
        protected Query getBooleanQuery(List<BooleanClause> clauses) throws ParseException {
            boolean negative = !clauses.isEmpty() && clauses.stream().allMatch(BooleanClause::isProhibited);
            if (!negative) {
                return super.getBooleanQuery(clauses);
            }
            List<BooleanClause> all = new ArrayList<>(clauses);
            all.add(new BooleanClause(new MatchAllDocsQuery(), BooleanClause.Occur.MUST));
            return super.getBooleanQuery(all);
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
                case BOOLEAN, KEYWORD, TEXT, INTEGER, DECIMAL, ADDRESS ->
                    new TermRangeQuery(
                            field,
                            low == null ? null : getAnalyzer().normalize(field, low),
                            high == null ? null : getAnalyzer().normalize(field, high),
                            lowIncluded,
                            highIncluded);
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

        @Override
        protected Query getPrefixQuery(@Nullable String field, String text) throws ParseException {
            check(field);
            return super.getPrefixQuery(field, text);
        }

        @Override
        protected Query getWildcardQuery(@Nullable String field, String text) throws ParseException {
            if ("*".equals(field) && text.equals("*")) {
                return new MatchAllDocsQuery();
            }
            check(field);
            return super.getWildcardQuery(field, text);
        }

        /** The expression meets tokens as they are, which are lower-case in texts: the server folds no expression. */
        @Override
        protected Query getRegexpQuery(@Nullable String field, String text) throws ParseException {
            if (field == null) {
                return super.getRegexpQuery(null, text);
            }
            check(field);
            return newRegexpQuery(new Term(field, text));
        }

        @Override
        protected Query getFuzzyQuery(@Nullable String field, String text, float similarity) throws ParseException {
            check(field);
            return super.getFuzzyQuery(field, text, similarity);
        }

        /** {@code word~} allows one change from three characters on and two from six on, as the server does. */
        @Override
        protected float getFuzzyDistance(Token fuzzy, String term) {
            if (fuzzy.image.length() > 1) {
                return super.getFuzzyDistance(fuzzy, term);
            }
            int length = term.codePointCount(0, term.length());
            return length < 3 ? 0 : length < 6 ? 1 : 2;
        }

        private static void check(@Nullable String field) throws ParseException {
            if (field != null) {
                typeOf(field);
            }
        }
    }
}
