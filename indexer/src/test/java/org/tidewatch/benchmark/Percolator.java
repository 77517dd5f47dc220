package org.tidewatch.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tidewatch.index.Json;
import org.tidewatch.index.RawServer;
import org.tidewatch.item.Item;
import org.tidewatch.query.Clause;
import org.tidewatch.search.SearchSet;

/** Elasticsearch's own matcher of standing queries, on a server that has it. */
final class Percolator implements Contender {

    private static final int BATCH = 500;

    private final RawServer server = RawServer.at(URI.create(System.getProperty("percolator")));
    private final String index = "percolator-" + ProcessHandle.current().pid();
    private final List<String> ids = new ArrayList<>();

    Percolator(SearchSet set) throws IOException {
        ObjectNode mapping = ServerForm.mapping();
        ((ObjectNode) mapping.path("properties"))
                .set("query", Json.MAPPER.createObjectNode().put("type", "percolator"));
        server.create(index, mapping, List.of());
        List<JsonNode> batch = new ArrayList<>();
        int first = 0;
        for (Map.Entry<String, Clause> search : Contender.clauses(set).entrySet()) {
            ids.add(search.getKey());
            batch.add(Json.MAPPER
                    .createObjectNode()
                    .set("query", Json.MAPPER.readTree(ServerForm.query(search.getValue()))));
            if (batch.size() == BATCH) {
                server.fill(index, first, batch);
                first = ids.size();
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            server.fill(index, first, batch);
        }
        server.call("POST", "/" + index + "/_forcemerge?max_num_segments=1", "");
    }

    @Override
    public List<String> matches(Item item) throws IOException {
        ObjectNode search = Json.MAPPER.createObjectNode();
        search.put("size", 10_000).put("_source", false);
        search.putArray("sort").add("_doc");
        search.putObject("query")
                .putObject("percolate")
                .put("field", "query")
                .set("document", ServerForm.document(item));
        JsonNode answer = server.call("POST", "/" + index + "/_search?filter_path=hits.hits._id", search.toString());
        List<String> matching = new ArrayList<>();
        answer.path("hits")
                .path("hits")
                .forEach(hit ->
                        matching.add(ids.get(Integer.parseInt(hit.path("_id").asText()))));
        return matching.stream().sorted().toList();
    }

    @Override
    public OptionalLong takeRun() {
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        server.delete(index);
        server.close();
    }
}
