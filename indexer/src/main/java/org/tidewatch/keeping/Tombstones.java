package org.tidewatch.keeping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;

/**
 * Ends documents. Of an alert, and of an item that was flagged, a tombstone is left: its id and a hash, so that it is not
 * alerted again when it comes back.
 */
final class Tombstones {

    private final Indices indices;
    private final Retention.Terms terms;
    private final String why;
    private final Instant at;

    Tombstones(Indices indices, Retention.Terms terms, String why, Instant at) {
        this.indices = indices;
        this.terms = terms;
        this.why = why;
        this.at = at;
    }

    /** Deletes the documents, but for those that changed since they were read and are no longer due; returns the ids. */
    Set<String> end(Room room, List<Stored> documents, Predicate<ObjectNode> isDue) {
        Set<String> ended = new LinkedHashSet<>();
        List<Stored> open = documents;
        while (!open.isEmpty()) {
            indices.writeAll(open.stream()
                    .filter(stored -> isRemembered(room, stored.document()))
                    .map(this::tombstone)
                    .toList());
            List<Write.Result> results = indices.writeAll(open.stream()
                    .map(stored -> new Write.Remove(room, stored, routing(room, stored.document())))
                    .toList());
            List<Stored> changed = new ArrayList<>();
            for (Write.Result result : results) {
                Optional<Stored> now = result instanceof Write.Conflict conflict
                        ? indices.get(
                                room, conflict.write().id(), conflict.write().routing())
                        : Optional.empty();
                if (now.isEmpty()) {
                    ended.add(result.write().id());
                } else if (isDue.test(now.get().document())) {
                    changed.add(now.get());
                } else {
                    indices.writeAll(
                            List.of(new Write.Delete(Room.TOMBSTONES, now.get().id(), Optional.empty())));
                }
            }
            open = changed;
        }
        return ended;
    }

    private static boolean isRemembered(Room room, ObjectNode document) {
        boolean isFlaggedItem =
                room == Room.ITEMS && document.at("/matches/flagged_at").isTextual();
        return isFlaggedItem || room == Room.ALERTS;
    }

    private Write tombstone(Stored stored) {
        ObjectNode tombstone = Json.MAPPER.createObjectNode();
        tombstone
                .put("item", stored.id())
                .put("hash", Id.of(stored.document().path("content_hash").asText("")))
                .put("at", at.toString())
                .put("why", why);
        return new Write.Put(Room.TOMBSTONES, stored.id(), terms.mark(tombstone, Retention.Keep.HASH, at));
    }

    private static Optional<String> routing(Room room, ObjectNode document) {
        return room == Room.FRONTIER ? Optional.of(document.path("host_key").asText()) : Optional.empty();
    }
}
