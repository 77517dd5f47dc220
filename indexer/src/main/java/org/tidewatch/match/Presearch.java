package org.tidewatch.match;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which criteria may hold for a document, from one look at each of its distinct tokens and values. Every criterion
 * lies under the anchors that fewest documents are thought to have; one without anchors is tried on every document.
 * Immutable and thread-safe.
 */
final class Presearch {

    private final Map<String, int[]> byWord = new HashMap<>();
    private final Map<Pattern, int[]> byWordLike = new HashMap<>();
    private final @Nullable ValueAnchors[] byField;
    private final int[] everywhere;
    private final int size;

    /** What lies under the values of one field. */
    private static final class ValueAnchors {
        final Map<String, int[]> byValue = new HashMap<>();
        final Map<Pattern, int[]> byPattern = new HashMap<>();
        PatternIndex patterns = new PatternIndex(Set.of());
    }

    private static final class Numbers {
        private int[] numbers = new int[2];
        private int count;

        void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = number;
        }

        int[] toArray() {
            return Arrays.copyOf(numbers, count);
        }
    }

    /** @param criteria known by their place in the list from here on */
    Presearch(List<Criterion> criteria, Layout layout, Rarity rarity) {
        Map<Anchor, Numbers> under = new HashMap<>();
        Numbers anywhere = new Numbers();
        for (int i = 0; i < criteria.size(); i++) {
            Anchors anchors = criteria.get(i).anchors(rarity);
            if (anchors.everywhere()) {
                anywhere.add(i);
            }
            for (Anchor anchor : anchors.any()) {
                under.computeIfAbsent(anchor, key -> new Numbers()).add(i);
            }
        }
        this.size = criteria.size();
        this.everywhere = anywhere.toArray();
        this.byField = new @Nullable ValueAnchors[layout.size()];
        under.forEach((anchor, numbers) -> {
            if (anchor instanceof Anchor.Word word) {
                byWord.put(word.word(), numbers.toArray());
            } else if (anchor instanceof Anchor.WordLike like) {
                byWordLike.put(like.pattern(), numbers.toArray());
            } else if (anchor instanceof Anchor.Value value) {
                values(value.field()).byValue.put(value.value(), numbers.toArray());
            } else if (anchor instanceof Anchor.ValueLike like) {
                values(like.field()).byPattern.put(like.pattern(), numbers.toArray());
            }
        });
        for (ValueAnchors values : byField) {
            if (values != null) {
                values.patterns = new PatternIndex(values.byPattern.keySet());
            }
        }
    }

    private ValueAnchors values(int field) {
        ValueAnchors known = byField[field];
        if (known == null) {
            known = new ValueAnchors();
            byField[field] = known;
        }
        return known;
    }

    /** Criteria that are tried on every document. */
    int[] everywhere() {
        return everywhere.clone();
    }

    /** Numbers of all criteria that may hold. */
    BitSet candidates(Evaluation evaluation) {
        BitSet candidates = new BitSet(size);
        add(everywhere, candidates);
        TokenTable tokens = evaluation.tokens();
        for (int token = 0; token < tokens.size(); token++) {
            add(byWord.get(tokens.word(token)), candidates);
        }
        for (Pattern pattern : evaluation.taking()) {
            add(byWordLike.get(pattern), candidates);
        }
        for (int field = 0; field < byField.length; field++) {
            ValueAnchors values = byField[field];
            if (values != null) {
                for (String word : evaluation.document().words(field)) {
                    add(values.byValue.get(word), candidates);
                    for (Pattern pattern : values.patterns.taking(word)) {
                        add(values.byPattern.get(pattern), candidates);
                    }
                }
            }
        }
        return candidates;
    }

    private static void add(int @Nullable [] numbers, BitSet candidates) {
        if (numbers != null) {
            for (int number : numbers) {
                candidates.set(number);
            }
        }
    }

    /** Gives the anchors that a document has, whether anything lies under them or not; of a huge one, only some. */
    void anchorsOf(Evaluation evaluation, int most, Consumer<Anchor> anchors) {
        TokenTable tokens = evaluation.tokens();
        for (int token = 0; token < Math.min(most, tokens.size()); token++) {
            anchors.accept(new Anchor.Word(tokens.word(token)));
        }
        evaluation.taking().forEach(pattern -> anchors.accept(new Anchor.WordLike(pattern)));
        for (int field = 0; field < byField.length; field++) {
            int number = field;
            Set<String> words =
                    new HashSet<>(Arrays.asList(evaluation.document().words(field)));
            words.stream().limit(most).forEach(word -> anchors.accept(new Anchor.Value(number, word)));
            ValueAnchors values = byField[field];
            if (values != null) {
                Set<Pattern> patterns = new HashSet<>();
                words.forEach(word -> patterns.addAll(List.of(values.patterns.taking(word))));
                patterns.forEach(pattern -> anchors.accept(new Anchor.ValueLike(number, pattern)));
            }
        }
    }
}
