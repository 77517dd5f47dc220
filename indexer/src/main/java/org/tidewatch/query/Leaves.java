package org.tidewatch.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.tidewatch.query.Clause.Words;

/**
 * What Elasticsearch makes of a value that one known field is asked for: the meaning of its {@code match}, {@code
 * match_phrase}, {@code term}, {@code range}, {@code exists} and multi-term queries, field type by field type. Throws
 * {@link Unreadable} where the server's query would fail. Thread-safe.
 */
final class Leaves {

    private static final Pattern WILDCARDS = Pattern.compile("(\\\\.)|([?*]+)", Pattern.DOTALL);

    /** Longest beginning, pattern or bound in bytes: Lucene goes through an automaton of a thousand states and no more. */
    private static final int LONGEST_COMPARED = 900;

    /** Longest keyword in characters that is sure to be no longer than Lucene's longest term, 32,766 bytes. */
    private static final int MAX_VALUE = 32_766 / 3;

    /** Whose days dates stand for, which is the server's {@code time_zone} where a query has that parameter. */
    enum Days {
        /** Of the zone of who asks. */
        ASKED,
        /** Of UTC for dates in quotes, for which {@code query_string} forgets its zone. */
        OF_UTC_IN_QUOTES,
        OF_UTC
    }

    private final Fields fields;
    private final Days days;
    private final Tokens tokens;

    Leaves(Fields fields, Days days) {
        this.fields = fields;
        this.days = days;
        this.tokens = new Tokens(fields.analyzer());
    }

    /** {@code match}: any of the words; none when the text holds no word. */
    List<Clause> words(String field, String text) throws Unreadable {
        return type(field) == Fields.Type.TEXT ? List.copyOf(tokens.each(field, text)) : List.of(term(field, text));
    }

    /** {@code match_phrase}: the words in a row; empty when the text holds no word. */
    Optional<Clause> phrase(String field, String text, int slop) throws Unreadable {
        if (type(field) != Fields.Type.TEXT) {
            return Optional.of(term(field, text, days != Days.ASKED));
        }
        List<String> row = tokens.each(field, text).stream()
                .map(word -> word.tokens().get(0))
                .toList();
        return row.isEmpty() ? Optional.empty() : Optional.of(new Words(field, text, row, row.size() == 1 ? 0 : slop));
    }

    /** {@code term}: the value as it stands, which for a text field is one of its tokens. */
    Clause term(String field, String value) throws Unreadable {
        return term(field, value, days == Days.OF_UTC);
    }

    private Clause term(String field, String value, boolean inUtc) throws Unreadable {
        return switch (type(field)) {
            case TEXT -> value.isEmpty() ? new Clause.Nothing() : new Words(field, value, List.of(value), 0);
            case KEYWORD ->
                value.length() > Math.min(fields.ignoreAbove(field), MAX_VALUE)
                        ? new Clause.Nothing()
                        : new Clause.Value(field, value);
            case BOOLEAN -> new Clause.Value(field, Boolean.toString(truth(value)));
            case INTEGER -> Numbers.whole(field, value);
            case DECIMAL -> Numbers.decimal(field, value);
            case ADDRESS -> Addresses.one(field, value);
            case DATE ->
                new Clause.Dates(
                        field,
                        Optional.of(DateMath.bound(value, false, 0, inUtc)),
                        Optional.of(DateMath.bound(value, true, 0, inUtc)));
        };
    }

    /** {@code range}; the bounds of texts and keywords are compared as they stand. Without any, one word has to be there. */
    Clause range(String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        return switch (type(field)) {
            case TEXT, KEYWORD -> between(field, low, lowIncluded, high, highIncluded);
            case BOOLEAN -> truths(field, low, lowIncluded, high, highIncluded);
            case INTEGER -> Numbers.wholes(field, low, lowIncluded, high, highIncluded);
            case DECIMAL -> Numbers.decimals(field, low, lowIncluded, high, highIncluded);
            case ADDRESS -> Addresses.range(field, low, lowIncluded, high, highIncluded);
            case DATE ->
                new Clause.Dates(
                        field,
                        low.isEmpty()
                                ? Optional.empty()
                                : Optional.of(DateMath.bound(
                                        low.get(), !lowIncluded, lowIncluded ? 0 : 1, days == Days.OF_UTC)),
                        high.isEmpty()
                                ? Optional.empty()
                                : Optional.of(DateMath.bound(
                                        high.get(), highIncluded, highIncluded ? 0 : -1, days == Days.OF_UTC)));
        };
    }

    private static Clause between(
            String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        for (Optional<String> bound : List.of(low, high)) {
            if (bound.isPresent()) {
                needShort(bound.get());
            }
        }
        return low.isEmpty() && high.isEmpty()
                ? new Clause.Wildcard(field, "*")
                : new Clause.Between(field, low, lowIncluded, high, highIncluded);
    }

    /** {@code exists} of a field, of any field that a pattern takes in, or of any field under an object. */
    Clause exists(String name) {
        if (name.indexOf('*') >= 0) {
            List<String> matching = fields.matching(name);
            return any(matching.isEmpty() ? fields.matching(name + ".*") : matching);
        }
        if (fields.type(name).isPresent()) {
            return new Clause.Exists(name);
        }
        return any(fields.under(name));
    }

    private static Clause any(List<String> fields) {
        return fields.isEmpty()
                ? new Clause.Nothing()
                : new Clause.Any(fields.stream().<Clause>map(Clause.Exists::new).toList());
    }

    Clause prefix(String field, String prefix) throws Unreadable {
        needWords(field, "a beginning (" + prefix + "*)");
        needShort(prefix);
        return prefix.isEmpty() ? new Clause.Wildcard(field, "*") : new Clause.Prefix(field, prefix);
    }

    /** {@code wildcard}, as it stands. */
    Clause wildcard(String field, String pattern) throws Unreadable {
        needWords(field, "a pattern (" + pattern + ")");
        needShort(pattern);
        try {
            new WildcardQuery(new Term(field, pattern));
        } catch (TooComplexToDeterminizeException e) {
            throw new Unreadable("The pattern has too many wildcards: use fewer");
        }
        return new Clause.Wildcard(field, pattern);
    }

    Clause regexp(String field, String expression) throws Unreadable {
        needWords(field, "a regular expression");
        RegexpBounds.check(expression);
        return new Clause.Regexp(field, expression);
    }

    Clause fuzzy(String field, String text, int edits) throws Unreadable {
        needWords(field, "a similar word (" + text + "~)");
        return new Clause.Fuzzy(field, normalised(field, text), edits);
    }

    /** The words of a text in the form in which the field has them. */
    List<String> cut(String field, String text) {
        return tokens.each(field, text).stream()
                .map(word -> word.tokens().get(0))
                .toList();
    }

    String normalised(String field, String text) {
        return tokens.normalised(field, text);
    }

    /** A pattern with what stands between its wildcards in the case in which the field's words are. */
    String normalisedPattern(String field, String pattern) {
        StringBuilder normalised = new StringBuilder();
        Matcher special = WILDCARDS.matcher(pattern);
        int from = 0;
        while (special.find()) {
            normalised.append(
                    from == special.start() ? "" : normalised(field, pattern.substring(from, special.start())));
            normalised.append(special.group());
            from = special.end();
        }
        return normalised
                .append(from == pattern.length() ? "" : normalised(field, pattern.substring(from)))
                .toString();
    }

    Fields.Type type(String field) {
        return fields.type(field).orElseThrow(() -> new IllegalArgumentException("No field " + field));
    }

    private static void needShort(String text) throws Unreadable {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMPARED) {
            throw new Unreadable("No more than " + LONGEST_COMPARED
                    + " bytes of UTF-8 can be compared with a word: write less of it");
        }
    }

    private void needWords(String field, String what) throws Unreadable {
        Fields.Type type = type(field);
        if (type != Fields.Type.TEXT && type != Fields.Type.KEYWORD) {
            throw new Unreadable("\"" + field + "\" holds no words that " + what
                    + " could be compared with: ask for a value or a range");
        }
    }

    private static boolean truth(String value) throws Unreadable {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unreadable("The field is true or false, not \"" + value + "\"");
        };
    }

    private static Clause truths(
            String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        Optional<Boolean> from = low.isPresent() ? Optional.of(truth(low.get())) : Optional.empty();
        Optional<Boolean> to = high.isPresent() ? Optional.of(truth(high.get())) : Optional.empty();
        List<Clause> within = new ArrayList<>();
        for (boolean value : new boolean[] {false, true}) {
            int above = from.map(bound -> Boolean.compare(value, bound)).orElse(1);
            int below = to.map(bound -> Boolean.compare(bound, value)).orElse(1);
            if ((lowIncluded ? above >= 0 : above > 0) && (highIncluded ? below >= 0 : below > 0)) {
                within.add(new Clause.Value(field, Boolean.toString(value)));
            }
        }
        return within.isEmpty() ? new Clause.Nothing() : within.size() == 1 ? within.get(0) : new Clause.Any(within);
    }
}
