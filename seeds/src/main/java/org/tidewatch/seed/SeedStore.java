package org.tidewatch.seed;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;
import org.tidewatch.keeping.Retention;

/** The applied seeds in the index, with their provenance. Applying the same lists again changes nothing. */
public final class SeedStore {

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public SeedStore(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What applying did.
     *
     * @param sown seeds whose crawl begins or whose settings changed
     * @param stopped names of seeds that are no longer crawled
     */
    public record Applied(List<Seed> sown, List<String> stopped, int unchanged) {}

    /**
     * Makes the lists the applied ones.
     *
     * @param complete whether a seed that is not in the lists was taken out; false while files have problems
     */
    public Applied apply(SeedLists lists, boolean complete) {
        Map<String, Stored> known = known();
        Instant now = clock.instant();
        List<Write> writes = new ArrayList<>();
        List<Seed> sown = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        int unchanged = 0;
        for (SeedList list : lists.lists()) {
            for (Seed seed : list.seeds()) {
                Optional<Stored> before = Optional.ofNullable(known.remove(id(seed.name())));
                ObjectNode document = document(list, seed, now);
                if (before.isPresent()
                        && before.get()
                                .document()
                                .path("hash")
                                .asText()
                                .equals(document.path("hash").asText())) {
                    unchanged++;
                    continue;
                }
                writes.add(new Write.Put(Room.SEEDS, id(seed.name()), document));
                if (seed.crawled()) {
                    sown.add(seed);
                } else if (before.isPresent()) {
                    stopped.add(seed.name());
                }
            }
        }
        if (!complete) {
            known.clear();
        }
        known.forEach((id, stored) -> {
            stopped.add(stored.document().path("list").asText() + "/"
                    + stored.document().path("seed").asText());
            writes.add(new Write.Delete(Room.SEEDS, id, Optional.empty()));
        });
        if (!writes.isEmpty()) {
            indices.writeAll(writes);
        }
        return new Applied(sown, stopped, unchanged);
    }

    private ObjectNode document(SeedList list, Seed seed, Instant now) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("kind", "seed")
                .put("list", seed.list())
                .put("seed", seed.id())
                .put("url", seed.url().value())
                .put("label", seed.label())
                .put("why", seed.why())
                .put("owner", list.owner())
                .put("purpose", list.purpose())
                .put("basis", list.basis())
                .put("review_by", list.reviewBy().toString())
                .put("proposed_by", seed.proposedBy())
                .put("depth", seed.depth())
                .put("at", now.toString())
                .put("hash", Id.of(list.owner(), list.purpose(), list.basis(), seed.toString()));
        document.set("state", Json.MAPPER.valueToTree(seed.state()));
        document.set("scope", Json.MAPPER.valueToTree(seed.scope()));
        document.set("tags", Json.MAPPER.valueToTree(seed.tags()));
        seed.approvedBy().ifPresent(by -> document.put("approved_by", by));
        seed.approvedOn().ifPresent(on -> document.put("approved_on", on.toString()));
        seed.language().ifPresent(language -> document.put("language", language));
        seed.platform().ifPresent(platform -> document.put("platform", platform));
        seed.topic().ifPresent(topic -> document.put("topic", topic));
        return terms.mark(document, Retention.Keep.RECORD, now);
    }

    private Map<String, Stored> known() {
        indices.refresh(Room.SEEDS);
        Map<String, Stored> known = new TreeMap<>();
        indices.scan(
                Room.SEEDS,
                Query.of(q -> q.term(t -> t.field("kind").value("seed"))),
                1_000,
                page -> page.forEach(stored -> known.put(stored.id(), stored)));
        return known;
    }

    private static String id(String name) {
        return Id.of("seed", name);
    }
}
