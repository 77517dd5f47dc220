package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;

/**
 * Ends what has outlived its retention: deletes documents past their date that no hold keeps, leaves tombstones of items
 * and alerts, and takes authors off unflagged items after their own, shorter term. Can be interrupted; the next run goes
 * on. Thread-safe.
 */
public final class Sweep {

    private static final int PAGE = 500;
    private static final Set<Room> LEAVES_TOMBSTONE = EnumSet.of(Room.ITEMS, Room.ALERTS);

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
        int[] count = {0};
        indices.scan(room, due, PAGE, page -> {
            List<Write> writes = new ArrayList<>();
            for (Stored stored : page) {
                if (LEAVES_TOMBSTONE.contains(room)) {
                    writes.add(Tombstones.of(stored.id(), stored.document(), "retention", now, terms));
                }
                writes.add(new Write.Delete(room, stored.id(), routing(room, stored.document())));
            }
            indices.writeAll(writes);
            count[0] += page.size();
        });
        return count[0];
    }

    static Optional<String> routing(Room room, ObjectNode document) {
        return room == Room.FRONTIER ? Optional.of(document.path("host_key").asText()) : Optional.empty();
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
                    indices.merge(Room.ITEMS, stored.id(), document -> {
                        document.remove("author");
                        return document;
                    });
                    count[0]++;
                }));
        return count[0];
    }
}
