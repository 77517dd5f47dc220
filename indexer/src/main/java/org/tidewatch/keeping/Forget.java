package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/**
 * Deletes all that is kept of a host or URL now, leaving tombstones of ids, and audits who asked and why. A hold keeps
 * its document; how many were held is in the answer. It does not stop the crawl: that is a block.
 */
public final class Forget {

    private static final int PAGE = 500;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Forget(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /** What was forgotten. */
    public record Forgotten(int items, int matches, int alerts, int frontier, int outcomes, int media, int held) {}

    public Forgotten forget(HostRule rule, String by, String why) {
        Instant now = clock.instant();
        Set<String> items = new LinkedHashSet<>();
        int[] held = {0};
        int itemCount = end(Room.ITEMS, rule, "page", now, items, held);
        itemCount += end(Room.ITEMS, rule, "url", now, items, held);
        int matches = end(Room.MATCHES, rule, "url", now, null, held);
        int alerts = end(Room.ALERTS, rule, "url", now, null, held);
        int frontier = end(Room.FRONTIER, rule, "url", now, null, held);
        int outcomes = end(Room.OUTCOMES, rule, "url", now, null, held);
        int media = forgetMedia(items);
        Forgotten forgotten = new Forgotten(itemCount, matches, alerts, frontier, outcomes, media, held[0]);
        new Audit(indices, terms, clock)
                .record(by, "forget", rule.value(), Optional.of(why), Optional.of(forgotten.toString()));
        return forgotten;
    }

    private int end(Room room, HostRule rule, String field, Instant now, @Nullable Set<String> ended, int[] held) {
        indices.refresh(room);
        int[] count = {0};
        indices.scan(room, candidates(rule, field), PAGE, page -> {
            List<Write> writes = new ArrayList<>();
            for (Stored stored : page) {
                boolean covered = CanonicalUrl.of(stored.document().path(field).asText())
                        .filter(rule::covers)
                        .isPresent();
                if (!covered) {
                    continue;
                }
                if (stored.document().path("retention").path("hold").asBoolean()) {
                    held[0]++;
                    continue;
                }
                if (room == Room.ITEMS || room == Room.ALERTS) {
                    writes.add(Tombstones.of(stored.id(), stored.document(), "forgotten", now, terms));
                }
                writes.add(new Write.Delete(room, stored.id(), Sweep.routing(room, stored.document())));
                if (ended != null) {
                    ended.add(stored.id());
                }
                count[0]++;
            }
            indices.writeAll(writes);
        });
        indices.refresh(room);
        return count[0];
    }

    /** A cheap superset of what the rule covers; {@link HostRule#covers} decides. */
    private static Query candidates(HostRule rule, String field) {
        if (rule.isUrl()) {
            return Query.of(q -> q.prefix(p -> p.field(field).value(rule.value())));
        }
        return Query.of(q -> q.wildcard(w -> w.field(field).value("*" + rule.value() + "*")));
    }

    private int forgetMedia(Set<String> items) {
        if (items.isEmpty()) {
            return 0;
        }
        indices.refresh(Room.MEDIA);
        int[] count = {0};
        for (List<String> some : batches(List.copyOf(items))) {
            Query shown = Query.of(q -> q.terms(t -> t.field("items")
                    .terms(v -> v.value(some.stream().map(FieldValue::of).toList()))));
            indices.scan(
                    Room.MEDIA,
                    shown,
                    PAGE,
                    page -> page.forEach(stored -> {
                        Set<String> left = new LinkedHashSet<>();
                        stored.document().path("items").forEach(item -> left.add(item.asText()));
                        left.removeAll(items);
                        if (left.isEmpty()) {
                            indices.writeAll(List.of(new Write.Delete(Room.MEDIA, stored.id(), Optional.empty())));
                            count[0]++;
                        } else {
                            indices.merge(Room.MEDIA, stored.id(), document -> {
                                document.set("items", Json.MAPPER.valueToTree(left));
                                return document;
                            });
                        }
                    }));
        }
        return count[0];
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + PAGE)));
        }
        return batches;
    }
}
