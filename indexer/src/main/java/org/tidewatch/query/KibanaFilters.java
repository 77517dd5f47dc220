package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.index.Json;

/**
 * Reads the filters that Kibana keeps beside a query: phrase, phrases, range, exists, custom ones, and combinations, each
 * perhaps negated or disabled, in today's shape and in the older ones that Kibana migrates. All are AND-ed. What a filter
 * asks the server is read by {@link ElasticDsl}. Thread-safe.
 */
public final class KibanaFilters {

    private static final Set<String> BESIDE_QUERY = Set.of("meta", "$state");

    private final ElasticDsl dsl;

    private KibanaFilters(Reading reading) {
        this.dsl = new ElasticDsl(reading);
    }

    /**
     * What the filters leave.
     *
     * @throws QueryRefused naming the filter by its index, and the key that cannot be read
     */
    public static Parsed parse(List<JsonNode> filters, Fields fields) throws QueryRefused {
        Reading reading = new Reading(fields);
        Clause clause = new KibanaFilters(reading).all(filters, "filters", 1);
        return new Parsed(Simplified.of(clause), reading.remarks());
    }

    private Clause all(Iterable<JsonNode> filters, String path, int depth) throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        int index = 0;
        for (JsonNode filter : filters) {
            one(filter, path + "[" + index + "]", depth).ifPresent(clauses::add);
            index++;
        }
        return clauses.isEmpty() ? new Clause.Everything() : new Clause.All(clauses);
    }

    /** Empty for a disabled filter. */
    private Optional<Clause> one(JsonNode filter, String path, int depth) throws QueryRefused {
        if (!filter.isObject()) {
            throw new QueryRefused(path + " is no filter: copy what Kibana exports", -1);
        }
        JsonNode meta = filter.path("meta");
        if (meta.path("disabled").asBoolean()) {
            return Optional.empty();
        }
        Clause clause = meta.path("type").asText().equals("combined")
                ? combined(meta, path, depth)
                : dsl.read(query(filter, path), path, depth);
        return Optional.of(meta.path("negate").asBoolean() ? new Clause.Not(clause) : clause);
    }

    /** A disabled filter within an OR stands for a group without clauses, which finds everything. */
    private Clause combined(JsonNode meta, String path, int depth) throws QueryRefused {
        if (depth > Judgement.MAX_DEPTH) {
            throw new QueryRefused(path + " is nested deeper than " + Judgement.MAX_DEPTH + ": take a level away", -1);
        }
        JsonNode params = meta.path("params");
        if (!params.isArray()) {
            throw new QueryRefused(path + ".meta.params is no list of filters: copy what Kibana exports", -1);
        }
        String inner = path + ".meta.params";
        String relation = meta.path("relation").asText();
        if (relation.equals("AND")) {
            return all(params, inner, depth + 1);
        }
        if (!relation.equals("OR")) {
            throw new QueryRefused(path + ".meta.relation is AND or OR", -1);
        }
        List<Clause> any = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            any.add(one(params.get(i), inner + "[" + i + "]", depth + 1).orElse(new Clause.Everything()));
        }
        return any.isEmpty() ? new Clause.Everything() : new Clause.Any(any);
    }

    /** What the filter asks the server, whatever its age. */
    private static JsonNode query(JsonNode filter, String path) throws QueryRefused {
        JsonNode query = filter.get("query");
        ObjectNode asked = Json.MAPPER.createObjectNode();
        if (query != null && query.isObject()) {
            asked.setAll((ObjectNode) query);
        } else {
            filter.properties().forEach(entry -> {
                if (!BESIDE_QUERY.contains(entry.getKey()) && !entry.getKey().equals("query")) {
                    asked.set(entry.getKey(), entry.getValue());
                }
            });
        }
        if (asked.has("missing")) {
            throw new QueryRefused(
                    path + ".missing fails in Elasticsearch: use an exists filter with meta.negate: true", -1);
        }
        JsonNode match = asked.path("match");
        if (match.size() == 1) {
            String field = match.fieldNames().next();
            if (match.get(field).path("type").asText().equals("phrase")) {
                ObjectNode params = match.get(field).deepCopy();
                params.remove("type");
                asked.remove("match");
                asked.putObject("match_phrase").set(field, params);
            }
        }
        return asked;
    }
}
