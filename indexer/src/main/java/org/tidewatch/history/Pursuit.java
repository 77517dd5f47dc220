package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.Optional;

/**
 * What a run looks for on behalf of one search.
 *
 * @param below items that were matched with an earlier revision than this are meant
 * @param anew what of them the search may match now; empty when only those are meant that it is known to have matched
 */
record Pursuit(String search, long below, Optional<Query> anew) {

    /** Items that the search may match now, or is recorded to match. */
    Query query() {
        BoolQuery.Builder any = new BoolQuery.Builder();
        anew.ifPresent(any::should);
        any.should(carrying("matches.search")).should(carrying("matches.proposed"));
        return Query.of(q -> q.bool(b -> b.filter(f ->
                        f.range(r -> r.number(n -> n.field("matched_revision").lt((double) below))))
                .filter(any.build()._toQuery())));
    }

    private Query carrying(String field) {
        return Query.of(q -> q.term(t -> t.field(field).value(FieldValue.of(search))));
    }

    /** Items that any of these looks for. */
    static Query any(List<Pursuit> pursuits) {
        return Query.of(
                q -> q.bool(b -> b.should(pursuits.stream().map(Pursuit::query).toList())));
    }

    boolean isEverywhere() {
        return anew.filter(Query::isMatchAll).isPresent();
    }

    /** As this, looking at everything: for a query that the server will not run. */
    Pursuit everywhere() {
        return new Pursuit(search, below, Optional.of(Query.of(q -> q.matchAll(m -> m))));
    }
}
