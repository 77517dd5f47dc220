package org.tidewatch.query;

import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tidewatch.index.Json;
import org.tidewatch.index.RawServer;
import org.tidewatch.query.elastic.ElasticQuery;
import org.tidewatch.search.Question;

/** The documents of {@code kibana-documents.ndjson} on the real server, under the mapping of {@link TestFields}. */
final class KibanaIndex implements AutoCloseable {

    private static final String NAME = "kibana-" + ProcessHandle.current().pid();

    /** Queries of one request. */
    private static final int BATCH = 200;

    private final RawServer server;

    /** The numbers of the documents that a query finds; empty when it fails. */
    record Answer(Optional<TreeSet<Integer>> found) {}

    private KibanaIndex(RawServer server) {
        this.server = server;
    }

    static KibanaIndex open() throws IOException {
        KibanaIndex index = new KibanaIndex(RawServer.ofTests());
        index.fill();
        return index;
    }

    /** Lines of a resource beside this class. */
    static List<JsonNode> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(KibanaIndex.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.MAPPER.readTree(line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        ObjectNode mapping = Json.MAPPER.createObjectNode();
        mapping.put("dynamic", "strict").set("properties", TestFields.PROPERTIES);
        server.create(NAME, mapping, List.of());
        server.fill(NAME, 0, lines("kibana-documents.ndjson"));
    }

    /** The server's query for a tree, as {@link ElasticQuery} makes it of its exact form. */
    static JsonNode query(Clause clause) {
        Now now = new Now(Instant.now(), ZoneOffset.UTC);
        return Json.parse(
                JsonpUtils.toJsonString(
                        ElasticQuery.of(clause, TestFields.ALL, Question.Form.EXACT, now), new JacksonJsonpMapper()),
                JsonNode.class);
    }

    /** The answers, in the order of the queries. */
    List<Answer> find(List<JsonNode> queries) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += BATCH) {
            StringBuilder body = new StringBuilder();
            for (JsonNode query : queries.subList(from, Math.min(queries.size(), from + BATCH))) {
                ObjectNode search = Json.MAPPER.createObjectNode();
                search.put("size", 1_000).put("_source", false).set("query", query);
                body.append("{}\n").append(search).append('\n');
            }
            server.call("POST", "/" + NAME + "/_msearch", body.toString())
                    .path("responses")
                    .forEach(response -> answers.add(answer(response)));
        }
        return answers;
    }

    /** Whether the server cannot run the query. */
    boolean fails(JsonNode query) throws IOException {
        try {
            server.call(
                    "POST",
                    "/" + NAME + "/_search",
                    Json.MAPPER.createObjectNode().set("query", query).toString());
            return false;
        } catch (RawServer.Refusal e) {
            return e.status() != 404;
        }
    }

    private static Answer answer(JsonNode response) {
        if (response.has("error")) {
            return new Answer(Optional.empty());
        }
        TreeSet<Integer> found = new TreeSet<>();
        response.path("hits")
                .path("hits")
                .forEach(hit -> found.add(hit.path("_id").asInt()));
        return new Answer(Optional.of(found));
    }

    @Override
    public void close() throws IOException {
        server.delete(NAME);
        server.close();
    }
}
