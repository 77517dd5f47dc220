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
