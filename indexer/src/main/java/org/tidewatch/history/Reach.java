package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.ZoneId;
import org.tidewatch.query.Fields;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.query.elastic.ElasticQuery;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;

/** Says which items a search may match, as a query of the server: at least those that the matcher finds, better few more. */
@FunctionalInterface
public interface Reach {

    /**
     * By the search's own question, without what moves with the clock.
     *
     * @param zone whose days the dates of queries are rounded to
     */
    static Reach loose(Fields fields, ZoneId zone) {
        return search -> {
            Question question = search.question();
            return ElasticQuery.loose(question.read(fields).clause(), fields, question.form(), zone);
        };
    }

    Query of(SavedSearch search) throws QueryRefused;
}
