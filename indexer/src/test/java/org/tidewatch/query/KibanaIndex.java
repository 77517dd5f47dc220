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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.tidewatch.index.ElasticSettings;
import org.tidewatch.index.Json;
import org.tidewatch.index.TestIndex;
import org.tidewatch.query.elastic.ElasticQuery;
import org.tidewatch.search.Question;

/** The documents of {@code kibana-documents.ndjson} on the real server, under the mapping of {@link TestFields}. */
final class KibanaIndex implements AutoCloseable {

    private static final String NAME = "kibana-" + ProcessHandle.current().pid();

    /** Queries of one request. */
    private static final int BATCH = 200;

    private final RestClient server;

    /** The numbers of the documents that a query finds; empty when it fails. */
    record Answer(Optional<TreeSet<Integer>> found) {}

    private KibanaIndex(RestClient server) {
        this.server = server;
    }

    static KibanaIndex open() throws IOException {
        ElasticSettings settings = TestIndex.shared().settings();
        ElasticSettings.UserPassword user =
                (ElasticSettings.UserPassword) settings.credentials().orElseThrow();
        String pair = Base64.getEncoder()
                .encodeToString((user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
        KibanaIndex index = new KibanaIndex(
                RestClient.builder(HttpHost.create(settings.url().toString()))
                        .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + pair)})
                        .build());
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
        ObjectNode definition = Json.MAPPER.createObjectNode();
        definition.putObject("settings").put("index.number_of_shards", 1).put("index.number_of_replicas", 0);
        definition.putObject("mappings").put("dynamic", "strict").set("properties", TestFields.PROPERTIES);
        call("PUT", "/" + NAME, definition.toString());
        StringBuilder bulk = new StringBuilder();
        int id = 0;
        for (JsonNode document : lines("kibana-documents.ndjson")) {
            bulk.append("{\"index\":{\"_id\":\"").append(id++).append("\"}}\n");
            bulk.append(document).append('\n');
        }
        JsonNode written = call("POST", "/" + NAME + "/_bulk?refresh=true", bulk.toString());
        if (written.path("errors").asBoolean()) {
            throw new IllegalStateException("A document was refused: " + written);
        }
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
            call("POST", "/" + NAME + "/_msearch", body.toString())
                    .path("responses")
                    .forEach(response -> answers.add(answer(response)));
        }
        return answers;
    }

    /** Whether the server cannot run the query. */
    boolean fails(JsonNode query) throws IOException {
        Request request = new Request("POST", "/" + NAME + "/_search");
        request.setJsonEntity(Json.MAPPER.createObjectNode().set("query", query).toString());
        try {
            server.performRequest(request);
            return false;
        } catch (ResponseException e) {
            return e.getResponse().getStatusLine().getStatusCode() != 404;
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

    private JsonNode call(String method, String path, String body) throws IOException {
        Request request = new Request(method, path);
        request.setEntity(new StringEntity(
                body,
                path.contains("/_")
                        ? ContentType.create("application/x-ndjson", StandardCharsets.UTF_8)
                        : ContentType.APPLICATION_JSON));
        return Json.MAPPER.readTree(server.performRequest(request).getEntity().getContent());
    }

    @Override
    public void close() throws IOException {
        server.performRequest(new Request("DELETE", "/" + NAME));
        server.close();
    }
}
