package org.tidewatch.keeping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;

/** What is left of a document that was ended: its id and a hash, so that it is not alerted again when it comes back. */
final class Tombstones {

    private Tombstones() {}

    static Write of(String id, ObjectNode ended, String why, Instant at, Retention.Terms terms) {
        ObjectNode tombstone = Json.MAPPER.createObjectNode();
        tombstone
                .put("item", id)
                .put("hash", Id.of(ended.path("content_hash").asText("")))
                .put("at", at.toString())
                .put("why", why);
        return new Write.Put(Room.TOMBSTONES, id, terms.mark(tombstone, Retention.Keep.HASH, at));
    }
}
