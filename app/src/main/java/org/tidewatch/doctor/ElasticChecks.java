package org.tidewatch.doctor;

import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.cluster.HealthResponse;
import co.elastic.clients.elasticsearch.nodes.info.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;

/** Looks at an Elasticsearch: health, version, and whether it can do what Tidewatch asks of it. */
final class ElasticChecks {

    private static final String CHECK = "elasticsearch";

    private final Indices indices;

    ElasticChecks(Indices indices) {
        this.indices = indices;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(health());
            findings.add(version());
            indices.ensure();
            findings.add(features());
        } catch (IndexUnavailable e) {
            findings.add(Finding.fail(
                    CHECK,
                    String.valueOf(e.getMessage()),
                    "Is it running, and is elasticsearch.url right? For TLS, set elasticsearch.ca."));
        } catch (IndexRefused e) {
            findings.add(Finding.fail(
                    CHECK,
                    String.valueOf(e.getMessage()),
                    "Check elasticsearch.user with its password, or the API key, and that it may manage indices under the prefix "
                            + indices.settings().prefix() + "."));
        }
        return findings;
    }

    private Finding health() {
        HealthResponse health =
                indices.call("tell its health", () -> indices.client().cluster().health());
        String said = indices.settings().url() + " is " + health.status().jsonValue() + ", " + health.numberOfNodes()
                + " node(s), " + health.unassignedShards() + " unassigned shard(s)";
        return health.status() == HealthStatus.Red
                ? Finding.fail(CHECK, said, "Some data cannot be read: look at the server's log and its disks.")
                : Finding.ok(CHECK, said);
    }

    private Finding version() {
        TreeSet<String> versions = new TreeSet<>();
        indices.call("tell its version", () -> indices.client().nodes().info())
                .nodes()
                .values()
                .forEach((NodeInfo node) -> versions.add(node.version()));
        String said = "version " + String.join(", ", versions);
        boolean known = versions.stream().allMatch(version -> version.startsWith("8.") || version.startsWith("9."));
        return known
                ? Finding.ok(CHECK, said)
                : Finding.fail(CHECK, said, "Tidewatch works with Elasticsearch 8 and 9.");
    }

    /** Runs one request of every kind that Tidewatch uses. */
    private Finding features() {
        Query near = Query.of(q -> q.intervals(i -> i.field("text")
                .allOf(all -> all.intervals(v -> v.match(m -> m.query("probe").analyzer("whitespace"))))));
        indices.answer(Room.ITEMS, search -> search.query(near)
                .size(1)
                .collapse(c -> c.field("host_key"))
                .aggregations("by", a -> a.terms(t -> t.field("platform"))));
        indices.scan(Room.LEASES, Query.of(q -> q.matchAll(m -> m)), 1, page -> {});
        return Finding.ok(CHECK, "can do all that is needed: intervals, collapsing, aggregations, points in time");
    }
}
