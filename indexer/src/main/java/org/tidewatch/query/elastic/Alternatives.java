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
 * Queries of which one must find an item. Terms of one field are asked for in one {@code terms} query, and prefixes of one
 * field in one regular expression, which the server counts as one clause, however many they are.
 */
final class Alternatives {

    /** Takes in all terms that a pattern meets; the {@code top_terms} rewrites and fuzzy's own default stop early. */
    static final String ALL_TERMS = "constant_score";

    /** Most values of one {@code terms} query, the default of {@code index.max_terms_count}. */
    static final int MAX_TERMS = 65_536;

    /** Longest regular expression in characters, the default of {@code index.max_regex_length}. */
    static final int MAX_EXPRESSION = 1_000;

    private final Map<String, Set<String>> terms = new LinkedHashMap<>();
    private final Map<String, Set<String>> prefixes = new LinkedHashMap<>();
    private final List<Query> others = new ArrayList<>();

    void term(String field, String value) {
        terms.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(value);
    }

    void prefix(String field, String prefix) {
        prefixes.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(prefix);
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
        prefixes.forEach((field, all) -> prefixes(field, all, queries));
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

    private static void prefixes(String field, Set<String> prefixes, List<Query> queries) {
        List<String> together = new ArrayList<>();
        int length = 0;
        for (String prefix : prefixes) {
            int added = expression(List.of(prefix)).length();
            if (!together.isEmpty() && length + added > MAX_EXPRESSION) {
                queries.add(prefixes(field, together));
                together.clear();
                length = 0;
            }
            together.add(prefix);
            length += added;
        }
        queries.add(prefixes(field, together));
    }

    private static Query prefixes(String field, List<String> prefixes) {
        return prefixes.size() == 1
                ? Query.of(
                        q -> q.prefix(p -> p.field(field).value(prefixes.get(0)).rewrite(ALL_TERMS)))
                : Query.of(q -> q.regexp(r ->
                        r.field(field).value(expression(prefixes)).flags("NONE").rewrite(ALL_TERMS)));
    }

    static Query wildcard(String field, String pattern) {
        return Query.of(q -> q.wildcard(w -> w.field(field).value(pattern).rewrite(ALL_TERMS)));
    }

    /** A text as a wildcard pattern that means it as it stands. */
    static String literally(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            pattern.append(c == '*' || c == '?' || c == '\\' ? "\\" : "").append(c);
        }
        return pattern.toString();
    }

    private static String expression(List<String> prefixes) {
        StringBuilder expression = new StringBuilder("(");
        for (String prefix : prefixes) {
            expression.append(expression.length() == 1 ? "" : "|");
            prefix.codePoints().forEach(c -> expression
                    .append(Character.isLetterOrDigit(c) ? "" : "\\")
                    .appendCodePoint(c));
        }
        return expression.append(").*").toString();
    }
}
