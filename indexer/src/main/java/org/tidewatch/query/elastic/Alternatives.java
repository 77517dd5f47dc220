package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Queries of which one must find an item. Terms of one field are asked for in one {@code terms} query, which the server
 * counts as one clause, however many they are.
 */
final class Alternatives {

    /** Most values of one {@code terms} query, the default of {@code index.max_terms_count}. */
    static final int MAX_TERMS = 65_536;

    private final Map<String, Set<String>> terms = new LinkedHashMap<>();
    private final List<Query> others = new ArrayList<>();

    void term(String field, String value) {
        terms.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(value);
    }

    void add(Query query) {
        others.add(query);
    }

    /** The alternatives, as few as can be. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        terms.forEach((field, values) -> {
            List<FieldValue> all = values.stream().map(FieldValue::of).toList();
            for (int from = 0; from < all.size(); from += MAX_TERMS) {
                queries.add(terms(field, all.subList(from, Math.min(all.size(), from + MAX_TERMS))));
            }
        });
        queries.addAll(others);
        return queries;
    }

    /** One query for them all. */
    Query query() {
        List<Query> queries = queries();
        return switch (queries.size()) {
            case 0 -> Query.of(q -> q.matchNone(m -> m));
            case 1 -> queries.get(0);
            default -> Query.of(q -> q.bool(b -> b.should(queries).minimumShouldMatch("1")));
        };
    }

    private static Query terms(String field, List<FieldValue> values) {
        return values.size() == 1
                ? Query.of(q -> q.term(t -> t.field(field).value(values.get(0))))
                : Query.of(q -> q.terms(t -> t.field(field).terms(f -> f.value(values))));
    }
}
