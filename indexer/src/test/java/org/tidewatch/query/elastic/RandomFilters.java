package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tidewatch.index.Json;
import org.tidewatch.query.Fields;
import org.tidewatch.search.Question;

/** Random Kibana filters of every kind, beside a query or alone. */
final class RandomFilters {

    private final Grammar grammar;
    private final Dice dice;
    private final RandomLucene lucene;

    RandomFilters(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
        this.lucene = new RandomLucene(grammar);
    }

    /** The query with filters beside it. Filters say no zone, whatever that of the query is. */
    Asked beside(Asked asked) {
        List<JsonNode> filters = new ArrayList<>();
        List<ObjectNode> raw = new ArrayList<>(List.of(asked.raw()));
        for (int i = dice.between(1, 4); i > 0; i--) {
            ObjectNode filter = filter();
            ObjectNode meta = (ObjectNode) filter.path("meta");
            ObjectNode query = query(filter);
            boolean disabled = dice.chance(0.15);
            boolean negated = dice.chance(0.3);
            meta.put("disabled", disabled).put("negate", negated);
            if (disabled) {
                grammar.rule("filter disabled");
            } else {
                raw.add(negated ? Raw.not(query) : query);
                grammar.rule(negated ? "filter negated" : "filter as it is");
            }
            filters.add(filter);
        }
        return new Asked(asked.language(), asked.query(), filters, asked.zone(), Raw.all(raw));
    }

    /** Filters with no query. */
    Asked alone(ZoneId zone) {
        ObjectNode everything = Json.MAPPER.createObjectNode();
        everything.putObject("match_all");
        return beside(new Asked(Question.Language.KUERY, "", List.of(), zone, everything));
    }

    /** What the server is sent for a filter that is neither disabled nor negated. */
    private static ObjectNode query(ObjectNode filter) {
        if (!filter.path("meta").path("type").asText().equals("combined")) {
            return thorough((ObjectNode) filter.path("query"));
        }
        List<ObjectNode> parts = new ArrayList<>();
        filter.path("meta").path("params").forEach(part -> {
            ObjectNode query = thorough((ObjectNode) part.path("query"));
            parts.add(part.path("meta").path("negate").asBoolean() ? Raw.not(query) : query);
        });
        return filter.path("meta").path("relation").asText().equals("OR") ? Raw.any(parts) : Raw.all(parts);
    }

    /** A filter's query but that no rewrite in it stops early, which filters cannot say. */
    private static ObjectNode thorough(ObjectNode query) {
        return query.has("query_string")
                ? RandomLucene.raw(query.path("query_string").path("query").asText(), ZoneOffset.UTC)
                : query;
    }

    private ObjectNode filter() {
        if (!dice.chance(0.12)) {
            return simple();
        }
        grammar.rule("filter combined");
        ObjectNode filter = Json.MAPPER.createObjectNode();
        ObjectNode meta = filter.putObject("meta");
        meta.put("type", "combined").put("relation", dice.of("AND", "OR"));
        for (int i = dice.between(1, 3); i > 0; i--) {
            ObjectNode part = simple();
            ((ObjectNode) part.path("meta")).put("negate", dice.chance(0.3)).put("disabled", false);
            meta.withArray("params").add(part);
        }
        filter.putObject("query");
        return filter;
    }

    private ObjectNode simple() {
        return switch (dice.below(8)) {
            case 0 -> {
                String field = grammar.field(
                        Fields.Type.TEXT,
                        Fields.Type.KEYWORD,
                        Fields.Type.KEYWORD,
                        Fields.Type.BOOLEAN,
                        Fields.Type.INTEGER,
                        Fields.Type.ADDRESS);
                yield of("phrase", field, Raw.of("match_phrase", field, value(field)));
            }
            case 1 -> {
                String field = grammar.field(Fields.Type.TEXT, Fields.Type.KEYWORD, Fields.Type.INTEGER);
                List<ObjectNode> values = new ArrayList<>();
                for (int i = dice.between(1, 5); i > 0; i--) {
                    values.add(Raw.of("match_phrase", field, value(field)));
                }
                yield of("phrases", field, Raw.any(values));
            }
            case 2, 3, 4 -> range();
            case 5 -> {
                String field = dice.of(AgreementIndex.FIELDS.names());
                yield of("exists", field, Raw.of("exists", "field", field));
            }
            case 6 -> {
                ObjectNode query = Json.MAPPER.createObjectNode();
                query.putObject("query_string")
                        .put("query", lucene.query())
                        .put("analyze_wildcard", true)
                        .put("lenient", true);
                yield of("custom", "query", query);
            }
            default -> {
                grammar.rule("filter match");
                String field = grammar.field(Fields.Type.TEXT, Fields.Type.KEYWORD);
                ObjectNode match = Json.MAPPER.createObjectNode().put("query", value(field));
                if (dice.chance(0.4)) {
                    match.put("operator", dice.of("and", "or"));
                }
                yield of("custom", field, Raw.of("match", field, match));
            }
        };
    }

    private ObjectNode range() {
        String field = grammar.field(
                Fields.Type.DATE, Fields.Type.INTEGER, Fields.Type.DECIMAL, Fields.Type.ADDRESS, Fields.Type.KEYWORD);
        grammar.rule("filter range of " + grammar.type(field));
        ObjectNode bounds = Json.MAPPER.createObjectNode();
        if (dice.chance(0.8)) {
            bounds.put(dice.of("gt", "gte"), Grammar.still(grammar.value(field)));
        }
        if (dice.chance(0.7)) {
            bounds.put(dice.of("lt", "lte"), Grammar.still(grammar.value(field)));
        }
        return of("range", field, Raw.of("range", field, bounds));
    }

    private String value(String field) {
        return grammar.type(field) == Fields.Type.TEXT
                ? dice.chance(0.5) ? grammar.word() : grammar.passage()
                : grammar.value(field);
    }

    private ObjectNode of(String type, String key, ObjectNode query) {
        grammar.rule("filter " + type);
        ObjectNode filter = Json.MAPPER.createObjectNode();
        filter.putObject("meta").put("type", type).put("key", key);
        filter.set("query", query);
        return filter;
    }
}
