package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.SpanQuery;
import java.util.List;

/** Counts the clauses of a query as Lucene's {@code IndexSearcher} does: every leaf, however deep, spans included. */
final class ClauseCount {

    private ClauseCount() {}

    static int of(Query query) {
        if (query.isBool()) {
            BoolQuery bool = query.bool();
            return of(bool.filter()) + of(bool.must()) + of(bool.should()) + of(bool.mustNot());
        }
        return query.isSpanNear() ? ofSpans(query.spanNear().clauses()) : 1;
    }

    private static int of(List<Query> queries) {
        return queries.stream().mapToInt(ClauseCount::of).sum();
    }

    private static int ofSpans(List<SpanQuery> spans) {
        return spans.stream()
                .mapToInt(span -> span.isSpanOr() ? ofSpans(span.spanOr().clauses()) : 1)
                .sum();
    }
}
