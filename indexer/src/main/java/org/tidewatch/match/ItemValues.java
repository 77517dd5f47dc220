package org.tidewatch.match;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;

/** An item's values by field, as the {@code items} index holds them when the item is filed. */
final class ItemValues {

    private ItemValues() {}

    static Map<String, List<?>> of(Item item) {
        Map<String, List<?>> values = new HashMap<>(64);
        values.put("id", List.of(item.id()));
        values.put("kind", List.of(lower(item.kind())));
        values.put("url", List.of(item.url()));
        values.put("page", List.of(item.page().value()));
        values.put("host", List.of(item.host()));
        values.put("host_key", List.of(item.hostKey()));
        values.put("platform", List.of(item.platform()));
        item.author().ifPresent(author -> {
            put(values, "author.handle", author.handle());
            put(values, "author.name", author.name());
        });
        item.post().ifPresent(post -> {
            values.put("post.id", List.of(post.id()));
            put(values, "post.thread", post.thread());
            put(values, "post.reply_to", post.replyTo());
        });
        values.put("title", List.of(item.title()));
        values.put("text", List.of(item.text()));
        values.put("quoted", List.of(item.quoted()));
        put(values, "published_at", item.publishedAt());
        put(values, "modified_at", item.modifiedAt());
        values.put("fetched_at", List.of(item.fetchedAt()));
        put(values, "language", item.language());
        values.put("content_type", List.of(item.contentType()));
        values.put("has_media", List.of(!item.media().isEmpty()));
        if (!item.media().isEmpty()) {
            values.put(
                    "media.type",
                    item.media().stream().map(media -> lower(media.type())).toList());
            values.put("media.url", item.media().stream().map(Media::url).toList());
            values.put(
                    "media.title",
                    item.media().stream()
                            .flatMap(media -> media.title().stream())
                            .toList());
        }
        values.put("links", item.links());
        if (!item.links().isEmpty()) {
            values.put("link_hosts", List.copyOf(item.linkHosts()));
        }
        values.put("seeds", List.copyOf(item.seeds()));
        values.put("tags", List.copyOf(item.tags()));
        return values;
    }

    private static void put(Map<String, List<?>> values, String field, Optional<?> value) {
        value.ifPresent(present -> values.put(field, List.of(present)));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
