package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.SpanQuery;
import java.util.List;
import org.tidewatch.text.FoldedPhrase;
import org.tidewatch.text.FoldedWord;

/** Words at positions next to each other. */
final class Adjacent {

    private Adjacent() {}

    static Query words(String field, List<String> tokens) {
        return inOrder(tokens.stream().map(token -> term(field, token)).toList());
    }

    /**
     * Adds every reading of a phrase. Each is a row of its own in which every alternative is one position wide: spans
     * whose alternatives differ in width miss matches (LUCENE-7398).
     */
    static void readings(String field, FoldedPhrase phrase, Alternatives alternatives) {
        for (List<FoldedWord> reading : phrase.readings()) {
            if (reading.size() == 1) {
                alternatives.term(field, reading.get(0).plain());
                alternatives.term(field, reading.get(0).risky());
            } else {
                alternatives.add(inOrder(
                        reading.stream().map(word -> eitherForm(field, word)).toList()));
            }
        }
    }

    /** Adds what the first words of all readings, or the last ones, are: no reading is without one of them. */
    static void anOuterWord(String field, FoldedPhrase phrase, Alternatives alternatives) {
        List<FoldedWord> words = phrase.words();
        if (words.isEmpty()) {
            return;
        }
        boolean first = words.get(0).plain().length()
                >= words.get(words.size() - 1).plain().length();
        for (List<FoldedWord> reading : phrase.readings()) {
            FoldedWord outer = reading.get(first ? 0 : reading.size() - 1);
            alternatives.term(field, outer.plain());
            alternatives.term(field, outer.risky());
        }
    }

    private static Query inOrder(List<SpanQuery> row) {
        return Query.of(q -> q.spanNear(near -> near.clauses(row).slop(0).inOrder(true)));
    }

    private static SpanQuery eitherForm(String field, FoldedWord word) {
        return SpanQuery.of(s -> s.spanOr(or -> or.clauses(term(field, word.plain()), term(field, word.risky()))));
    }

    private static SpanQuery term(String field, String token) {
        return SpanQuery.of(s -> s.spanTerm(t -> t.field(field).value(token)));
    }
}
