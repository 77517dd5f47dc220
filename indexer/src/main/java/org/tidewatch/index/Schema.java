package org.tidewatch.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mappings, read from the one file a room has beside this class. Templates, the matcher and the data views all take
 * field types from here.
 */
public final class Schema {

    /** Version of all mappings together; part of each index's name and of every document. */
    public static final int VERSION = 1;

    /** Fields of {@link Room#ITEMS} that a bare term searches, in the matcher as in Kibana. */
    public static final List<String> DEFAULT_FIELDS =
            List.of("title", "text", "quoted", "author.name", "author.handle");

    private Schema() {}

    /** The {@code properties} of a room's mapping. */
    public static ObjectNode properties(Room room) {
        String resource = room.plain() + ".json";
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks the mapping " + resource);
            }
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable mapping " + resource, e);
        }
    }

    /** Settings and mapping with which a room's index is made. */
    static ObjectNode definition(Room room) {
        ObjectNode index = Json.MAPPER.createObjectNode();
        ObjectNode settings = index.putObject("settings");
        settings.put("index.number_of_shards", 1);
        settings.put("index.auto_expand_replicas", "0-1");
        settings.put("index.refresh_interval", "1s");
        settings.put("index.mapping.total_fields.limit", 500);
        if (room == Room.ITEMS) {
            settings.set("index.query.default_field", Json.MAPPER.valueToTree(DEFAULT_FIELDS));
        }
        ObjectNode mappings = index.putObject("mappings");
        mappings.put("dynamic", "strict");
        if (room == Room.FRONTIER) {
            mappings.putObject("_routing").put("required", true);
        }
        mappings.putObject("_meta").put("tidewatch_schema", VERSION);
        mappings.set("properties", properties(room));
        return index;
    }

    /** Full field name to Elasticsearch type of every leaf field of a room, sorted by name. */
    public static Map<String, String> fields(Room room) {
        Map<String, String> fields = new TreeMap<>();
        collect("", properties(room), fields);
        return fields;
    }

    private static void collect(String prefix, JsonNode properties, Map<String, String> fields) {
        properties.properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode inner = field.getValue().get("properties");
            if (inner != null) {
                collect(name + ".", inner, fields);
            } else {
                fields.put(name, field.getValue().path("type").asText());
            }
        });
    }
}
