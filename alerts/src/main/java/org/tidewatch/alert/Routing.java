package org.tidewatch.alert;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.delivery.Deliveries;
import org.tidewatch.delivery.Delivery;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.search.MailSchedule;

/**
 * Puts alerts into deliveries: of what is urgent one delivery for each recipient and alert, of the rest one for each
 * recipient and window. Urgent are the immediate tiers, unless a search says otherwise of itself; of several searches that
 * call on one recipient the most urgent counts. A search that is not mailed calls on nobody.
 *
 * <p>Note on implementation. {@code routed_at} is set when every recipient's delivery exists. A crash before that leaves
 * an alert that seems to wait, so before a delivery is made its alerts are looked up in those that exist: what is in one
 * already is left out. A digest's list is frozen when it is made. What turns up for a window whose digest exists waits for
 * the next window. Alerts wait in the index, not in memory: those of the present window are not read at all, and the
 * digests' part is read only when a window has closed since it was last read.
 *
 * <p>One process routes at a time (a lease sees to it). Should two overlap for a moment, ids that are made of recipient
 * and alert or window let only one of two equal deliveries be. Not thread-safe.
 */
final class Routing {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final int PAGE = 500;
    private static final String SCHEDULE = "searches.mail";

    /** Unroutable alerts remembered, so that they are not read again in this process. */
    private static final int MAX_STUCK = 10_000;

    private static final Comparator<Waiting> URGENT_FIRST = Comparator.comparingInt(Waiting::tier)
            .thenComparing(Waiting::alertedAt)
            .thenComparing(Waiting::id);

    private final Indices indices;
    private final Deliveries deliveries;
    private final AlertSettings settings;
    private final Clock clock;
    private final Consumer<Unroutable> unroutable;
    private final Set<Unroutable> reported = new LinkedHashSet<>();
    private final Set<String> stuck = new HashSet<>();
    private Map<String, Instant> digestsReadFor = Map.of();

    Routing(
            Indices indices,
            Deliveries deliveries,
            AlertSettings settings,
            Clock clock,
            Consumer<Unroutable> unroutable) {
        this.indices = indices;
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
        this.unroutable = unroutable;
    }

    /** Counts of a pass: alerts whose every delivery exists now, and deliveries made. */
    record Routed(int alerts, int deliveries) {}

    /** What is unroutable, as found by this process so far. */
    Set<Unroutable> unroutable() {
        return Set.copyOf(reported);
    }

    /** How many alerts cannot be routed before the configuration, or they, are mended. */
    int stuck() {
        return stuck.size();
    }

    /** How many alerts wait, those of the present windows included. */
    long waiting() {
        indices.refresh(Room.ALERTS);
        return indices.count(Room.ALERTS, unrouted());
    }

    /** Makes every delivery that is due. With {@code flush} all that waits is due now, windows or not. */
    Routed route(boolean flush) {
        Instant now = clock.instant();
        Map<String, Instant> closed = closedWindows(now);
        boolean digests = flush || !closed.equals(digestsReadFor);
        List<Waiting> waiting = read(digests, flush ? now.plus(Duration.ofDays(1)) : latest(closed, now));
        List<Call> calls = waiting.stream().map(this::call).toList();
        Map<Recipient, List<Told>> byRecipient = new TreeMap<>(Comparator.comparing(Recipient::id));
        calls.forEach(call -> call.urgent().forEach((recipient, urgent) -> byRecipient
                .computeIfAbsent(recipient, known -> new ArrayList<>())
                .add(new Told(call.alert(), urgent))));
        int made = 0;
        Map<String, Set<String>> covered = new TreeMap<>();
        for (Map.Entry<Recipient, List<Told>> entry : byRecipient.entrySet()) {
            String recipient = entry.getKey().id();
            Instant before = flush ? Instant.MAX : closed.getOrDefault(recipient, now);
            Made done = deliver(entry.getKey(), entry.getValue(), before, flush ? Optional.of(now) : Optional.empty());
            made += done.deliveries();
            covered.put(recipient, done.covered());
        }
        List<String> routed = new ArrayList<>();
        for (Call call : calls) {
            if (call.isCovered(covered)) {
                if (call.unknown()) {
                    stick(call.alert().id());
                } else {
                    routed.add(call.alert().id());
                }
            }
        }
        mark(routed, now);
        if (digests && !flush) {
            digestsReadFor = closed;
        }
        return new Routed(routed.size(), made);
    }

    /** End of the last closed window of each recipient; windows are counted from the epoch. */
    private Map<String, Instant> closedWindows(Instant now) {
        Map<String, Instant> closed = new TreeMap<>();
        settings.mail().recipients().values().forEach(recipient -> {
            long every = settings.digestEvery(recipient).toMillis();
            closed.put(recipient.id(), Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), every) * every));
        });
        return closed;
    }

    private static Instant latest(Map<String, Instant> closed, Instant now) {
        return closed.values().stream().max(Comparator.naturalOrder()).orElse(now);
    }

    private static Query unrouted() {
        return Query.of(q -> q.bool(b -> b.mustNot(m -> m.exists(e -> e.field("routed_at")))));
    }

    /** Alerts all of whose searches have said that none of them is urgent. */
    private static Query onlyByDigest() {
        return Query.of(q -> q.bool(b -> b.filter(f -> f.exists(e -> e.field(SCHEDULE)))
                .mustNot(m -> m.term(t -> t.field(SCHEDULE).value(written(MailSchedule.BY_TIER))))
                .mustNot(m -> m.term(t -> t.field(SCHEDULE).value(written(MailSchedule.IMMEDIATE))))));
    }

    private static String written(MailSchedule schedule) {
        return Json.MAPPER.convertValue(schedule, String.class);
    }

    private List<Waiting> read(boolean digests, Instant before) {
        List<FieldValue> tiers =
                settings.immediateTiers().stream().map(FieldValue::of).toList();
        Query due = Query.of(q -> q.bool(b -> {
            b.filter(unrouted());
            b.should(s -> s.bool(
                    urgent -> urgent.filter(f -> f.terms(t -> t.field("tier").terms(v -> v.value(tiers))))
                            .mustNot(onlyByDigest())));
            b.should(s -> s.term(t -> t.field(SCHEDULE).value(written(MailSchedule.IMMEDIATE))));
            if (digests) {
                b.should(s -> s.range(r -> r.date(d -> d.field("alerted_at").lt(before.toString()))));
            }
            if (!stuck.isEmpty()) {
                b.mustNot(m -> m.ids(i -> i.values(List.copyOf(stuck))));
            }
            return b.minimumShouldMatch("1");
        }));
        List<Waiting> waiting = new ArrayList<>();
        indices.refresh(Room.ALERTS);
        indices.scan(Room.ALERTS, due, PAGE, page -> {
            for (Stored stored : page) {
                try {
                    waiting.add(Waiting.of(stored));
                } catch (IllegalArgumentException e) {
                    LOG.warn("Alert {} cannot be read and reaches nobody: {}", stored.id(), e.getMessage());
                    stick(stored.id());
                }
            }
        });
        waiting.sort(URGENT_FIRST);
        return waiting;
    }

    /**
     * An alert with those who are to be told.
     *
     * @param urgent recipient to whether they are told at once
     * @param unknown if it also calls for somebody who cannot be told
     */
    private record Call(Waiting alert, Map<Recipient, Boolean> urgent, boolean unknown) {
        boolean isCovered(Map<String, Set<String>> covered) {
            return urgent.keySet().stream().allMatch(recipient -> covered.getOrDefault(recipient.id(), Set.of())
                    .contains(alert.id()));
        }
    }

    /** An alert as one recipient is to be told of it. */
    private record Told(Waiting alert, boolean urgent) {}

    /** Finds who is to be told of an alert; those that the configuration does not know are reported, once each. */
    private Call call(Waiting alert) {
        boolean unknown = false;
        Map<Recipient, Boolean> urgent = new LinkedHashMap<>();
        for (Waiting.Search search : alert.searches()) {
            if (!search.isMailed()) {
                continue;
            }
            boolean atOnce = isUrgent(search, alert);
            for (String name : search.recipients().isEmpty() ? List.of("") : search.recipients()) {
                if (!settings.mail().recipients().containsKey(name)) {
                    report(new Unroutable(name, search.id(), settings.mail().fallback()));
                }
                Optional<Recipient> recipient = settings.mail().recipient(name);
                recipient.ifPresent(known -> urgent.merge(known, atOnce, Boolean::logicalOr));
                unknown |= recipient.isEmpty();
            }
        }
        return new Call(alert, urgent, unknown);
    }

    private boolean isUrgent(Waiting.Search search, Waiting alert) {
        return switch (search.mail()) {
            case IMMEDIATE -> true;
            case BY_TIER -> alert.scheduledTier().stream().anyMatch(settings::immediate);
            case DIGEST, NONE -> false;
        };
    }

    private void report(Unroutable problem) {
        if (reported.add(problem)) {
            LOG.warn("{}", problem.message());
            unroutable.accept(problem);
        }
    }

    private void stick(String alert) {
        if (stuck.size() < MAX_STUCK) {
            stuck.add(alert);
        }
    }

    /** What came of one recipient's part: how many deliveries were made, and the alerts that are in one now. */
    private record Made(int deliveries, Set<String> covered) {}

    private Made deliver(Recipient recipient, List<Told> waiting, Instant before, Optional<Instant> flush) {
        List<Told> ripe = waiting.stream()
                .filter(told -> told.urgent() || told.alert().alertedAt().isBefore(before))
                .toList();
        Set<String> covered = deliveries.covered(
                recipient.id(), ripe.stream().map(told -> told.alert().id()).toList());
        List<Delivery> wanted = new ArrayList<>();
        List<Waiting> digest = new ArrayList<>();
        for (Told told : ripe) {
            Waiting alert = told.alert();
            if (covered.contains(alert.id())) {
                continue;
            }
            if (told.urgent()) {
                wanted.add(delivery(recipient, alert.id(), List.of(alert)));
            } else {
                digest.add(alert);
            }
        }
        wanted.addAll(digests(recipient, digest, before, flush));
        if (wanted.isEmpty()) {
            return new Made(0, covered);
        }
        List<Delivery> made = deliveries.create(wanted);
        made.forEach(delivery -> covered.addAll(delivery.alerts()));
        wanted.removeAll(made);
        wanted.forEach(taken -> deliveries.get(taken.id()).ifPresent(other -> covered.addAll(other.alerts())));
        return new Made(made.size(), covered);
    }

    /** The digest of the window that has closed, in parts if it is long; none if that window has one already. */
    private List<Delivery> digests(Recipient recipient, List<Waiting> digest, Instant before, Optional<Instant> flush) {
        String window = flush.map(at -> "flush " + at)
                .orElseGet(() -> before.minus(settings.digestEvery(recipient)).toString());
        if (digest.isEmpty()
                || deliveries.get(Delivery.idOf(recipient.id(), window)).isPresent()) {
            return List.of();
        }
        List<Delivery> parts = new ArrayList<>();
        for (int from = 0; from < digest.size(); from += Delivery.MAX_ALERTS) {
            List<Waiting> part = digest.subList(from, Math.min(digest.size(), from + Delivery.MAX_ALERTS));
            parts.add(delivery(recipient, from == 0 ? window : window + " part " + (parts.size() + 1), part));
        }
        return parts;
    }

    private Delivery delivery(Recipient recipient, String key, Collection<Waiting> alerts) {
        return Delivery.of(
                recipient,
                key,
                alerts.stream().mapToInt(Waiting::tier).min().orElseThrow(),
                alerts.stream().map(Waiting::id).toList(),
                alerts.stream().map(Waiting::item).toList(),
                settings.mail().from(),
                clock.instant());
    }

    /** Sets {@code routed_at}, many at a time; one that changed meanwhile is merged. */
    private void mark(List<String> alerts, Instant now) {
        for (int from = 0; from < alerts.size(); from += PAGE) {
            List<Write> writes = new ArrayList<>();
            indices.get(Room.ALERTS, alerts.subList(from, Math.min(alerts.size(), from + PAGE)))
                    .values()
                    .forEach(stored -> writes.add(new Write.Replace(
                            Room.ALERTS, stored, routed(stored.document().deepCopy(), now))));
            if (writes.isEmpty()) {
                continue;
            }
            for (Write.Result result : indices.writeAll(writes)) {
                if (result instanceof Write.Conflict conflict) {
                    indices.merge(Room.ALERTS, conflict.write().id(), document -> routed(document, now));
                }
            }
        }
    }

    private static ObjectNode routed(ObjectNode alert, Instant now) {
        return alert.put("routed_at", now.toString());
    }
}
