package org.tidewatch.query;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.queryparser.charstream.FastCharStream;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.classic.Token;
import org.apache.lucene.queryparser.classic.TokenMgrError;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * The server's {@code query_string} query, default operator OR: Lucene's classic parser, with the server's meaning of each
 * leaf. The parser's queries only carry clauses and are never run. For one query; not thread-safe.
 */
final class QueryString extends QueryParser {

    /**
     * How the server is asked.
     *
     * @param analysed whether what stands before a trailing {@code *} is cut into words ({@code analyze_wildcard})
     * @param lenient whether a value that a field cannot hold finds nothing instead of failing
     */
    record Mode(boolean analysed, boolean lenient, Leaves.Days days) {}

    private static final Pattern LEXICAL = Pattern.compile("Lexical error at line \\d+, column (\\d+)");
    private static final Pattern LOWER_CASE_OPERATOR = Pattern.compile("(?:^|\\s)(and|or|not)(?:\\s|$)");
    private static final String EXISTS = "_exists_";
    private static final String ANY = "*";

    private final Reading reading;
    private final Leaves leaves;
    private final String query;
    private final List<String> defaults;
    private final Mode mode;
    private final OptionalInt position;
    private @Nullable QueryRefused refusal;

    /**
     * @param defaults what a term without a field searches
     * @param position where the query stands in what its author typed, when it is not all of it
     */
    QueryString(Reading reading, String query, List<String> defaults, Mode mode, OptionalInt position) {
        super(ANY, reading.fields().analyzer());
        this.reading = reading;
        this.leaves = new Leaves(reading.fields(), mode.days());
        this.query = query;
        this.defaults = defaults;
        this.mode = mode;
        this.position = position;
        setAllowLeadingWildcard(true);
        setSplitOnWhitespace(false);
    }

    Clause read() throws QueryRefused {
        refuseDeepNesting();
        ReInit(new FastCharStream(new StringReader(query)));
        try {
            Query parsed = TopLevelQuery(null);
            return parsed == null ? new Clause.Nothing() : CarriedClause.of(parsed);
        } catch (ParseException e) {
            throw refusal != null ? refusal : broken(e);
        } catch (TokenMgrError e) {
            Matcher lexical = LEXICAL.matcher(String.valueOf(e.getMessage()));
            throw broken(lexical.lookingAt() ? Integer.parseInt(lexical.group(1)) : query.length());
        } catch (IndexSearcher.TooManyClauses e) {
            throw Judgement.tooManyClauses(reading.fields(), position.orElse(-1));
        } catch (IllegalArgumentException e) {
            throw new QueryRefused("A clause is broken: " + e.getMessage(), position.orElse(-1));
        }
    }

    /** The parser descends once for each open bracket, and its thread's stack has an end. */
    private void refuseDeepNesting() throws QueryRefused {
        int depth = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' || c == '/') {
                i = end(c, i);
            } else if (c == '(' && ++depth > Judgement.MAX_DEPTH) {
                throw Judgement.tooDeep(at(i));
            } else if (c == ')') {
                depth--;
            }
        }
    }

    /** Where what a quote or slash opens ends; the opening one's own place when it is not closed. */
    private int end(char mark, int start) {
        for (int i = start + 1; i < query.length(); i++) {
            if (query.charAt(i) == '\\') {
                i++;
            } else if (query.charAt(i) == mark) {
                return i;
            }
        }
        return start;
    }

    private QueryRefused broken(ParseException e) {
        Token found = e.currentToken == null ? null : e.currentToken.next;
        return found == null
                ? new QueryRefused("Not Lucene syntax: " + e.getMessage(), position.orElse(-1))
                : broken(found.kind == EOF ? query.length() : found.beginColumn);
    }

    private QueryRefused broken(int place) {
        int at = Math.min(place, query.length());
        String found = at == query.length() ? "the end" : "\"" + Character.toString(query.codePointAt(at)) + "\"";
        return new QueryRefused(
                "The query breaks off or goes wrong at " + found + " (character " + (at + 1)
                        + "): close every quote and bracket, and escape special characters with \\",
                at(at));
    }

    private int at(int place) {
        return position.orElse(place);
    }

    /** Where a piece of the query stands that was read just now. */
    private int place(String typed) {
        int read = query.lastIndexOf(typed, token.beginColumn);
        return at(read < 0 ? token.beginColumn : read);
    }

    private ParseException refuse(QueryRefused reason) {
        refusal = reason;
        return new ParseException(reason.getMessage());
    }

    /** A leaf of one field, which may find nothing ({@code null}) when no word is left of the value. */
    private interface LeafOf {
        @Nullable
        Query in(String field) throws Unreadable, QueryRefused;
    }

    /** Asks each of the fields that a name stands for, with what goes wrong refused or remarked upon at {@code typed}. */
    private @Nullable Query each(@Nullable String field, String typed, LeafOf leaf) throws ParseException {
        int place = place(typed);
        List<Query> queries = new ArrayList<>();
        try {
            List<String> named = named(field, place);
            if (named.isEmpty()) {
                return new CarriedClause(new Clause.Nothing());
            }
            for (String each : named) {
                Query query = lenient(each, field, place, leaf);
                if (query != null) {
                    queries.add(query);
                }
            }
        } catch (QueryRefused e) {
            throw refuse(e);
        }
        return queries.isEmpty()
                ? null
                : queries.size() == 1
                        ? queries.get(0)
                        : new CarriedClause(new Clause.Any(
                                queries.stream().map(CarriedClause::of).toList()));
    }

    private @Nullable Query lenient(String field, @Nullable String asked, int place, LeafOf leaf) throws QueryRefused {
        try {
            return leaf.in(field);
        } catch (Unreadable e) {
            if (!mode.lenient()) {
                throw new QueryRefused(field + ": " + e.getMessage(), place);
            }
            if (field.equals(asked)) {
                reading.remark(field + ": " + e.getMessage() + ". This finds nothing", place);
            }
            return new CarriedClause(new Clause.Nothing());
        }
    }

    private List<String> named(@Nullable String field, int place) throws QueryRefused {
        if (field == null) {
            return defaults;
        }
        if (field.contains(ANY)) {
            List<String> matching = reading.fields().matching(field);
            if (matching.isEmpty()) {
                reading.remark("No field of items is named like \"" + field + "\", so this finds nothing", place);
            }
            return matching;
        }
        int before = position.isPresent() ? -1 : query.lastIndexOf(field + ":", place);
        return reading.type(field, before < 0 ? place : before).isPresent() ? List.of(field) : List.of();
    }

    private Query carry(Clause leaf, String typed) throws QueryRefused {
        return new CarriedClause(reading.leaf(leaf, place(typed)));
    }

    /** Two words in a row are one text, which each field analyses in its own way. */
    @Override
    protected @Nullable Query getFieldQuery(@Nullable String field, String text, boolean quoted) throws ParseException {
        if (quoted || EXISTS.equals(field)) {
            return getFieldQuery(field, text, 0);
        }
        if (field != null && text.length() > 1 && (text.charAt(0) == '<' || text.charAt(0) == '>')) {
            return oneSided(field, text);
        }
        Matcher operator = LOWER_CASE_OPERATOR.matcher(text);
        if (operator.find()
                && (field == null || text.length() > operator.group(1).length())) {
            reading.remark(
                    "\"" + operator.group(1) + "\" is searched for as a word: operators are written AND, OR and NOT",
                    place(text));
        }
        return each(field, text, each -> {
            List<BooleanClause> words = new ArrayList<>();
            for (Clause word : leaves.words(each, text)) {
                words.add(new BooleanClause(carry(word, text), Occur.SHOULD));
            }
            return words.isEmpty() ? null : words.size() == 1 ? words.get(0).getQuery() : CarriedClause.group(words);
        });
    }

    /** {@code field:>=value} and the like, which are the server's own and not of the grammar. */
    private @Nullable Query oneSided(String field, String text) throws ParseException {
        boolean included = text.length() > 2 && text.charAt(1) == '=';
        String bound = text.substring(included ? 2 : 1);
        return text.charAt(0) == '>'
                ? getRangeQuery(field, bound, null, included, true)
                : getRangeQuery(field, null, bound, true, included);
    }

    @Override
    protected @Nullable Query getFieldQuery(@Nullable String field, String text, int slop) throws ParseException {
        if (EXISTS.equals(field)) {
            return exists(text);
        }
        return each(field, text, each -> {
            Optional<Clause> phrase = leaves.phrase(each, text, slop);
            return phrase.isEmpty() ? null : carry(phrase.get(), text);
        });
    }

    private Query exists(String field) throws ParseException {
        try {
            if (field.equals(ANY)) {
                throw new QueryRefused("_exists_ takes a field's name: to find everything write *:*", place(field));
            }
            Clause exists = leaves.exists(field);
            if (exists instanceof Clause.Nothing || exists instanceof Clause.Exists) {
                reading.type(field, place(field));
            }
            return carry(exists, field);
        } catch (QueryRefused e) {
            throw refuse(e);
        }
    }

    /** A group that only says what not to find means everything else. */
    @Override
    protected @Nullable Query getBooleanQuery(List<BooleanClause> clauses) throws ParseException {
        if (clauses.isEmpty()) {
            return null;
        }
        boolean must = clauses.stream().anyMatch(BooleanClause::isRequired);
        boolean should = clauses.stream().anyMatch(clause -> clause.getOccur() == Occur.SHOULD);
        if (must && should) {
            reading.remark(
                    "Where one clause must be found, those that need not decide nothing: a OR b AND c finds what b AND c"
                            + " finds. Group with brackets",
                    position.orElse(-1));
        }
        List<BooleanClause> all = new ArrayList<>(clauses);
        if (!must && !should) {
            all.add(new BooleanClause(new MatchAllDocsQuery(), Occur.MUST));
        }
        return CarriedClause.group(all);
    }

    @Override
    protected @Nullable Query getRangeQuery(
            @Nullable String field,
            @Nullable String low,
            @Nullable String high,
            boolean lowIncluded,
            boolean highIncluded)
            throws ParseException {
        String typed = low != null ? low : high != null ? high : "";
        return each(
                field,
                typed,
                each -> carry(
                        leaves.range(each, bound(each, low), lowIncluded, bound(each, high), highIncluded), typed));
    }

    private Optional<String> bound(String field, @Nullable String text) {
        return Optional.ofNullable(text).map(bound -> leaves.normalised(field, bound));
    }

    /** What stands before the {@code *} is one beginning, or several words of which the last is one. */
    @Override
    protected @Nullable Query getPrefixQuery(@Nullable String field, String text) throws ParseException {
        return each(field, text, each -> {
            if (leaves.type(each) != Fields.Type.TEXT) {
                return carry(leaves.prefix(each, text), text);
            }
            if (!mode.analysed()) {
                return carry(leaves.prefix(each, leaves.normalised(each, text)), text);
            }
            List<String> words = leaves.cut(each, text);
            List<BooleanClause> clauses = new ArrayList<>();
            for (String word : words) {
                boolean last = clauses.size() == words.size() - 1;
                Clause leaf = last ? leaves.prefix(each, word) : leaves.term(each, word);
                clauses.add(new BooleanClause(carry(leaf, text), Occur.SHOULD));
            }
            return clauses.isEmpty()
                    ? new CarriedClause(new Clause.Nothing())
                    : clauses.size() == 1 ? clauses.get(0).getQuery() : CarriedClause.group(clauses);
        });
    }

    @Override
    protected @Nullable Query getWildcardQuery(@Nullable String field, String text) throws ParseException {
        if (!text.equals(ANY)) {
            return each(field, text, each -> carry(leaves.wildcard(each, leaves.normalisedPattern(each, text)), text));
        }
        return ANY.equals(field)
                ? new MatchAllDocsQuery()
                : field == null ? each(null, text, each -> carry(leaves.exists(each), text)) : exists(field);
    }

    /** The expression meets tokens as they are, which are lower-case in texts. */
    @Override
    protected @Nullable Query getRegexpQuery(@Nullable String field, String text) throws ParseException {
        return each(field, text, each -> carry(leaves.regexp(each, text), text));
    }

    @Override
    protected @Nullable Query getFuzzyQuery(@Nullable String field, String text, float edits) throws ParseException {
        if (edits != 0 && edits != 1 && edits != 2) {
            throw refuse(
                    new QueryRefused("A similar word may differ by ~1 or ~2, not by more or part of one", place(text)));
        }
        return each(field, text, each -> carry(leaves.fuzzy(each, text, (int) edits), text));
    }

    /** {@code word~} allows one change from three characters on and two from six on, as the server does. */
    @Override
    protected float getFuzzyDistance(Token fuzzy, String term) {
        if (fuzzy.image.length() > 1) {
            return Float.parseFloat(fuzzy.image.substring(1));
        }
        int length = term.codePointCount(0, term.length());
        return length < 3 ? 0 : length < 6 ? 1 : 2;
    }
}
