package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;
import org.tidewatch.url.HostRule;

/** Hosts and URLs that nobody may fetch, discover or file, by a person's word. Kept as overlays of the seeds. */
public final class Blocks {

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Blocks(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /** Adds a block; when this returns, every {@link #load} sees it. */
    public void add(HostRule rule, String by, String why) {
        Instant now = clock.instant();
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("kind", "block")
                .put("rule", rule.value())
                .put("by", by)
                .put("why", why)
                .put("at", now.toString());
        indices.write(
                List.of(new Write.Put(Room.SEEDS, id(rule), terms.mark(document, Retention.Keep.RECORD, now))), true);
        new Audit(indices, terms, clock).record(by, "block", rule.value(), Optional.of(why), Optional.empty());
    }

    /** Lifts a block; false when there was none. */
    public boolean lift(HostRule rule, String by, String why) {
        boolean there = indices.get(Room.SEEDS, id(rule)).isPresent();
        if (there) {
            indices.write(List.of(new Write.Delete(Room.SEEDS, id(rule), Optional.empty())), true);
            new Audit(indices, terms, clock).record(by, "unblock", rule.value(), Optional.of(why), Optional.empty());
        }
        return there;
    }

    public List<HostRule> load() {
        List<HostRule> rules = new ArrayList<>();
        indices.scan(
                Room.SEEDS,
                Query.of(q -> q.term(t -> t.field("kind").value("block"))),
                500,
                page -> page.forEach(stored ->
                        rules.add(new HostRule(stored.document().path("rule").asText()))));
        return rules;
    }

    private static String id(HostRule rule) {
        return Id.of("block", rule.value());
    }
}
