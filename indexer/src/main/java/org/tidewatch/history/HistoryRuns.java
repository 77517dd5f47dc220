package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;

/** The runs over history, in the index beside the searches they are for: a document each. Thread-safe. */
public final class HistoryRuns {

    private static final String KIND = "history";

    private static final int MOST = 1_000;

    private final Indices indices;
    private final Retention.Terms terms;

    public HistoryRuns(Indices indices, Retention.Terms terms) {
        this.indices = indices;
        this.terms = terms;
    }

    /** The latest runs, the last one first. */
    public List<HistoryRun> latest(int most) {
        indices.refresh(Room.SEARCHES);
        return find(Query.of(q -> q.term(t -> t.field("kind").value(KIND))), "at", most);
    }

    /** The run that a search runs in which came in with this revision; empty while its turn has not come. */
    public Optional<HistoryRun> of(long cameIn) {
        indices.refresh(Room.SEARCHES);
        return find(
                        Query.of(q -> q.bool(
                                b -> b.filter(f -> f.term(t -> t.field("kind").value(KIND)))
                                        .filter(f -> f.range(r -> r.number(
                                                n -> n.field("revision").gte((double) cameIn)))))),
                        "revision",
                        MOST)
                .stream()
                .filter(run -> run.covers(cameIn))
                .findFirst();
    }

    private List<HistoryRun> find(Query query, String latestBy, int most) {
        return indices
                .search(Room.SEARCHES, search -> search.query(query)
                        .size(most)
                        .sort(s -> s.field(f -> f.field(latestBy).order(SortOrder.Desc))))
                .stream()
                .map(HistoryRuns::run)
                .toList();
    }

    private static HistoryRun run(Stored stored) {
        return Json.record(stored.document().path("run"), HistoryRun.class);
    }

    void write(HistoryRun run) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("kind", KIND)
                .put("revision", run.revision())
                .put("at", run.at().toString())
                .set("run", Json.document(run));
        indices.writeAll(
                List.of(new Write.Put(Room.SEARCHES, id(run), terms.mark(document, Retention.Keep.RECORD, run.at()))));
    }

    /** Takes away a run that another, for a later revision, stands in for. */
    void remove(HistoryRun run) {
        indices.writeAll(List.of(new Write.Delete(Room.SEARCHES, id(run), Optional.empty())));
    }

    private static String id(HistoryRun run) {
        return "_history@" + run.revision();
    }
}
