package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonpUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.tidewatch.query.Fields;
import org.tidewatch.text.Folding;

/**
 * An index on the real server with a mapping of its own, which has every type of field that a query can name: documents go
 * in by number, queries come back as the numbers of the documents that they find.
 */
final class AgreementIndex implements AutoCloseable {

    static final List<String> DEFAULTS = List.of("title", "body", "author.name", "author.handle");
    static final ObjectNode PROPERTIES = properties();
    static final Fields FIELDS = Fields.of(PROPERTIES, DEFAULTS, Set.of());

    /** Queries of one request: far below the server's bound of open contexts, enough to make the way there not matter. */
    private static final int BATCH = 200;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final RestClient server;
    private final String name;
    private final int size;

    /** What a query came to: the documents that it finds, or the server's refusal. */
    record Answer(BitSet found, String refusal) {}

    private AgreementIndex(RestClient server, String name, int size) {
        this.server = server;
        this.name = name;
        this.size = size;
    }

    /** An index that holds the documents, with their folded twins, and can be searched. */
    static AgreementIndex of(List<ObjectNode> documents) throws IOException {
        return ofTwins(documents.stream().map(AgreementIndex::withTwins).toList());
    }

    /** An index that holds the documents as they are, twins and all. */
    static AgreementIndex ofTwins(List<ObjectNode> documents) throws IOException {
        RestClient server = connect();
        String name = "agreement-" + NAMES.incrementAndGet() + "-"
                + ProcessHandle.current().pid();
        ObjectNode definition = Json.MAPPER.createObjectNode();
        definition
                .putObject("settings")
                .put("index.number_of_shards", 1)
                .put("index.number_of_replicas", 0)
                .set("index.query.default_field", Json.MAPPER.valueToTree(DEFAULTS));
        definition.putObject("mappings").put("dynamic", "strict").set("properties", PROPERTIES);
        call(server, "PUT", "/" + name, definition.toString());
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < documents.size(); i++) {
            bulk.append("{\"index\":{\"_id\":\"").append(i).append("\"}}\n");
            bulk.append(documents.get(i)).append('\n');
        }
        JsonNode written = call(server, "POST", "/" + name + "/_bulk?refresh=true", bulk.toString());
        if (written.path("errors").asBoolean()) {
            throw new IllegalStateException("A document was refused: " + written);
        }
        return new AgreementIndex(server, name, documents.size());
    }

    private static RestClient connect() {
        ElasticSettings settings = TestIndex.shared().settings();
        ElasticSettings.UserPassword user =
                (ElasticSettings.UserPassword) settings.credentials().orElseThrow();
        String pair = Base64.getEncoder()
                .encodeToString((user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
        return RestClient.builder(HttpHost.create(settings.url().toString()))
                .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + pair)})
                .build();
    }

    private static ObjectNode properties() {
        try (InputStream in = AgreementIndex.class.getResourceAsStream("agreement.json")) {
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the document with the twin of every text field that has one. */
    static ObjectNode withTwins(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        twins("", document, copy);
        return copy;
    }

    private static void twins(String prefix, ObjectNode document, ObjectNode copy) {
        document.properties().forEach(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode object) {
                twins(path + ".", object, (ObjectNode) copy.get(field.getKey()));
            } else if (FIELDS.folded(path).isPresent()) {
                copy.set(field.getKey() + Fields.FOLDED_SUFFIX, folded(value));
            }
        });
    }

    private static JsonNode folded(JsonNode value) {
        if (value.isArray()) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            value.forEach(one -> all.add(folded(one)));
            return all;
        }
        return value.isNull() ? value : Json.MAPPER.getNodeFactory().textNode(Folding.fold(value.asText()));
    }

    static ObjectNode json(Query query) {
        return Json.parse(
                JsonpUtils.toJsonString(query, new co.elastic.clients.json.jackson.JacksonJsonpMapper()),
                ObjectNode.class);
    }

    /** What the query finds; it must not be refused. */
    Answer find(Query query) throws IOException {
        Answer answer = find(List.of(json(query))).get(0);
        if (!answer.refusal().isEmpty()) {
            throw new IllegalStateException("The server refused " + query + ": " + answer.refusal());
        }
        return answer;
    }

    /** The answers, in the order of the queries. */
    List<Answer> find(List<ObjectNode> queries) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += BATCH) {
            StringBuilder body = new StringBuilder();
            for (ObjectNode query : queries.subList(from, Math.min(queries.size(), from + BATCH))) {
                ObjectNode search = Json.MAPPER.createObjectNode();
                search.put("size", size).put("_source", false).put("track_total_hits", true);
                search.putArray("sort").add("_doc");
                search.set("query", query);
                body.append("{}\n").append(search).append('\n');
            }
            JsonNode responses = call(
                            server,
                            "POST",
                            "/" + name
                                    + "/_msearch?filter_path=responses.hits.hits._id,responses.error,responses.status",
                            body.toString())
                    .path("responses");
            responses.forEach(response -> answers.add(answer(response)));
        }
        return answers;
    }

    private static Answer answer(JsonNode response) {
        BitSet found = new BitSet();
        response.path("hits")
                .path("hits")
                .forEach(hit -> found.set(Integer.parseInt(hit.path("_id").asText())));
        return new Answer(found, response.has("error") ? response.path("error").toString() : "");
    }

    private static JsonNode call(RestClient server, String method, String path, String body) throws IOException {
        Request request = new Request(method, path);
        request.setEntity(new StringEntity(
                body,
                path.contains("_bulk") || path.contains("_msearch")
                        ? ContentType.create("application/x-ndjson", StandardCharsets.UTF_8)
                        : ContentType.APPLICATION_JSON));
        try {
            return Json.MAPPER.readTree(
                    server.performRequest(request).getEntity().getContent());
        } catch (ResponseException e) {
            throw new IOException("The server refused " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        server.performRequest(new Request("DELETE", "/" + name));
        server.close();
    }
}
