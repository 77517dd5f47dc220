package org.tidewatch.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** A server asked in JSON, as a stranger asks it: for tests that must not go by the product's own way to it. */
public final class RawServer implements AutoCloseable {

    private final RestClient client;

    /** The server's refusal, with what it says. */
    public static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refusal(ResponseException response) {
            super(response.getMessage(), response);
            this.status = response.getResponse().getStatusLine().getStatusCode();
        }

        public int status() {
            return status;
        }
    }

    private RawServer(RestClient client) {
        this.client = client;
    }

    /** The one that all tests of the JVM share. */
    public static RawServer ofTests() {
        ElasticSettings settings = TestIndex.shared().settings();
        ElasticSettings.UserPassword user =
                (ElasticSettings.UserPassword) settings.credentials().orElseThrow();
        String pair = Base64.getEncoder()
                .encodeToString((user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
        return new RawServer(RestClient.builder(HttpHost.create(settings.url().toString()))
                .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + pair)})
                .build());
    }

    /** One that asks for no password. */
    public static RawServer at(URI uri) {
        return new RawServer(RestClient.builder(HttpHost.create(uri.toString())).build());
    }

    /**
     * Makes an index of one shard.
     *
     * @param mapping with its {@code properties}
     * @param defaults fields of a query that names none
     */
    public void create(String index, ObjectNode mapping, List<String> defaults) throws IOException {
        ObjectNode definition = Json.MAPPER.createObjectNode();
        ObjectNode settings = definition.putObject("settings");
        settings.put("index.number_of_shards", 1).put("index.number_of_replicas", 0);
        if (!defaults.isEmpty()) {
            settings.set("index.query.default_field", Json.MAPPER.valueToTree(defaults));
        }
        definition.set("mappings", mapping);
        call("PUT", "/" + index, definition.toString());
    }

    /** Puts the documents in, known by their place in the list from {@code first} on, and makes them visible. */
    public void fill(String index, int first, List<? extends JsonNode> documents) throws IOException {
        StringBuilder bulk = new StringBuilder();
        int id = first;
        for (JsonNode document : documents) {
            bulk.append("{\"index\":{\"_id\":\"").append(id++).append("\"}}\n");
            bulk.append(document).append('\n');
        }
        JsonNode written = call("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
        if (written.path("errors").asBoolean()) {
            throw new IllegalStateException("A document was refused: " + written);
        }
    }

    public void delete(String index) throws IOException {
        client.performRequest(new Request("DELETE", "/" + index));
    }

    /**
     * The server's answer.
     *
     * @throws Refusal when it is no success
     */
    public JsonNode call(String method, String path, String body) throws IOException {
        Request request = new Request(method, path);
        boolean lines = path.contains("/_bulk") || path.contains("/_msearch");
        request.setEntity(new StringEntity(
                body,
                lines
                        ? ContentType.create("application/x-ndjson", StandardCharsets.UTF_8)
                        : ContentType.APPLICATION_JSON));
        try {
            return Json.MAPPER.readTree(
                    client.performRequest(request).getEntity().getContent());
        } catch (ResponseException e) {
            throw new Refusal(e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
