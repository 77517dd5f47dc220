package org.tidewatch.filing;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.url.CanonicalUrl;

/** Whether items are still there, as far as a visit tells that did not read them. Thread-safe. */
public final class Presence {

    private final Indices indices;

    public Presence(Indices indices) {
        this.indices = indices;
    }

    /**
     * Marks the items that were read from a page as gone: their absence is a datum, and they come back as present when
     * the page does.
     */
    public int gone(CanonicalUrl page, Instant at) {
        indices.refresh(Room.ITEMS);
        return changeAll(page, document -> document.put("state", "gone").put("gone_at", at.toString()));
    }

    /** Notes that a page still shows what it showed when it was read last; items filed within the last second may be missed. */
    public int seen(CanonicalUrl page, Instant at) {
        return changeAll(page, document -> document.put("last_seen_at", at.toString()));
    }

    private int changeAll(CanonicalUrl page, UnaryOperator<ObjectNode> change) {
        Query present = Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("page").value(page.value())))
                        .filter(f -> f.term(t -> t.field("state").value("present")))));
        List<Stored> items = new ArrayList<>();
        indices.scan(Room.ITEMS, present, 500, items::addAll);
        items.forEach(stored -> indices.merge(
                Room.ITEMS,
                stored,
                document -> page.value().equals(document.path("page").asText()) ? change.apply(document) : document));
        return items.size();
    }
}
