package org.tidewatch.delivery;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;

/** The deliveries as the index keeps them. Thread-safe. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int TERMS = 1_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Deliveries(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Makes deliveries, unless one of the same id is there: that one stays as it is.
     *
     * @return those that this call made
     */
    public List<Delivery> create(List<Delivery> wanted) {
        List<Write> writes = new ArrayList<>();
        wanted.forEach(delivery -> writes.add(new Write.Create(
                Room.DELIVERIES,
                delivery.id(),
                terms.mark(Json.document(delivery), Retention.Keep.CANDIDATE, delivery.createdAt()))));
        List<Write.Result> results = indices.writeAll(writes);
        List<Delivery> made = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (results.get(i) instanceof Write.Done) {
                made.add(wanted.get(i));
            }
        }
        return made;
    }

    /** Real-time read; empty when there is none with this id. */
    public Optional<Delivery> get(String id) {
        return indices.get(Room.DELIVERIES, id).map(stored -> stored.as(Delivery.class));
    }

    /** Which of these alerts are already in a delivery to this recipient, whatever became of it. */
    public Set<String> covered(String recipient, Collection<String> alerts) {
        Set<String> covered = new HashSet<>();
        indices.refresh(Room.DELIVERIES);
        List<String> all = List.copyOf(alerts);
        for (int from = 0; from < all.size(); from += TERMS) {
            List<FieldValue> some = all.subList(from, Math.min(all.size(), from + TERMS)).stream()
                    .map(FieldValue::of)
                    .toList();
            Query theirs = Query.of(q ->
                    q.bool(b -> b.filter(f -> f.term(t -> t.field("recipient").value(recipient)))
                            .filter(f -> f.terms(t -> t.field("alerts").terms(v -> v.value(some))))));
            indices.scan(
                    Room.DELIVERIES,
                    theirs,
                    TERMS,
                    page -> page.forEach(
                            stored -> stored.document().path("alerts").forEach(alert -> covered.add(alert.asText()))));
        }
        covered.retainAll(new HashSet<>(all));
        return covered;
    }

    /** Deliveries that a mailer may try now, the most urgent and oldest first. */
    List<Delivery> due(int limit) {
        Instant now = clock.instant();
        Query pending = stateAndTime("pending", "next_attempt_at", now);
        Query left = stateAndTime("sending", "lease_until", now);
        indices.refresh(Room.DELIVERIES);
        return indices
                .search(Room.DELIVERIES, search -> search.query(
                                q -> q.bool(b -> b.should(pending, left).minimumShouldMatch("1")))
                        .sort(s -> s.field(f -> f.field("tier").order(SortOrder.Asc)))
                        .sort(s -> s.field(f -> f.field("created_at").order(SortOrder.Asc)))
                        .size(limit))
                .stream()
                .map(Deliveries::readable)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Delivery> readable(Stored stored) {
        try {
            return Optional.of(stored.as(Delivery.class));
        } catch (IllegalArgumentException e) {
            LOG.warn("Delivery {} cannot be read: {}", stored.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Query stateAndTime(String state, String field, Instant now) {
        return Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("state").value(state)))
                        .filter(f -> f.range(r -> r.date(d -> d.field(field).lte(now.toString()))))));
    }

    /**
     * Claims a delivery that is due for one attempt. A request whose answer never came may have been carried out, even after
     * it was sent again, so a write that loses is looked at again: it may have lost to itself.
     *
     * @param claim names this claim and no other; asked for again, it is had again
     * @return empty when another has it or it is no longer due
     */
    Optional<Delivery> claim(String id, String claim, Duration term) {
        while (true) {
            Instant now = clock.instant();
            Optional<Stored> base = indices.get(Room.DELIVERIES, id);
            Optional<Delivery> known = base.map(stored -> stored.as(Delivery.class));
            if (known.flatMap(Delivery::leaseOwner).filter(claim::equals).isPresent()) {
                return known;
            }
            Optional<Delivery> claimed = known.filter(delivery -> delivery.isDue(now))
                    .map(delivery -> delivery.claimed(claim, now.plus(term)));
            if (claimed.isEmpty() || replace(base.orElseThrow(), claimed.get())) {
                return claimed;
            }
        }
    }

    /** Writes what became of a claimed delivery; empty when another has claimed it since. */
    Optional<Delivery> settle(Delivery claimed, UnaryOperator<Delivery> outcome) {
        while (true) {
            Optional<Stored> base = indices.get(Room.DELIVERIES, claimed.id());
            Optional<Delivery> mine = base.map(stored -> stored.as(Delivery.class))
                    .filter(delivery -> delivery.leaseOwner().equals(claimed.leaseOwner()));
            if (mine.isEmpty()) {
                return Optional.empty();
            }
            Delivery settled = outcome.apply(mine.get());
            if (replace(base.orElseThrow(), settled)) {
                return Optional.of(settled);
            }
        }
    }

    private boolean replace(Stored base, Delivery delivery) {
        ObjectNode document = Json.document(delivery);
        document.set("retention", base.document().get("retention"));
        return indices.writeAll(List.of(new Write.Replace(Room.DELIVERIES, base, document)))
                        .get(0)
                instanceof Write.Done;
    }

    /** How many deliveries are in one of these states. */
    public long count(Delivery.State... states) {
        List<FieldValue> names = new ArrayList<>();
        for (Delivery.State state : states) {
            names.add(FieldValue.of(Json.MAPPER.valueToTree(state).asText()));
        }
        indices.refresh(Room.DELIVERIES);
        return indices.count(
                Room.DELIVERIES, Query.of(q -> q.terms(t -> t.field("state").terms(v -> v.value(names)))));
    }
}
