package org.tidewatch.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tidewatch.index.RawServer;
import org.tidewatch.item.Item;
import org.tidewatch.search.SearchSet;

/** What an alerting plug-in does: writes what has come, makes it visible, and runs every search over it. */
final class ServerSearches implements Contender {

    /** Characters of one request. */
    private static final int BATCH = 2_000_000;

    private final RawServer server;
    private final String index = "benchmark-" + ProcessHandle.current().pid();
    private final List<String> ids = new ArrayList<>();
    private final List<StringBuilder> requests = new ArrayList<>();
    private long run;

    ServerSearches(SearchSet set, RawServer server) throws IOException {
        this.server = server;
        server.create(index, ServerForm.mapping(), List.of());
        Contender.clauses(set).forEach((id, clause) -> {
            ids.add(id);
            if (requests.isEmpty() || requests.get(requests.size() - 1).length() > BATCH) {
                requests.add(new StringBuilder());
            }
            requests.get(requests.size() - 1)
                    .append("{}\n{\"size\":1000,\"_source\":false,\"query\":")
                    .append(ServerForm.query(clause))
                    .append("}\n");
        });
    }

    @Override
    public List<String> matches(Item item) throws IOException {
        List<String> matching = new ArrayList<>();
        List<Integer> counts = counts(List.of(item));
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                matching.add(ids.get(i));
            }
        }
        return matching.stream().sorted().toList();
    }

    /** How many of the items each search finds. */
    List<Integer> counts(List<Item> items) throws IOException {
        server.fill(index, 0, items.stream().map(ServerForm::document).toList());
        List<Integer> counts = new ArrayList<>();
        for (StringBuilder request : requests) {
            JsonNode answer = server.call(
                    "POST",
                    "/" + index + "/_msearch?filter_path=responses.hits.hits._id,responses.status,responses.error",
                    request.toString());
            for (JsonNode response : answer.path("responses")) {
                if (response.path("status").asInt() != 200) {
                    throw new IllegalStateException("A search failed: " + response);
                }
                counts.add(response.path("hits").path("hits").size());
            }
        }
        run += (long) ids.size() * items.size();
        return counts;
    }

    @Override
    public OptionalLong takeRun() {
        long taken = run;
        run = 0;
        return OptionalLong.of(taken);
    }

    @Override
    public void close() throws IOException {
        server.delete(index);
        server.close();
    }
}
