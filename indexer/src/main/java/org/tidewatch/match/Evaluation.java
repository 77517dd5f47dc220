package org.tidewatch.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Marked marked;
    private final Map<Integer, IndexSearcher> searchers = new HashMap<>();

    Evaluation(AnalysedDocument document, Analysis analysis, Now now, Marked marked) {
        this.document = document;
        this.analysis = analysis;
        this.now = now;
        this.marked = marked;
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

    /** The signs that the document has. */
    Marked marked() {
        return marked;
    }

    boolean has(Sign sign) {
        return marked.has(sign.number());
    }

    boolean has(int sign) {
        return marked.has(sign);
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
