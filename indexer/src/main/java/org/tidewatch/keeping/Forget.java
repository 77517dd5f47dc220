package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/**
 * Deletes all that is kept of a host or URL now, leaving tombstones of ids, and audits who asked and why. What people
 * have said of it, decisions and audit, stays. A hold keeps its document; how many were held is in the answer. It does
 * not stop the crawl: that is a block. Thread-safe.
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
        Set<String> held = new LinkedHashSet<>();
        Ending ending = new Ending(rule, new Tombstones(indices, terms, "forgotten", now), held);
        ending.covered(Room.ITEMS, items, "page", "url");
        Set<String> matches = new LinkedHashSet<>();
        Set<String> alerts = new LinkedHashSet<>();
        ending.covered(Room.MATCHES, matches, "url");
        ending.ofItems(Room.MATCHES, items, matches);
        ending.covered(Room.ALERTS, alerts, "url");
        ending.ofItems(Room.ALERTS, items, alerts);
        Set<String> frontier = new LinkedHashSet<>();
        ending.covered(Room.FRONTIER, frontier, "url");
        Set<String> outcomes = new LinkedHashSet<>();
        ending.covered(Room.OUTCOMES, outcomes, "url");
        Forgotten forgotten = new Forgotten(
                items.size(),
                matches.size(),
                alerts.size(),
                frontier.size(),
                outcomes.size(),
                forgetMedia(items),
                held.size());
        new Audit(indices, terms, clock)
                .record(by, "forget", rule.value(), Optional.of(why), Optional.of(forgotten.toString()));
        return forgotten;
    }

    /** Ends documents of one room after the other; what a hold keeps goes to {@code held}. */
    private final class Ending {

        private final HostRule rule;
        private final Tombstones tombstones;
        private final Set<String> held;

        Ending(HostRule rule, Tombstones tombstones, Set<String> held) {
            this.rule = rule;
            this.tombstones = tombstones;
            this.held = held;
        }

        /** Ends what one of these fields of it says the rule covers. */
        void covered(Room room, Set<String> ended, String... addresses) {
            Query candidates = Query.of(q -> q.bool(b -> {
                for (String address : addresses) {
                    candidates(rule, address).forEach(b::should);
                }
                return b;
            }));
            end(room, candidates, ended, document -> Arrays.stream(addresses)
                    .anyMatch(address -> CanonicalUrl.of(document.path(address).asText())
                            .filter(rule::covers)
                            .isPresent()));
        }

        void ofItems(Room room, Set<String> items, Set<String> ended) {
            for (List<String> some : batches(List.copyOf(items))) {
                end(room, anyOf("item", some), ended, document -> true);
            }
        }

        private void end(Room room, Query candidates, Set<String> ended, Predicate<ObjectNode> covered) {
            indices.refresh(room);
            indices.scan(room, candidates, PAGE, page -> {
                List<Stored> due = new ArrayList<>();
                for (Stored stored : page) {
                    if (!covered.test(stored.document())) {
                        continue;
                    }
                    if (Retention.isHeld(stored.document())) {
                        held.add(room + stored.id());
                    } else {
                        due.add(stored);
                    }
                }
                ended.addAll(tombstones.end(room, due, document -> !Retention.isHeld(document)));
            });
            indices.refresh(room);
        }
    }

    /** A cheap superset of what the rule covers; {@link HostRule#covers} decides. */
    private static List<Query> candidates(HostRule rule, String field) {
        if (rule.isUrl()) {
            return Stream.of("http://", "https://")
                    .map(scheme -> Query.of(q -> q.prefix(p -> p.field(field).value(scheme + rule.common()))))
                    .toList();
        }
        return List.of(Query.of(q -> q.wildcard(w -> w.field(field).value("*" + rule.common() + "*"))));
    }

    private static Query anyOf(String field, List<String> values) {
        return Query.of(q -> q.terms(t -> t.field(field)
                .terms(v -> v.value(values.stream().map(FieldValue::of).toList()))));
    }

    private int forgetMedia(Set<String> items) {
        if (items.isEmpty()) {
            return 0;
        }
        indices.refresh(Room.MEDIA);
        int[] count = {0};
        for (List<String> some : batches(List.copyOf(items))) {
            indices.scan(
                    Room.MEDIA,
                    anyOf("items", some),
                    PAGE,
                    page -> page.forEach(stored -> count[0] += forgetMedium(stored, items)));
        }
        return count[0];
    }

    /** Takes the items off a medium, and the medium with the last of them. */
    private int forgetMedium(Stored medium, Set<String> items) {
        boolean shownNowhere = indices.merge(Room.MEDIA, medium, document -> {
                    Set<String> left = new LinkedHashSet<>();
                    document.path("items").forEach(item -> left.add(item.asText()));
                    left.removeAll(items);
                    document.set("items", Json.MAPPER.valueToTree(left));
                    return document;
                })
                .filter(document -> document.path("items").isEmpty())
                .isPresent();
        if (shownNowhere) {
            indices.writeAll(List.of(new Write.Delete(Room.MEDIA, medium.id(), Optional.empty())));
        }
        return shownNowhere ? 1 : 0;
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + PAGE)));
        }
        return batches;
    }
}
