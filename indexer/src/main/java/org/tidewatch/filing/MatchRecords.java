package org.tidewatch.filing;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;
import org.tidewatch.keeping.Retention;

/** The match records of items in the index. Thread-safe. */
final class MatchRecords {

    private static final int PAGE = 1_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    MatchRecords(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    static String id(String search, String item) {
        return Id.of("match", search, item);
    }

    /**
     * Ids of the records of these items that have not ended, by item; such as were written within the last second may be
     * missing. A filing that a crash broke off has left records that the item does not know of.
     */
    Map<String, Set<String>> open(Collection<String> items) {
        Map<String, Set<String>> open = new HashMap<>();
        Query query = Query.of(q -> q.bool(b -> b.filter(f -> f.terms(t -> t.field("item")
                        .terms(v -> v.value(items.stream().map(FieldValue::of).toList()))))
                .mustNot(m -> m.exists(e -> e.field("ended_at")))));
        indices.search(
                        Room.MATCHES,
                        search -> search.query(query).size(PAGE).source(s -> s.filter(f -> f.includes("item"))))
                .forEach(stored -> open.computeIfAbsent(
                                stored.document().path("item").asText(), item -> new TreeSet<>())
                        .add(stored.id()));
        return open;
    }

    /**
     * Writes that these searches match and that whatever else is involved does so no longer.
     *
     * @param present by record id, what makes a record from the one before
     * @param involved ids of records that may stand, present ones or not
     * @param endedAt when those that are not present ended
     */
    void write(
            Map<String, UnaryOperator<Optional<MatchRecord>>> present, Collection<String> involved, Instant endedAt) {
        Set<String> all = new TreeSet<>(present.keySet());
        all.addAll(involved);
        Map<String, Stored> known = indices.get(Room.MATCHES, all);
        Map<String, UnaryOperator<ObjectNode>> changes = new LinkedHashMap<>();
        for (String id : all) {
            UnaryOperator<Optional<MatchRecord>> match = present.get(id);
            if (match != null) {
                changes.put(id, document -> describe(document, match));
            } else if (known.containsKey(id)
                    && !known.get(id).document().path("ended_at").isTextual()) {
                changes.put(id, document -> describe(document, record -> record.map(open -> open.ended(endedAt))));
            }
        }
        List<String> ids = List.copyOf(changes.keySet());
        List<UnaryOperator<ObjectNode>> orders = List.copyOf(changes.values());
        List<Write> writes = new ArrayList<>();
        changes.forEach((id, change) -> writes.add(write(id, Optional.ofNullable(known.get(id)), change)));
        List<Write.Result> results = indices.writeAll(writes);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof Write.Conflict) {
                indices.upsert(Room.MATCHES, ids.get(i), indices.get(Room.MATCHES, ids.get(i)), orders.get(i));
            }
        }
    }

    private static Write write(String id, Optional<Stored> known, UnaryOperator<ObjectNode> change) {
        return known.<Write>map(stored -> new Write.Replace(
                        Room.MATCHES, stored, change.apply(stored.document().deepCopy())))
                .orElseGet(() -> new Write.Create(Room.MATCHES, id, change.apply(Json.MAPPER.createObjectNode())));
    }

    private ObjectNode describe(ObjectNode document, UnaryOperator<Optional<MatchRecord>> change) {
        Optional<MatchRecord> before =
                document.isEmpty() ? Optional.empty() : Optional.of(Json.record(document, MatchRecord.class));
        return change.apply(before)
                .map(record -> {
                    ObjectNode fresh = Json.document(record);
                    if (document.has("retention")) {
                        fresh.set("retention", document.get("retention"));
                    }
                    return terms.mark(fresh, Retention.Keep.CANDIDATE, clock.instant());
                })
                .orElse(document);
    }
}
