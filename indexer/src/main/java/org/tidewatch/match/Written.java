package org.tidewatch.match;

import java.util.Optional;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;

/** Clauses of one field as an analyst would write them, in Lucene syntax. */
final class Written {

    private Written() {}

    /** The clause, asked of another field. */
    static Clause.Leaf in(String field, Clause.Leaf clause) {
        if (clause instanceof Clause.Words words) {
            return new Clause.Words(field, words.source(), words.tokens(), words.slop());
        }
        if (clause instanceof Clause.Prefix prefix) {
            return new Clause.Prefix(field, prefix.prefix());
        }
        if (clause instanceof Clause.Wildcard wildcard) {
            return new Clause.Wildcard(field, wildcard.pattern());
        }
        if (clause instanceof Clause.Regexp regexp) {
            return new Clause.Regexp(field, regexp.pattern());
        }
        if (clause instanceof Clause.Fuzzy fuzzy) {
            return new Clause.Fuzzy(field, fuzzy.token(), fuzzy.edits());
        }
        if (clause instanceof Clause.Between between) {
            return new Clause.Between(
                    field, between.low(), between.lowIncluded(), between.high(), between.highIncluded());
        }
        throw new IllegalArgumentException("No clause of text: " + clause);
    }

    static String of(Clause.Leaf clause) {
        String field = clause.field() + ":";
        if (clause instanceof Clause.Words words) {
            boolean phrase = words.tokens().size() > 1 || words.source().chars().anyMatch(Character::isWhitespace);
            return field
                    + (phrase ? quoted(words.source()) : words.source())
                    + (words.slop() > 0 ? "~" + words.slop() : "");
        }
        if (clause instanceof Clause.Value value) {
            boolean plain =
                    value.value().chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-./@:".indexOf(c) >= 0)
                            && !value.value().isEmpty();
            return field + (plain ? value.value() : quoted(value.value()));
        }
        if (clause instanceof Clause.Prefix prefix) {
            return field + prefix.prefix() + "*";
        }
        if (clause instanceof Clause.Wildcard wildcard) {
            return field + wildcard.pattern();
        }
        if (clause instanceof Clause.Regexp regexp) {
            return field + "/" + regexp.pattern() + "/";
        }
        if (clause instanceof Clause.Fuzzy fuzzy) {
            return field + fuzzy.token() + "~" + fuzzy.edits();
        }
        if (clause instanceof Clause.Between between) {
            return field + range(between.low(), between.lowIncluded(), between.high(), between.highIncluded());
        }
        if (clause instanceof Clause.Dates dates) {
            return field
                    + range(
                            dates.from().map(DateBound::expression),
                            dates.from().map(from -> from.shift() == 0).orElse(true),
                            dates.to().map(DateBound::expression),
                            dates.to().map(to -> to.shift() == 0).orElse(true));
        }
        if (clause instanceof Clause.Integers integers) {
            return field
                    + range(
                            Optional.of(integers.min())
                                    .filter(min -> min.compareTo(Clause.Integers.LEAST) > 0)
                                    .map(String::valueOf),
                            true,
                            Optional.of(integers.max())
                                    .filter(max -> max.compareTo(Clause.Integers.MOST) < 0)
                                    .map(String::valueOf),
                            true);
        }
        if (clause instanceof Clause.Decimals decimals) {
            return field
                    + range(
                            Optional.of(decimals.min()).filter(Double::isFinite).map(String::valueOf),
                            true,
                            Optional.of(decimals.max()).filter(Double::isFinite).map(String::valueOf),
                            true);
        }
        if (clause instanceof Clause.Addresses addresses) {
            return field + range(Optional.of(addresses.min()), true, Optional.of(addresses.max()), true);
        }
        return "_exists_:" + clause.field();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String range(
            Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded) {
        if (low.isPresent() && low.equals(high) && lowIncluded && highIncluded) {
            return low.get();
        }
        return (lowIncluded ? "[" : "{") + low.orElse("*") + " TO " + high.orElse("*") + (highIncluded ? "]" : "}");
    }
}
