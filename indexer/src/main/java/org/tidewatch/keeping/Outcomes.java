package org.tidewatch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
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
        indices.upsert(Room.OUTCOMES, id, indices.get(Room.OUTCOMES, id), document -> {
            document.put("url", url.value())
                    .put("host_key", url.hostKey())
                    .put("stage", stage)
                    .put("status", status)
                    .put("detail", detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail)
                    .put("first_at", document.path("first_at").asText(now.toString()))
                    .put("last_at", now.toString())
                    .put("count", document.path("count").asInt() + 1);
            document.set("kind", Json.MAPPER.valueToTree(kind));
            document.set("seeds", Json.MAPPER.valueToTree(seeds));
            return terms.mark(document, Retention.Keep.OPERATIONAL, now);
        });
    }
}
