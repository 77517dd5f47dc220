package org.tidewatch.match;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the signs that a document has. Immutable and thread-safe. */
final class Signs {

    /** In place of streams, where there are none. */
    private static final long ANY = -1;

    private final WordTable words;
    private final WordTable pairs;
    private final boolean hasPairs;
    private final PatternIndex patterns;
    private final @Nullable Values[] byField;
    private final int size;

    /** Signs of one field's values. */
    private static final class Values {
        final Map<String, Integer> byValue = new HashMap<>();
        final Map<Pattern, Marks> byPattern = new HashMap<>();
        PatternIndex patterns = new PatternIndex(Map.of());
    }

    Signs(Collection<Sign> signs, Layout layout) {
        Map<WordTable.Key, Marks> byWord = new HashMap<>();
        Map<WordTable.Key, Marks> byPair = new HashMap<>();
        Map<Pattern, Marks> byPattern = new HashMap<>();
        byField = new @Nullable Values[layout.size()];
        int highest = -1;
        for (Sign sign : signs) {
            highest = Math.max(highest, sign.number());
            if (sign instanceof Sign.OfWords ofWords) {
                for (Sign.OfWords.Spelling spelling : ofWords.spellings()) {
                    (spelling.next() == null ? byWord : byPair)
                            .computeIfAbsent(new WordTable.Key(spelling.word(), spelling.next()), key -> new Marks())
                            .add(sign.number(), spelling.streams());
                }
            } else if (sign instanceof Sign.OfPatterns ofPatterns) {
                for (Sign.OfPatterns.Shape shape : ofPatterns.shapes()) {
                    byPattern
                            .computeIfAbsent(shape.pattern(), key -> new Marks())
                            .add(sign.number(), shape.streams());
                }
            } else if (sign instanceof Sign.OfValue ofValue) {
                values(ofValue.field()).byValue.put(ofValue.value(), sign.number());
            } else if (sign instanceof Sign.OfValues ofValues) {
                values(ofValues.field())
                        .byPattern
                        .computeIfAbsent(ofValues.pattern(), key -> new Marks())
                        .add(sign.number(), ANY);
            }
        }
        size = highest + 1;
        words = new WordTable(byWord);
        pairs = new WordTable(byPair);
        hasPairs = !byPair.isEmpty();
        patterns = new PatternIndex(byPattern);
        for (Values values : byField) {
            if (values != null) {
                values.patterns = new PatternIndex(values.byPattern);
            }
        }
    }

    private Values values(int field) {
        Values known = byField[field];
        if (known == null) {
            known = new Values();
            byField[field] = known;
        }
        return known;
    }

    /** Signs are numbered below this. */
    int size() {
        return size;
    }

    Marked of(AnalysedDocument document) {
        Marked marked = new Marked(size);
        TokenTable tokens = document.tokens();
        for (int token = 0; token < tokens.size(); token++) {
            Marks marks = words.get(tokens.word(token), tokens.hash(token));
            if (marks != null) {
                marks.mark(tokens.streams(token), marked);
            }
        }
        if (hasPairs) {
            markPairs(tokens, marked);
        }
        if (!patterns.isEmpty()) {
            for (int token = 0; token < tokens.size(); token++) {
                long streams = tokens.streams(token);
                for (Marks marks : patterns.taking(tokens.word(token))) {
                    marks.mark(streams, marked);
                }
            }
        }
        for (int field = 0; field < byField.length; field++) {
            Values values = byField[field];
            if (values != null) {
                for (String value : document.words(field)) {
                    mark(values, value, marked);
                }
            }
        }
        return marked;
    }

    private void markPairs(TokenTable tokens, Marked marked) {
        for (int place = 0; place < tokens.places(); place++) {
            if (tokens.isFollowed(place)) {
                int token = tokens.tokenAt(place);
                int next = tokens.tokenAt(place + 1);
                Marks marks = pairs.get(tokens.word(token), tokens.hash(token), tokens.word(next), tokens.hash(next));
                if (marks != null) {
                    marks.mark(1L << tokens.streamAt(place), marked);
                }
            }
        }
    }

    private static void mark(Values values, String value, Marked marked) {
        Integer sign = values.byValue.get(value);
        if (sign != null) {
            marked.add(sign);
        }
        if (!values.patterns.isEmpty()) {
            for (Marks marks : values.patterns.taking(value)) {
                marks.mark(ANY, marked);
            }
        }
    }
}
