package org.tidewatch.keeping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/** Failures worth a look: one document per URL and kind, which counts how often it happened. Thread-safe. */
public final class Outcomes {

    private static final int MAX_DETAIL = 2_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Outcomes(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /** @param stage where it happened: {@code fetch}, {@code extract}, {@code match}, {@code index}, {@code admit} */
    public void record(CanonicalUrl url, Set<String> seeds, Outcome kind, String stage, int status, String detail) {
        String id = Id.of("outcome", url.value(), kind.name(), stage);
        Instant now = clock.instant();
        Optional<Stored> before = indices.get(Room.OUTCOMES, id);
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("url", url.value())
                .put("host_key", url.hostKey())
                .put("stage", stage)
                .put("status", status)
                .put("detail", detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail)
                .put("last_at", now.toString());
        document.set("kind", Json.MAPPER.valueToTree(kind));
        document.set("seeds", Json.MAPPER.valueToTree(seeds));
        document.put(
                "first_at",
                before.map(stored -> stored.document().path("first_at").asText())
                        .orElse(now.toString()));
        document.put(
                "count",
                before.map(stored -> stored.document().path("count").asInt()).orElse(0) + 1);
        terms.mark(document, Retention.Keep.OPERATIONAL, now);
        indices.writeAll(List.of(new Write.Put(Room.OUTCOMES, id, document)));
    }
}
