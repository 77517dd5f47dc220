package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question;
import org.tidewatch.text.FoldedPhrase;
import org.tidewatch.text.Folding;

/**
 * What is asked of one field, in queries that the server analyses no further and that stop at no number of terms: every
 * multi-term query is rewritten to {@code constant_score}.
 */
final class Leaves {

    private static final Pattern BESIDE_WILDCARDS = Pattern.compile("\\\\(.)|\\*", Pattern.DOTALL);

    /** Longest word of a folded stream on the server, a surrogate pair at its end included. */
    private static final int LONGEST_WORD = Fields.MAX_TOKEN + 1;

    private final Fields fields;
    private final Question.Form form;
    private final Now now;
    private final boolean coarse;

    /** @param coarse whether a row of words may be found by one of them alone */
    Leaves(Fields fields, Question.Form form, Now now, boolean coarse) {
        this.fields = fields;
        this.form = form;
        this.now = now;
        this.coarse = coarse;
    }

    /** Adds to {@code alternatives} the queries of which one finds what {@code leaf} asks for. */
    void add(Clause.Leaf leaf, Alternatives alternatives) {
        String field = leaf.field();
        if (leaf instanceof Clause.Words words) {
            words(words, alternatives);
        } else if (leaf instanceof Clause.Value value) {
            alternatives.term(field, value.value());
        } else if (leaf instanceof Clause.Prefix prefix) {
            alternatives.prefix(field, prefix.prefix());
            folded(field, Alternatives.literally(prefix.prefix()) + "*", alternatives);
        } else if (leaf instanceof Clause.Wildcard wildcard) {
            alternatives.add(Alternatives.wildcard(field, wildcard.pattern()));
            folded(field, wildcard.pattern(), alternatives);
        } else if (leaf instanceof Clause.Regexp regexp) {
            alternatives.add(Query.of(q -> q.regexp(
                    r -> r.field(field).value(regexp.pattern()).flags("ALL").rewrite(Alternatives.ALL_TERMS))));
        } else if (leaf instanceof Clause.Fuzzy fuzzy) {
            alternatives.add(fuzzy(fuzzy));
        } else if (leaf instanceof Clause.Between between) {
            alternatives.add(between(between));
        } else if (leaf instanceof Clause.Dates dates) {
            alternatives.add(range(field, millis(dates.from()), millis(dates.to()), "epoch_millis"));
        } else if (leaf instanceof Clause.Integers integers) {
            integers(integers, alternatives);
        } else if (leaf instanceof Clause.Decimals decimals) {
            alternatives.add(range(field, finite(decimals.min()), finite(decimals.max()), null));
        } else if (leaf instanceof Clause.Addresses addresses) {
            alternatives.add(range(field, address(addresses.min()), address(addresses.max()), null));
        } else {
            alternatives.add(exists(field));
        }
    }

    private void words(Clause.Words words, Alternatives alternatives) {
        String field = words.field();
        List<String> tokens = words.tokens();
        if (tokens.size() == 1 || coarse) {
            alternatives.term(field, Collections.max(tokens, Comparator.comparingInt(String::length)));
        } else if (words.slop() == 0) {
            alternatives.add(Adjacent.words(field, tokens));
        } else {
            // Spans count a slop in another way than PhraseQuery does, which this is once it is on the server. Tokens
            // of
            // the standard analyzer hold no white space.
            alternatives.add(Query.of(q -> q.matchPhrase(m -> m.field(field)
                    .query(String.join(" ", tokens))
                    .analyzer("whitespace")
                    .slop(words.slop()))));
        }
        if (form == Question.Form.FOLDED && words.slop() == 0) {
            FoldedPhrase phrase = Folding.phrase(words.source());
            fields.folded(field).ifPresent(twin -> {
                if (coarse) {
                    Adjacent.anOuterWord(twin, phrase, alternatives);
                } else {
                    Adjacent.readings(twin, phrase, alternatives);
                }
            });
        }
    }

    private void folded(String field, String pattern, Alternatives alternatives) {
        if (form == Question.Form.FOLDED) {
            fields.folded(field).ifPresent(twin -> Folding.patterns(pattern).forEach(folded -> {
                if (BESIDE_WILDCARDS.matcher(folded).replaceAll("$1").length() > LONGEST_WORD) {
                    return;
                }
                if (folded.matches("[^*?\\\\]+\\*")) {
                    alternatives.prefix(twin, folded.substring(0, folded.length() - 1));
                } else {
                    alternatives.add(Alternatives.wildcard(twin, folded));
                }
            }));
        }
    }

    private static Query fuzzy(Clause.Fuzzy fuzzy) {
        return Query.of(q -> q.fuzzy(f -> f.field(fuzzy.field())
                .value(fuzzy.token())
                .fuzziness(Integer.toString(fuzzy.edits()))
                .prefixLength(0)
                .transpositions(true)
                .rewrite(Alternatives.ALL_TERMS)));
    }

    private static Query between(Clause.Between between) {
        if (between.low().isEmpty() && between.high().isEmpty()) {
            // A range without bounds would be exists, which also finds texts in which there is no word.
            return Query.of(
                    q -> q.range(r -> r.term(t -> t.field(between.field()).gte(""))));
        }
        return Query.of(q -> q.range(r -> r.term(t -> {
            t.field(between.field());
            between.low().ifPresent(low -> {
                if (between.lowIncluded()) {
                    t.gte(low);
                } else {
                    t.gt(low);
                }
            });
            between.high().ifPresent(high -> {
                if (between.highIncluded()) {
                    t.lte(high);
                } else {
                    t.lt(high);
                }
            });
            return t;
        })));
    }

    private static void integers(Clause.Integers integers, Alternatives alternatives) {
        BigInteger min = integers.min().max(Clause.Integers.LEAST);
        BigInteger max = integers.max().min(Clause.Integers.MOST);
        if (min.compareTo(max) <= 0) {
            alternatives.add(range(
                    integers.field(),
                    min.equals(Clause.Integers.LEAST) ? null : JsonData.of(min.longValueExact()),
                    max.equals(Clause.Integers.MOST) ? null : JsonData.of(max.longValueExact()),
                    null));
        }
    }

    /** A client's range of numbers goes through a double, which no long beyond 2^53 survives: this one is untyped. */
    private static Query range(String field, @Nullable JsonData min, @Nullable JsonData max, @Nullable String format) {
        return min == null && max == null
                ? exists(field)
                : Query.of(q -> q.range(
                        r -> r.untyped(u -> u.field(field).gte(min).lte(max).format(format))));
    }

    private @Nullable JsonData millis(Optional<DateBound> bound) {
        return bound.map(known -> JsonData.of(known.millis(now))).orElse(null);
    }

    private static @Nullable JsonData finite(double bound) {
        return Double.isInfinite(bound) ? null : JsonData.of(bound);
    }

    private static JsonData address(String hexadecimal) {
        try {
            return JsonData.of(InetAddress.getByAddress(HexFormat.of().parseHex(hexadecimal))
                    .getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 16 bytes, not " + hexadecimal, e);
        }
    }

    private static Query exists(String field) {
        return Query.of(q -> q.exists(e -> e.field(field)));
    }
}
