package org.tidewatch.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.tidewatch.query.Now;

/** One document on which criteria are tried, with what they have in common. Not thread-safe. */
final class Evaluation {

    /** Hits collected of one search at most; a page can hold a word a hundred thousand times. */
    static final int MAX_HITS = 2_000;

    private final AnalysedDocument document;
    private final Analysis analysis;
    private final Now now;
    private final Map<Pattern, Long> taken = new HashMap<>();
    private final Map<Integer, IndexSearcher> searchers = new HashMap<>();

    Evaluation(AnalysedDocument document, Analysis analysis, Now now, PatternIndex patterns) {
        this.document = document;
        this.analysis = analysis;
        this.now = now;
        if (!patterns.isEmpty()) {
            TokenTable tokens = document.tokens();
            for (int token = 0; token < tokens.size(); token++) {
                for (Pattern pattern : patterns.taking(tokens.word(token))) {
                    taken.merge(pattern, tokens.streams(token), (a, b) -> a | b);
                }
            }
        }
    }

    AnalysedDocument document() {
        return document;
    }

    TokenTable tokens() {
        return document.tokens();
    }

    Layout layout() {
        return analysis.layout();
    }

    Now now() {
        return now;
    }

    /** Bits of the streams that hold a token that the pattern takes. */
    long takenIn(Pattern pattern) {
        Long streams = taken.get(pattern);
        return streams == null ? 0 : streams;
    }

    /** Patterns that take a token of some text. */
    Set<Pattern> taking() {
        return taken.keySet();
    }

    /** An index of one text field alone, for what only Lucene can say of it. */
    IndexSearcher searcher(int field) {
        return searchers.computeIfAbsent(field, number -> {
            MemoryIndex memory = new MemoryIndex(true);
            String name = layout().name(number);
            for (String text : document.texts(number)) {
                memory.addField(
                        name,
                        analysis.analyzer().tokenStream(name, text),
                        analysis.analyzer().getPositionIncrementGap(name),
                        analysis.analyzer().getOffsetGap(name));
            }
            return memory.createSearcher();
        });
    }

    /** Places where a criterion that holds has hit, unless it only says what must not be. */
    List<Hit> hits(Criterion criterion) {
        List<Hit> hits = new ArrayList<>();
        try {
            criterion.collect(this, hits);
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be read", e);
        }
        return hits;
    }
}
