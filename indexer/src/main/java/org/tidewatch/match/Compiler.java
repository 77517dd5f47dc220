package org.tidewatch.match;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question.Form;
import org.tidewatch.text.FoldedPhrase;
import org.tidewatch.text.Folding;

/**
 * Makes criteria of clauses. What several clauses have in common is made once; a word that is asked of several fields
 * becomes one criterion. Thread-safe.
 */
final class Compiler {

    /** A leaf without its field, and the streams it is asked of: whatever is equal in these is one criterion. */
    private record Asked(Clause.Leaf leaf, long exactStreams, long foldedStreams) {}

    private final Layout layout;
    private final ZoneId zone;
    private final Map<Object, Object> made = new ConcurrentHashMap<>();
    private final AtomicInteger signs = new AtomicInteger();

    Compiler(Layout layout, ZoneId zone) {
        this.layout = layout;
        this.zone = zone;
    }

    /**
     * @throws RuntimeException for a clause that cannot be tried on documents: an unknown field, a regular expression that
     *     is broken or too complex, a date that cannot be worked out
     */
    Criterion compile(Clause clause, Form form) {
        if (clause instanceof Clause.Everything) {
            return shared(new Criterion.Constant(true));
        }
        if (clause instanceof Clause.Nothing) {
            return shared(new Criterion.Constant(false));
        }
        if (clause instanceof Clause.Not not) {
            return shared(new Criterion.Not(compile(not.clause(), form)));
        }
        if (clause instanceof Clause.All all) {
            List<Criterion> parts = new ArrayList<>();
            for (Clause part : all.clauses()) {
                Criterion compiled = compile(part, form);
                if (compiled instanceof Criterion.All inner) {
                    parts.addAll(inner.parts());
                } else {
                    parts.add(compiled);
                }
            }
            return parts.size() == 1 ? parts.get(0) : new Criterion.All(List.copyOf(parts));
        }
        return any(clause instanceof Clause.Any any ? any.clauses() : List.of(clause), form);
    }

    private Criterion any(List<Clause> clauses, Form form) {
        List<Clause> flat = new ArrayList<>();
        flatten(clauses, flat);
        List<Criterion> parts = new ArrayList<>();
        Map<Clause.Leaf, Asked> texts = new LinkedHashMap<>();
        for (Clause clause : flat) {
            if (clause instanceof Clause.Leaf leaf && isOfText(leaf)) {
                long exact = layout.exact(leaf.field());
                long folded = form == Form.FOLDED ? layout.folded(leaf.field()) : 0;
                texts.merge(
                        Written.in("", leaf),
                        new Asked(Written.in("", leaf), exact, folded),
                        (a, b) -> new Asked(
                                a.leaf(), a.exactStreams() | b.exactStreams(), a.foldedStreams() | b.foldedStreams()));
            } else {
                parts.add(clause instanceof Clause.Leaf leaf ? ofValue(leaf) : compile(clause, form));
            }
        }
        List<Criterion> all = new ArrayList<>();
        texts.values().forEach(asked -> all.add(shared(asked, () -> ofText(asked))));
        all.addAll(parts);
        return all.size() == 1 ? all.get(0) : new Criterion.Any(List.copyOf(all));
    }

    private static void flatten(List<Clause> clauses, List<Clause> flat) {
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Any any) {
                flatten(any.clauses(), flat);
            } else {
                flat.add(clause);
            }
        }
    }

    /** Whether the leaf is about tokens, and may be asked of several fields at once. */
    private boolean isOfText(Clause.Leaf leaf) {
        return layout.type(layout.number(leaf.field())) == Fields.Type.TEXT
                && !(leaf instanceof Clause.Exists)
                && !(leaf instanceof Clause.Words words && words.slop() > 0);
    }

    private Criterion ofText(Asked asked) {
        if (asked.leaf() instanceof Clause.Words words) {
            return wording(words, asked.exactStreams(), asked.foldedStreams());
        }
        List<Sign.OfPatterns.Shape> shapes = new ArrayList<>();
        shapes.add(new Sign.OfPatterns.Shape(pattern(asked.leaf()), asked.exactStreams()));
        if (asked.foldedStreams() != 0) {
            for (Pattern pattern : folded(asked.leaf())) {
                shapes.add(new Sign.OfPatterns.Shape(pattern, asked.foldedStreams()));
            }
        }
        return new TextPattern(
                asked.leaf(), sign(Sign.OfPatterns.class, shapes, number -> new Sign.OfPatterns(number, shapes)));
    }

    private Wording wording(Clause.Words words, long exactStreams, long foldedStreams) {
        List<Row.Word> tokens = words.tokens().stream()
                .map(token -> new Row.Word(Row.Spelling.of(token), null))
                .toList();
        FoldedPhrase phrase = foldedStreams == 0 ? new FoldedPhrase(List.of()) : Folding.phrase(words.source());
        List<List<Row.Word>> readings = phrase.readings().stream()
                .map(reading -> reading.stream()
                        .map(word -> new Row.Word(Row.Spelling.of(word.plain()), Row.Spelling.of(word.risky())))
                        .toList())
                .toList();
        return new Wording(
                words,
                whole(tokens, exactStreams, readings, foldedStreams),
                row(tokens, exactStreams),
                readings.stream().map(reading -> row(reading, foldedStreams)).toList(),
                phrase.words().size());
    }

    private Row row(List<Row.Word> words, long streams) {
        List<Sign> signs = new ArrayList<>();
        for (int i = 0; i < Math.max(1, words.size() - 1); i++) {
            Map<List<String>, Long> spellings = new LinkedHashMap<>();
            add(words.subList(i, Math.min(words.size(), i + 2)), streams, spellings);
            signs.add(sign(spellings));
        }
        return new Row(words, signs, streams);
    }

    /** One sign for all readings, if all are of one or two words. */
    private @Nullable Sign whole(
            List<Row.Word> tokens, long exactStreams, List<List<Row.Word>> readings, long foldedStreams) {
        if (tokens.size() > 2 || readings.stream().anyMatch(reading -> reading.size() > 2)) {
            return null;
        }
        Map<List<String>, Long> spellings = new LinkedHashMap<>();
        add(tokens, exactStreams, spellings);
        readings.forEach(reading -> add(reading, foldedStreams, spellings));
        return sign(spellings);
    }

    private static void add(List<Row.Word> words, long streams, Map<List<String>, Long> spellings) {
        List<List<String>> all = List.of(List.of());
        for (Row.Word word : words) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> start : all) {
                longer.add(Stream.concat(start.stream(), Stream.of(word.one().word()))
                        .toList());
                if (word.other() != null) {
                    longer.add(
                            Stream.concat(start.stream(), Stream.of(word.other().word()))
                                    .toList());
                }
            }
            all = longer;
        }
        all.forEach(spelling -> spellings.merge(spelling, streams, (a, b) -> a | b));
    }

    private Sign sign(Map<List<String>, Long> spellings) {
        List<Sign.OfWords.Spelling> all = spellings.entrySet().stream()
                .map(spelling -> new Sign.OfWords.Spelling(
                        spelling.getKey().get(0),
                        spelling.getKey().size() > 1 ? spelling.getKey().get(1) : null,
                        spelling.getValue()))
                .toList();
        return sign(Sign.OfWords.class, all, number -> new Sign.OfWords(number, all));
    }

    private <S extends Sign> S sign(Class<S> kind, Object of, IntFunction<S> maker) {
        return kind.cast(shared(List.of(kind, of), () -> maker.apply(signs.getAndIncrement())));
    }

    private List<Pattern> folded(Clause.Leaf leaf) {
        if (leaf instanceof Clause.Prefix prefix) {
            return folded(escaped(prefix.prefix()) + "*");
        }
        return leaf instanceof Clause.Wildcard wildcard ? folded(wildcard.pattern()) : List.of();
    }

    private List<Pattern> folded(String pattern) {
        return Folding.patterns(pattern).stream()
                .map(folded -> shared(new Clause.Wildcard("", folded), () -> Pattern.wildcard(folded)))
                .distinct()
                .toList();
    }

    private static String escaped(String literal) {
        return literal.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    private Pattern pattern(Clause.Leaf leaf) {
        Clause.Leaf of = Written.in("", leaf);
        if (of instanceof Clause.Prefix prefix) {
            return shared(of, () -> new Pattern.Begins(prefix.prefix()));
        }
        if (of instanceof Clause.Wildcard wildcard) {
            return shared(of, () -> Pattern.wildcard(wildcard.pattern()));
        }
        if (of instanceof Clause.Regexp regexp) {
            return shared(of, () -> new Pattern.Expression(regexp.pattern()));
        }
        if (of instanceof Clause.Fuzzy fuzzy) {
            return shared(of, () -> new Near(fuzzy.token(), fuzzy.edits()));
        }
        if (of instanceof Clause.Between between) {
            return shared(
                    of,
                    () -> new Pattern.Range(
                            between.low().orElse(null),
                            between.lowIncluded(),
                            between.high().orElse(null),
                            between.highIncluded()));
        }
        throw new IllegalArgumentException("No pattern: " + leaf);
    }

    private Criterion ofValue(Clause.Leaf leaf) {
        int field = layout.number(leaf.field());
        Fields.Type type = layout.type(field);
        if (leaf instanceof Clause.Exists exists) {
            return shared(new FieldValue.Present(exists, field));
        }
        if (leaf instanceof Clause.Words words) {
            require(leaf, type == Fields.Type.TEXT);
            List<Sign> each = words.tokens().stream()
                    .map(token -> sign(Map.of(List.of(token), layout.exact(words.field()))))
                    .toList();
            return shared(leaf, () -> Spread.of(words, each, layout));
        }
        if (leaf instanceof Clause.Value value) {
            require(leaf, type == Fields.Type.KEYWORD || type == Fields.Type.BOOLEAN);
            Sign sign = sign(
                    Sign.OfValue.class,
                    List.of(field, value.value()),
                    number -> new Sign.OfValue(number, field, value.value()));
            return shared(new FieldValue.OneOf(value, sign));
        }
        if (leaf instanceof Clause.Dates dates) {
            require(leaf, type == Fields.Type.DATE);
            return during(dates, field);
        }
        if (leaf instanceof Clause.Integers integers) {
            require(leaf, type == Fields.Type.INTEGER);
            boolean beyond = integers.min().compareTo(Clause.Integers.MOST) > 0
                    || integers.max().compareTo(Clause.Integers.LEAST) < 0;
            return beyond
                    ? shared(new Criterion.Constant(false))
                    : new FieldValue.Whole(integers, field, bounded(integers.min()), bounded(integers.max()));
        }
        if (leaf instanceof Clause.Decimals decimals) {
            require(leaf, type == Fields.Type.DECIMAL);
            return new FieldValue.Decimal(decimals, field);
        }
        if (leaf instanceof Clause.Addresses addresses) {
            require(leaf, type == Fields.Type.ADDRESS);
            return new FieldValue.Address(addresses, field, bytes(addresses.min()), bytes(addresses.max()));
        }
        require(leaf, type == Fields.Type.KEYWORD);
        Pattern pattern = pattern(leaf);
        Sign sign =
                sign(Sign.OfValues.class, List.of(field, pattern), number -> new Sign.OfValues(number, field, pattern));
        return shared(new FieldValue.OneOf(leaf, sign));
    }

    private Criterion during(Clause.Dates dates, int field) {
        Now still = new Now(Instant.EPOCH, zone);
        Optional<DateBound> from = dates.from().filter(DateBound::moves);
        Optional<DateBound> to = dates.to().filter(DateBound::moves);
        return new FieldValue.During(
                dates,
                field,
                from,
                to,
                from.isPresent() || dates.from().isEmpty()
                        ? Long.MIN_VALUE
                        : dates.from().get().millis(still),
                to.isPresent() || dates.to().isEmpty()
                        ? Long.MAX_VALUE
                        : dates.to().get().millis(still));
    }

    private static long bounded(BigInteger bound) {
        return bound.max(Clause.Integers.LEAST).min(Clause.Integers.MOST).longValueExact();
    }

    private static BytesRef bytes(String hexadecimal) {
        return new BytesRef(HexFormat.of().parseHex(hexadecimal));
    }

    private static void require(Clause.Leaf leaf, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("The field's type does not go with the clause: " + leaf);
        }
    }

    private <T> T shared(T fresh) {
        return shared(fresh, () -> fresh);
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(Object key, Supplier<T> maker) {
        Object known = made.get(key);
        if (known == null) {
            Object fresh = maker.get();
            known = made.putIfAbsent(key, fresh);
            known = known == null ? fresh : known;
        }
        return (T) known;
    }
}
