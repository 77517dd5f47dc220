package org.tidewatch.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.url.CanonicalUrl;

/**
 * Makes a whole item of what somebody wrote down of one: a text, or an object with some of the fields of an item. What is
 * left out is plain: a page of {@value #HOST} without a title, fetched now.
 */
public final class ExampleItem {

    /** Where an example is, unless it says so. */
    public static final String HOST = "site.example";

    private static final Set<String> FIELDS = Set.of(
            "id",
            "kind",
            "url",
            "page",
            "host",
            "host_key",
            "platform",
            "author",
            "post",
            "title",
            "text",
            "quoted",
            "published_at",
            "modified_at",
            "fetched_at",
            "language",
            "content_type",
            "media",
            "links",
            "seeds",
            "tags");

    private ExampleItem() {}

    /** @throws IllegalArgumentException naming what an item does not have, or has otherwise */
    public static Item of(JsonNode example, Instant now) {
        if (example.isTextual()) {
            return of(Json.MAPPER.createObjectNode().set("text", example), now);
        }
        if (!(example instanceof ObjectNode given)) {
            throw new IllegalArgumentException("an example is a text, or an object with fields of an item");
        }
        given.fieldNames().forEachRemaining(ExampleItem::refuseUnknown);
        String host = given.path("host").asText(HOST);
        String url = given.path("url").asText("https://" + host + "/");
        CanonicalUrl page = CanonicalUrl.of(given.path("page").asText(url))
                .orElseThrow(() -> new IllegalArgumentException("url: not an http or https address: " + url));
        ObjectNode item = Json.MAPPER.createObjectNode();
        item.put("id", Item.idOfPage(page))
                .put("kind", given.has("post") ? "post" : "page")
                .put("url", url)
                .put("page", page.value())
                .put("host", page.host())
                .put("host_key", page.hostKey())
                .put("platform", "web")
                .put("title", "")
                .put("text", "")
                .put("quoted", "")
                .put("fetched_at", now.toString())
                .put("content_type", "text/html");
        List.of("media", "links", "seeds", "tags").forEach(item::putArray);
        given.properties().forEach(field -> item.set(field.getKey(), whole(field.getKey(), field.getValue())));
        return read(item);
    }

    /** A day stands for its first moment, in the few places where an item has a moment. */
    private static JsonNode whole(String field, JsonNode value) {
        boolean day = field.endsWith("_at") && value.asText().matches("\\d{4}-\\d\\d-\\d\\d");
        return day ? Json.MAPPER.getNodeFactory().textNode(value.asText() + "T00:00:00Z") : value;
    }

    private static Item read(ObjectNode item) {
        Item read = Json.record(item, Item.class);
        boolean lacking = java.util.stream.Stream.of(
                        Optional.ofNullable(read.title()),
                        Optional.ofNullable(read.text()),
                        Optional.ofNullable(read.quoted()),
                        Optional.ofNullable(read.kind()))
                .anyMatch(Optional::isEmpty);
        if (lacking) {
            throw new IllegalArgumentException("title, text, quoted and kind are texts, not null");
        }
        return read;
    }

    private static void refuseUnknown(String field) {
        if (!FIELDS.contains(field)) {
            throw new IllegalArgumentException("an item has no \"" + field + "\"; it has "
                    + String.join(", ", FIELDS.stream().sorted().toList()));
        }
    }
}
