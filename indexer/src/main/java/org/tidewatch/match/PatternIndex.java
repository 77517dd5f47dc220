package org.tidewatch.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the marks of all patterns that take a word, without trying each: by what the word begins or ends with, by the letters in it, or
 * by the words around it. Only patterns that have no such hold are tried one by one. Where that takes long, what was found
 * for a word is remembered, since most words of a document were in other documents before.
 *
 * <p>Thread-safe; memory for the words seen is bounded.
 */
final class PatternIndex {

    /** Characters of an inner literal that are looked up. */
    static final int GRAM = 3;

    private static final int REMEMBERED = 1 << 15;
    private static final int LONGEST_REMEMBERED = 40;
    private static final Marks[] NO_MARKS = {};

    private final LiteralEnds starts;
    private final LiteralEnds ends;
    private final Map<Long, List<Shape>> insides = new HashMap<>();
    private final Map<Long, List<Shape>> forms = new HashMap<>();
    private final List<Shape> loose = new ArrayList<>();
    private int edits;

    private volatile Map<String, Marks[]> remembered = new ConcurrentHashMap<>();
    private volatile Map<String, Marks[]> fading = Map.of();

    /** A pattern with the signs that it is of. */
    record Shape(Pattern pattern, Marks marks) {}

    PatternIndex(Map<Pattern, Marks> patterns) {
        Map<String, List<Shape>> byStart = new HashMap<>();
        Map<String, List<Shape>> byEnd = new HashMap<>();
        patterns.forEach((pattern, marks) -> {
            Shape shape = new Shape(pattern, marks);
            String literal = pattern.hold().literal();
            switch (pattern.hold().where()) {
                case START ->
                    byStart.computeIfAbsent(literal, key -> new ArrayList<>(1)).add(shape);
                case END ->
                    byEnd.computeIfAbsent(literal, key -> new ArrayList<>(1)).add(shape);
                case INSIDE ->
                    insides.computeIfAbsent(gram(literal, 0), key -> new ArrayList<>(1))
                            .add(shape);
                case AROUND -> {
                    Near near = (Near) pattern;
                    edits = Math.max(edits, near.edits());
                    Near.forms(near.word(), near.edits())
                            .forEach(form -> forms.computeIfAbsent(form, key -> new ArrayList<>(1))
                                    .add(shape));
                }
                case NOWHERE -> loose.add(shape);
            }
        });
        starts = new LiteralEnds(byStart, false);
        ends = new LiteralEnds(byEnd, true);
    }

    boolean isEmpty() {
        return starts.isEmpty() && ends.isEmpty() && !isSlow();
    }

    /** Whether looking takes longer than remembering. */
    private boolean isSlow() {
        return !insides.isEmpty() || !forms.isEmpty() || !loose.isEmpty();
    }

    /** Marks of the patterns that take the word, each once. Not to be changed. */
    Marks[] taking(String word) {
        if (!isSlow() || word.length() > LONGEST_REMEMBERED) {
            return find(word);
        }
        Marks[] known = remembered.get(word);
        if (known != null) {
            return known;
        }
        known = fading.get(word);
        if (known == null) {
            known = find(word);
        }
        remember(word, known);
        return known;
    }

    private void remember(String word, Marks[] taking) {
        if (remembered.size() >= REMEMBERED) {
            synchronized (this) {
                if (remembered.size() >= REMEMBERED) {
                    fading = remembered;
                    remembered = new ConcurrentHashMap<>();
                }
            }
        }
        remembered.put(word, taking);
    }

    private Marks[] find(String word) {
        List<Marks> found = new ArrayList<>(0);
        starts.find(word, found);
        ends.find(word, found);
        if (!insides.isEmpty()) {
            int first = found.size();
            for (int i = 0; i + GRAM <= word.length(); i++) {
                addOnce(word, insides.get(gram(word, i)), found, first);
            }
        }
        if (!forms.isEmpty()) {
            int first = found.size();
            for (Long form : Near.forms(word, edits)) {
                addOnce(word, forms.get(form), found, first);
            }
        }
        for (Shape shape : loose) {
            if (shape.pattern().takes(word)) {
                found.add(shape.marks());
            }
        }
        return found.isEmpty() ? NO_MARKS : found.toArray(Marks[]::new);
    }

    /** Patterns that are filed in more than one place may come up again; those stand after {@code first}. */
    private static void addOnce(String word, @Nullable List<Shape> candidates, List<Marks> found, int first) {
        if (candidates != null) {
            for (Shape shape : candidates) {
                if (!found.subList(first, found.size()).contains(shape.marks())
                        && shape.pattern().takes(word)) {
                    found.add(shape.marks());
                }
            }
        }
    }

    private static long gram(String text, int from) {
        long gram = 0;
        for (int i = from; i < from + GRAM; i++) {
            gram = gram << Character.SIZE | text.charAt(i);
        }
        return gram;
    }
}
