package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;

/**
 * Ends what has outlived its retention: deletes documents past their date that no hold keeps, leaves tombstones of items
 * and alerts, and takes authors off unflagged items after their own, shorter term. Can be interrupted; the next run goes
 * on. Thread-safe.
 */
public final class Sweep {

    private static final int PAGE = 500;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final Audit audit;

    public Sweep(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
        this.audit = new Audit(indices, terms, clock);
    }

    /** Counts of a sweep: documents ended by room, and items that lost their author. */
    public record Swept(Map<Room, Integer> ended, int authors) {
        public int total() {
            return ended.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** One pass over all rooms; what it did is audited when it did anything. */
    public Swept run() {
        Instant now = clock.instant();
        Map<Room, Integer> ended = new EnumMap<>(Room.class);
        for (Room room : Room.values()) {
            if (room == Room.LEASES) {
                continue;
            }
            int count = end(room, now);
            if (count > 0) {
                ended.put(room, count);
            }
        }
        Swept swept = new Swept(ended, dropAuthors(now));
        if (swept.total() + swept.authors() > 0) {
            audit.record(
                    "tidewatch", "sweep", "retention", Optional.of("end of retention"), Optional.of(swept.toString()));
        }
        return swept;
    }

    private int end(Room room, Instant now) {
        Query due = Query.of(q -> q.bool(b -> b.filter(
                        f -> f.range(r -> r.date(d -> d.field("retention.until").lt(now.toString()))))
                .mustNot(m -> m.term(t -> t.field("retention.hold").value(true)))));
        indices.refresh(room);
        Tombstones tombstones = new Tombstones(indices, terms, "retention", now);
        int[] count = {0};
        indices.scan(
                room,
                due,
                PAGE,
                page -> count[0] += tombstones
                        .end(room, page, document -> Retention.hasEnded(document, now))
                        .size());
        return count[0];
    }

    private int dropAuthors(Instant now) {
        Instant limit = now.minus(Duration.ofDays(terms.authors()));
        Query old = Query.of(q -> q.bool(b -> b.filter(
                        f -> f.term(t -> t.field("retention.class").value("unflagged")))
                .filter(f -> f.range(r -> r.date(d -> d.field("first_seen_at").lt(limit.toString()))))
                .filter(f -> f.bool(any -> any.should(s -> s.exists(e -> e.field("author.handle")))
                        .should(s -> s.exists(e -> e.field("author.name")))))
                .mustNot(m -> m.term(t -> t.field("retention.hold").value(true)))));
        int[] count = {0};
        indices.scan(
                Room.ITEMS,
                old,
                PAGE,
                page -> page.forEach(stored -> {
                    indices.merge(Room.ITEMS, stored, Sweep::withoutAuthor);
                    count[0]++;
                }));
        return count[0];
    }

    /** As it was if a search has flagged it meanwhile, or a person holds it. */
    private static ObjectNode withoutAuthor(ObjectNode document) {
        boolean due = document.at("/retention/class").asText().equals("unflagged") && !Retention.isHeld(document);
        if (due) {
            document.remove("author");
        }
        return document;
    }
}
