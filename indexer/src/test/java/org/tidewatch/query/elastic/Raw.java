package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tidewatch.index.Json;

/** Queries as Kibana sends them, which the server analyses. */
final class Raw {

    private Raw() {}

    static ObjectNode any(List<ObjectNode> queries) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        ObjectNode bool = query.putObject("bool").put("minimum_should_match", 1);
        bool.putArray("should").addAll(queries);
        return query;
    }

    static ObjectNode all(List<ObjectNode> queries) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.putObject("bool").putArray("filter").addAll(queries);
        return query;
    }

    static ObjectNode not(ObjectNode denied) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.putObject("bool").putArray("must_not").add(denied);
        return query;
    }

    /** A query of one parameter, such as {@code term}, {@code match}, {@code match_phrase}. */
    static ObjectNode of(String kind, String field, Object value) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.putObject(kind).set(field, Json.MAPPER.valueToTree(value));
        return query;
    }

    static ObjectNode nothing() {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.putObject("match_none");
        return query;
    }
}
