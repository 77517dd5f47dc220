package org.tidewatch.query;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A tree in one line, for tests to compare: {@code &}, {@code |}, {@code !}, {@code *} for everything. */
final class ShownClause {

    private ShownClause() {}

    static String of(Clause clause) {
        if (clause instanceof Clause.Everything) {
            return "*";
        }
        if (clause instanceof Clause.Nothing) {
            return "none";
        }
        if (clause instanceof Clause.All all) {
            return group(all.clauses(), " & ");
        }
        if (clause instanceof Clause.Any any) {
            return group(any.clauses(), " | ");
        }
        if (clause instanceof Clause.Not not) {
            return "!" + of(not.clause());
        }
        Clause.Leaf leaf = (Clause.Leaf) clause;
        return leaf.field() + leaf(leaf);
    }

    private static String group(List<Clause> clauses, String between) {
        return clauses.stream().map(ShownClause::of).collect(Collectors.joining(between, "(", ")"));
    }

    private static String leaf(Clause.Leaf leaf) {
        if (leaf instanceof Clause.Words words) {
            return ":" + String.join(" ", words.tokens()) + (words.slop() > 0 ? "~" + words.slop() : "");
        }
        if (leaf instanceof Clause.Value value) {
            return "=" + value.value();
        }
        if (leaf instanceof Clause.Prefix prefix) {
            return "^" + prefix.prefix();
        }
        if (leaf instanceof Clause.Wildcard wildcard) {
            return "?" + wildcard.pattern();
        }
        if (leaf instanceof Clause.Regexp regexp) {
            return "/" + regexp.pattern() + "/";
        }
        if (leaf instanceof Clause.Fuzzy fuzzy) {
            return "~" + fuzzy.token() + "~" + fuzzy.edits();
        }
        if (leaf instanceof Clause.Between between) {
            return (between.lowIncluded() ? "[" : "{") + between.low().orElse("") + ".."
                    + between.high().orElse("") + (between.highIncluded() ? "]" : "}");
        }
        if (leaf instanceof Clause.Dates dates) {
            return "[" + bound(dates.from()) + ".." + bound(dates.to()) + "]";
        }
        if (leaf instanceof Clause.Integers integers) {
            return "[" + bound(integers.min(), Clause.Integers.LEAST) + ".."
                    + bound(integers.max(), Clause.Integers.MOST) + "]";
        }
        if (leaf instanceof Clause.Decimals decimals) {
            return "[" + decimals.min() + ".." + decimals.max() + "]";
        }
        if (leaf instanceof Clause.Addresses addresses) {
            return "[" + addresses.min() + ".." + addresses.max() + "]";
        }
        return " exists";
    }

    private static String bound(BigInteger value, BigInteger none) {
        return value.equals(none) ? "" : value.toString();
    }

    private static String bound(Optional<DateBound> bound) {
        return bound.map(date -> date.expression()
                        + (date.roundUp() ? "^" : "")
                        + (date.shift() > 0 ? "+1" : date.shift() < 0 ? "-1" : ""))
                .orElse("");
    }
}
