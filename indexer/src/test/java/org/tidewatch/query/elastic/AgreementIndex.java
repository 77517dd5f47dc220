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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidewatch.index.Json;
import org.tidewatch.index.RawServer;
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

    private final RawServer server;
    private final String name;
    private final int size;

    /** What a query came to: the documents that it finds, or the server's refusal. */
    record Answer(BitSet found, String refusal) {}

    private AgreementIndex(RawServer server, String name, int size) {
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
        RawServer server = RawServer.ofTests();
        String name = "agreement-" + NAMES.incrementAndGet() + "-"
                + ProcessHandle.current().pid();
        ObjectNode mapping = Json.MAPPER.createObjectNode();
        mapping.put("dynamic", "strict").set("properties", PROPERTIES);
        server.create(name, mapping, DEFAULTS);
        server.fill(name, 0, documents);
        return new AgreementIndex(server, name, documents.size());
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
            response = server.call(
                    "POST", "/" + name + "/_search?filter_path=hits.hits._id,hits.hits.matched_queries", search);
        } catch (RawServer.Refusal e) {
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

    @Override
    public void close() throws IOException {
        server.delete(name);
        server.close();
    }
}
