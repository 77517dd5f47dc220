package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.SavedSearch;

/** Says which items a search may match, as a query of the server: at least those that the matcher finds, better few more. */
@FunctionalInterface
public interface Reach {

    /** Leaves all to the matcher. */
    Reach EVERYTHING = search -> Query.of(q -> q.matchAll(m -> m));

    Query of(SavedSearch search) throws QueryRefused;
}
