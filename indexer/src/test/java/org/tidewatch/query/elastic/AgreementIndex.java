package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
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

    /** Characters of the queries of one request: far below the clauses that the server allows, and many. */
    private static final int BATCH = 100_000;

    private static final JacksonJsonpMapper MAPPER = new JacksonJsonpMapper();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final RestClient server;
    private final String name;
    private final int size;

    /** What a query came to: the documents that it finds, or the server's refusal. */
    record Answer(BitSet found, String refusal) {}

    private static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        Refusal(ResponseException response) {
            super(response.getMessage(), response);
        }
    }

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

    static String json(Query query) {
        return JsonpUtils.toJsonString(query, MAPPER);
    }

    /** What the query finds; it must not be refused. */
    Answer find(Query query) throws IOException {
        Answer answer = find(List.of(json(query))).get(0);
        if (!answer.refusal().isEmpty()) {
            throw new IllegalStateException("The server refused with " + answer.refusal() + " the query " + query);
        }
        return answer;
    }

    /**
     * The answers, in the order of the queries. Many are asked in one request, by their names: what one request costs
     * beside the search is far more than the search of few documents.
     */
    List<Answer> find(List<String> queries) throws IOException {
        List<Answer> answers = new ArrayList<>();
        int from = 0;
        while (from < queries.size()) {
            int to = from;
            int length = 0;
            while (to < queries.size()
                    && (to == from || length + queries.get(to).length() <= BATCH)) {
                length += queries.get(to++).length();
            }
            ask(queries.subList(from, to), answers);
            from = to;
        }
        return answers;
    }

    /** Asks again by halves when the server refuses, until the one is alone that it means. */
    private void ask(List<String> queries, List<Answer> answers) throws IOException {
        List<BitSet> found = new ArrayList<>();
        StringBuilder named = new StringBuilder();
        for (String query : queries) {
            named.append(named.length() == 0 ? "" : ",")
                    .append("{\"bool\":{\"_name\":\"")
                    .append(found.size())
                    .append("\",\"filter\":[")
                    .append(query)
                    .append("]}}");
            found.add(new BitSet());
        }
        String search = "{\"size\":" + size + ",\"_source\":false,\"sort\":[\"_doc\"],\"query\":{\"bool\":{\"filter\":"
                + "[{\"match_all\":{}}],\"should\":[" + named + "]}}}";
        JsonNode response;
        try {
            response = call(
                    server,
                    "POST",
                    "/" + name + "/_search?filter_path=hits.hits._id,hits.hits.matched_queries",
                    search);
        } catch (Refusal e) {
            if (queries.size() == 1) {
                answers.add(new Answer(new BitSet(), String.valueOf(e.getMessage())));
                return;
            }
            ask(queries.subList(0, queries.size() / 2), answers);
            ask(queries.subList(queries.size() / 2, queries.size()), answers);
            return;
        }
        response.path("hits").path("hits").forEach(hit -> hit.path("matched_queries")
                .forEach(query -> found.get(query.asInt())
                        .set(Integer.parseInt(hit.path("_id").asText()))));
        found.forEach(documents -> answers.add(new Answer(documents, "")));
    }

    private static JsonNode call(RestClient server, String method, String path, String body) throws IOException {
        Request request = new Request(method, path);
        request.setEntity(new StringEntity(
                body,
                path.contains("_bulk")
                        ? ContentType.create("application/x-ndjson", StandardCharsets.UTF_8)
                        : ContentType.APPLICATION_JSON));
        try {
            return Json.MAPPER.readTree(
                    server.performRequest(request).getEntity().getContent());
        } catch (ResponseException e) {
            throw new Refusal(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.performRequest(new Request("DELETE", "/" + name));
        server.close();
    }
}
