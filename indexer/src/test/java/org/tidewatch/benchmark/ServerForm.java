package org.tidewatch.benchmark;

import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tidewatch.filing.FoldedTwins;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.elastic.ElasticQuery;

/** Items and queries as a server takes them, under the mapping of items. */
final class ServerForm {

    private static final JacksonJsonpMapper MAPPER = new JacksonJsonpMapper();

    private ServerForm() {}

    static ObjectNode mapping() {
        try (InputStream in = Indices.class.getResourceAsStream("items.json")) {
            ObjectNode mapping = Json.MAPPER.createObjectNode();
            mapping.put("dynamic", "false").set("properties", Json.MAPPER.readTree(in));
            return mapping;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode document(Item item) {
        ObjectNode document = Json.document(item);
        FoldedTwins.write(document);
        return document;
    }

    static String query(Clause clause) {
        return JsonpUtils.toJsonString(
                ElasticQuery.of(clause, Fields.ofItems(), Contender.FORM, Contender.NOW), MAPPER);
    }
}
