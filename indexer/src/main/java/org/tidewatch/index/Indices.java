package org.tidewatch.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.mget.MultiGetError;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to Elasticsearch: real-time reads, confirmed writes, searches. Every call goes on trying for
 * {@link ElasticSettings#patience} while the server cannot be reached or answers 429 or 503, then throws
 * {@link IndexUnavailable}; what the server refuses for good is {@link IndexRefused}. Thread-safe.
 */
public final class Indices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indices.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration FIRST_TURN = Duration.ofMillis(4);
    private static final Duration LONGEST_TURN = Duration.ofMillis(100);
    private static final Time SCAN_KEPT = Time.of(t -> t.time("5m"));
    private static final int NOT_FOUND = 404;
    private static final Set<String> STARTING = Set.of(
            "no_shard_available_action_exception",
            "unavailable_shards_exception",
            "illegal_index_shard_state_exception",
            "shard_not_found_exception",
            "node_not_connected_exception",
            "cluster_block_exception");

    private final ElasticSettings settings;
    private final RestClient transport;
    private final ElasticsearchClient client;

    private Indices(ElasticSettings settings, RestClient transport) {
        this.settings = settings;
        this.transport = transport;
        this.client = new ElasticsearchClient(new RestClientTransport(transport, new JacksonJsonpMapper(Json.MAPPER)));
    }

    /** Makes no connection yet; the first call does. */
    public static Indices open(ElasticSettings settings) {
        RestClientBuilder builder =
                RestClient.builder(HttpHost.create(settings.url().toString()));
        settings.credentials()
                .ifPresent(credentials -> builder.setDefaultHeaders(new Header[] {authorization(credentials)}));
        Optional<SSLContext> tls = settings.ca().map(Indices::trusting);
        builder.setHttpClientConfigCallback(http -> {
            http.setMaxConnTotal(40).setMaxConnPerRoute(40);
            tls.ifPresent(http::setSSLContext);
            return http;
        });
        builder.setRequestConfigCallback(request ->
                request.setConnectTimeout(5_000).setSocketTimeout(60_000).setConnectionRequestTimeout(60_000));
        return new Indices(settings, builder.build());
    }

    /** For requests this class has no word for; call it through {@link #call}. */
    public ElasticsearchClient client() {
        return client;
    }

    public ElasticSettings settings() {
        return settings;
    }

    /** The alias by which a room is read and written. */
    public String name(Room room) {
        return settings.prefix() + room.plain();
    }

    /**
     * Creates what is missing: an index per room, behind its alias, and in the indices that are there the fields that an
     * earlier version did not have; returns when all can be searched. Safe when several processes do it at once.
     */
    public void ensure() {
        List<Room> missing = new ArrayList<>();
        for (Room room : Room.values()) {
            if (call("look for " + name(room), () -> client.indices().existsAlias(a -> a.name(name(room))))
                    .value()) {
                extend(room);
            } else {
                missing.add(room);
            }
        }
        missing.forEach(this::create);
        missing.forEach(room -> count(room, Query.of(q -> q.matchAll(m -> m))));
    }

    /** Adds the fields that the index lacks. None is changed or taken away, so documents that are there stay as they are. */
    private void extend(Room room) {
        boolean lacking = call("read the mapping of " + name(room), () -> client.indices()
                        .getMapping(m -> m.index(name(room))))
                .result()
                .values()
                .stream()
                .anyMatch(index -> lacks(index.mappings().properties(), Schema.properties(room)));
        if (lacking) {
            ObjectNode additions = Json.MAPPER.createObjectNode();
            additions.set("properties", Schema.properties(room));
            call("extend the mapping of " + name(room), () -> client.indices()
                    .putMapping(m -> m.index(name(room)).withJson(new StringReader(additions.toString()))));
        }
    }

    private static boolean lacks(Map<String, Property> present, JsonNode wanted) {
        return wanted.properties().stream().anyMatch(field -> {
            Property known = present.get(field.getKey());
            JsonNode inner = field.getValue().path("properties");
            return known == null
                    || (inner.isObject()
                            && lacks(known.isObject() ? known.object().properties() : Map.of(), inner));
        });
    }

    private void create(Room room) {
        String index = name(room) + "-v" + Schema.VERSION;
        ObjectNode definition = Schema.definition(room);
        definition.putObject("aliases").putObject(name(room)).put("is_write_index", true);
        try {
            call("create " + index, () -> client.indices().create(c -> c.index(index)
                    .withJson(new StringReader(definition.toString()))
                    .waitForActiveShards(w -> w.count(0))));
        } catch (IndexRefused e) {
            if (!(e.getCause() instanceof ElasticsearchException refused)
                    || !"resource_already_exists_exception"
                            .equals(refused.error().type())) {
                throw e;
            }
        }
    }

    /** Real-time read of one document. */
    public Optional<Stored> get(Room room, String id) {
        return get(room, id, Optional.empty());
    }

    public Optional<Stored> get(Room room, String id, Optional<String> routing) {
        return stored(call(
                "read " + name(room) + "/" + id,
                () -> client.get(g -> g.index(name(room)).id(id).routing(routing.orElse(null)), ObjectNode.class)));
    }

    /** Real-time read of several documents; ids that have none are absent from the map. */
    public Map<String, Stored> get(Room room, Collection<String> ids) {
        Map<String, Stored> found = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        Backoff backoff = new Backoff(settings.patience(), FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            List<MultiGetResponseItem<ObjectNode>> answers = call(
                            "read " + ids.size() + " of " + name(room),
                            () -> client.mget(m -> m.index(name(room)).ids(List.copyOf(ids)), ObjectNode.class))
                    .docs();
            Optional<MultiGetError> failure = answers.stream()
                    .filter(MultiGetResponseItem::isFailure)
                    .map(MultiGetResponseItem::failure)
                    .findFirst();
            if (failure.isEmpty()) {
                answers.forEach(answer -> stored(answer.result()).ifPresent(one -> found.put(one.id(), one)));
                return found;
            }
            awaitShard(room, failure.get(), backoff);
        }
    }

    /** A read of several documents succeeds as a whole while a shard of theirs is still starting. */
    private void awaitShard(Room room, MultiGetError failure, Backoff backoff) {
        String problem = "Elasticsearch at " + settings.url() + " cannot read " + name(room) + "/" + failure.id() + ": "
                + failure.error().type() + ", " + failure.error().reason();
        if (!STARTING.contains(failure.error().type())) {
            throw new IndexRefused(problem, null);
        }
        if (!backoff.hasPaused()) {
            LOG.warn("{}; trying on", problem);
        }
        if (!backoff.pause()) {
            throw new IndexUnavailable(problem, null);
        }
    }

    private static Optional<Stored> stored(GetResult<ObjectNode> result) {
        ObjectNode source = result.source();
        Long seqNo = result.seqNo();
        Long term = result.primaryTerm();
        return !result.found() || source == null || seqNo == null || term == null
                ? Optional.empty()
                : Optional.of(new Stored(result.id(), source, seqNo, term));
    }

    /**
     * Sends the writes as one request and returns one result each, in their order. Returns only when Elasticsearch has
     * answered for every write; writes refused for overload are sent again.
     */
    public List<Write.Result> write(List<? extends Write> writes) {
        return write(writes, false);
    }

    /** As {@link #write(List)}; with {@code visible} it returns only when searches see the writes. */
    public List<Write.Result> write(List<? extends Write> writes, boolean visible) {
        Map<Integer, Write.Result> results = new LinkedHashMap<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            open.add(i);
        }
        Backoff backoff = new Backoff(settings.patience(), FIRST_PAUSE, LONGEST_PAUSE);
        while (!open.isEmpty()) {
            List<Integer> batch = open;
            List<BulkOperation> operations =
                    batch.stream().map(i -> operation(writes.get(i))).toList();
            BulkResponse answer = call(
                    "write " + operations.size() + " documents",
                    () -> client.bulk(b -> b.operations(operations)
                            .requireAlias(true)
                            .refresh(visible ? Refresh.WaitFor : Refresh.False)));
            List<Integer> overloaded = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                Write write = writes.get(batch.get(i));
                BulkResponseItem item = answer.items().get(i);
                switch (item.status()) {
                    case 200, 201 -> results.put(batch.get(i), new Write.Done(write));
                    case 404 -> results.put(batch.get(i), absent(write, item));
                    case 409 -> results.put(batch.get(i), new Write.Conflict(write));
                    case 429, 503 -> overloaded.add(batch.get(i));
                    default -> results.put(batch.get(i), new Write.Rejected(write, reason(item)));
                }
            }
            if (!overloaded.isEmpty() && !backoff.pause()) {
                throw new IndexUnavailable(
                        "Elasticsearch at " + settings.url() + " kept refusing writes for overload", null);
            }
            open = overloaded;
        }
        List<Write.Result> inOrder = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            inOrder.add(results.get(i));
        }
        return inOrder;
    }

    /** 404 without an error is a delete that found nothing to delete; with one, the room itself is missing. */
    private static Write.Result absent(Write write, BulkResponseItem item) {
        return item.error() == null ? new Write.Done(write) : new Write.Rejected(write, reason(item));
    }

    /** As {@link #write}, for writes that must all come through: a rejected one is thrown, a conflict is returned. */
    public List<Write.Result> writeAll(List<? extends Write> writes) {
        List<Write.Result> results = write(writes);
        for (Write.Result result : results) {
            if (result instanceof Write.Rejected rejected) {
                throw new IndexRefused(
                        "Elasticsearch refused " + name(rejected.write().room()) + "/"
                                + rejected.write().id() + ": " + rejected.reason(),
                        null);
            }
        }
        return results;
    }

    /**
     * Creates a document unless its id is taken; true when this call created it. When the answer is lost on the way it is
     * false although this call did: make no more of it than a count.
     */
    public boolean create(Room room, String id, ObjectNode document) {
        return isDone(new Write.Create(room, id, document));
    }

    /**
     * Changes a document by reading, changing and writing it under its sequence number, again while others change it too.
     * {@code change} may be called several times and gets a copy it may alter; when an answer is lost on the way it is
     * applied to its own result.
     *
     * @return the document as written, or empty when there is none with this id
     * @throws IndexUnavailable when others went on changing it for longer than the settings' patience
     */
    public Optional<ObjectNode> merge(Room room, String id, UnaryOperator<ObjectNode> change) {
        return merge(room, id, Optional.empty(), change);
    }

    public Optional<ObjectNode> merge(
            Room room, String id, Optional<String> routing, UnaryOperator<ObjectNode> change) {
        return change(room, id, routing, get(room, id, routing), false, change);
    }

    /** As {@link #merge(Room, String, UnaryOperator)}, beginning with what the caller has read. */
    public Optional<ObjectNode> merge(Room room, Stored known, UnaryOperator<ObjectNode> change) {
        return change(room, known.id(), Optional.empty(), Optional.of(known), false, change);
    }

    /**
     * As {@link #merge(Room, String, UnaryOperator)}, and makes the document when there is none: {@code change} then gets
     * an empty one.
     *
     * @param known the document as the caller has read it, if there was one
     */
    public ObjectNode upsert(Room room, String id, Optional<Stored> known, UnaryOperator<ObjectNode> change) {
        return change(room, id, Optional.empty(), known, true, change).orElseThrow();
    }

    private Optional<ObjectNode> change(
            Room room,
            String id,
            Optional<String> routing,
            Optional<Stored> known,
            boolean orCreate,
            UnaryOperator<ObjectNode> change) {
        Backoff turn = new Backoff(settings.patience(), FIRST_TURN, LONGEST_TURN);
        Optional<Stored> base = known;
        while (base.isPresent() || orCreate) {
            ObjectNode changed = change.apply(
                    base.map(stored -> stored.document().deepCopy()).orElseGet(Json.MAPPER::createObjectNode));
            Write write = base.isPresent()
                    ? new Write.Replace(room, base.get(), routing, changed)
                    : new Write.Create(room, id, routing, changed);
            if (isDone(write)) {
                return Optional.of(changed);
            }
            if (!turn.pause()) {
                throw new IndexUnavailable(
                        "Others went on changing " + name(room) + "/" + id + " for "
                                + settings.patience().toSeconds() + " s",
                        null);
            }
            base = get(room, id, routing);
        }
        return Optional.empty();
    }

    private boolean isDone(Write write) {
        return writeAll(List.of(write)).get(0) instanceof Write.Done;
    }

    /** Makes every write so far visible to searches of the room. */
    public void refresh(Room room) {
        call("refresh " + name(room), () -> client.indices().refresh(r -> r.index(name(room))));
    }

    public long count(Room room, Query query) {
        return call(
                        "count " + name(room),
                        () -> client.count(c -> c.index(name(room)).query(query)))
                .count();
    }

    /** One page of a search; {@code request} gets a builder that already names the index and asks for versions. */
    public List<Stored> search(Room room, Consumer<SearchRequest.Builder> request) {
        SearchResponse<ObjectNode> answer = answer(room, request);
        List<Stored> found = new ArrayList<>();
        for (Hit<ObjectNode> hit : answer.hits().hits()) {
            stored(hit).ifPresent(found::add);
        }
        return found;
    }

    /** The whole answer of a search, for aggregations and inner hits. */
    public SearchResponse<ObjectNode> answer(Room room, Consumer<SearchRequest.Builder> request) {
        SearchRequest.Builder builder =
                new SearchRequest.Builder().index(name(room)).seqNoPrimaryTerm(true);
        request.accept(builder);
        SearchRequest built = builder.build();
        return call("search " + name(room), () -> client.search(built, ObjectNode.class));
    }

    /**
     * Hands every document that {@code query} finds to {@code reader}, a page at a time, as of the moment of the call:
     * what is written meanwhile is not seen.
     *
     * @throws IndexUnavailable also when the server has forgotten the scan, which a restart does; begin again then
     */
    public void scan(Room room, Query query, int pageSize, Consumer<List<Stored>> reader) {
        String pit = call(
                        "open " + name(room),
                        () -> client.openPointInTime(p -> p.index(name(room)).keepAlive(SCAN_KEPT)))
                .id();
        try {
            List<FieldValue> after = List.of();
            while (true) {
                List<Hit<ObjectNode>> hits = page(room, pit, query, pageSize, after);
                if (hits.isEmpty()) {
                    break;
                }
                reader.accept(hits.stream()
                        .map(Indices::stored)
                        .flatMap(Optional::stream)
                        .toList());
                after = hits.get(hits.size() - 1).sort();
            }
        } finally {
            close(room, pit);
        }
    }

    private List<Hit<ObjectNode>> page(Room room, String pit, Query query, int size, List<FieldValue> after) {
        SearchRequest.Builder builder = new SearchRequest.Builder()
                .pit(p -> p.id(pit).keepAlive(SCAN_KEPT))
                .query(query)
                .size(size)
                .seqNoPrimaryTerm(true)
                .trackTotalHits(t -> t.enabled(false))
                .sort(s -> s.field(f -> f.field("_shard_doc")));
        if (!after.isEmpty()) {
            builder.searchAfter(after);
        }
        SearchRequest request = builder.build();
        try {
            return call("scan " + name(room), () -> client.search(request, ObjectNode.class))
                    .hits()
                    .hits();
        } catch (IndexRefused e) {
            if (e.getCause() instanceof ElasticsearchException refused && refused.status() == NOT_FOUND) {
                throw new IndexUnavailable("Elasticsearch lost a scan of " + name(room) + " in the middle", e);
            }
            throw e;
        }
    }

    /** A scan that cannot be closed ends by itself when its time is up, so failing to is no one's loss. */
    private void close(Room room, String pit) {
        try {
            client.closePointInTime(c -> c.id(pit));
        } catch (IOException | ElasticsearchException e) {
            LOG.debug("The scan of {} will end by itself", name(room), e);
        }
    }

    public static Optional<Stored> stored(Hit<ObjectNode> hit) {
        ObjectNode source = hit.source();
        String id = hit.id();
        Long seqNo = hit.seqNo();
        Long term = hit.primaryTerm();
        return source == null || id == null || seqNo == null || term == null
                ? Optional.empty()
                : Optional.of(new Stored(id, source, seqNo, term));
    }

    /** A request to Elasticsearch. */
    @FunctionalInterface
    public interface Request<T> {
        T send() throws IOException;
    }

    /**
     * Sends a request with this class's patience and errors. {@code what} completes "could not ..." in messages. A
     * request may reach the server twice; make it one that bears that.
     */
    public <T> T call(String what, Request<T> request) {
        Backoff backoff = new Backoff(settings.patience(), FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            IOException problem;
            try {
                return request.send();
            } catch (ElasticsearchException e) {
                if (e.status() != 429 && e.status() != 503) {
                    throw refused(what, e);
                }
                throwIfSpent(backoff, what, new IOException(e.getMessage(), e));
                continue;
            } catch (TransportException e) {
                if (e.statusCode() >= 400 && e.statusCode() < 500 && e.statusCode() != 429) {
                    throw new IndexRefused(
                            "Elasticsearch at " + settings.url() + " would not " + what + ": " + e.getMessage(), e);
                }
                problem = e;
            } catch (IOException e) {
                problem = e;
            }
            throwIfSpent(backoff, what, problem);
        }
    }

    private void throwIfSpent(Backoff backoff, String what, IOException problem) {
        if (!backoff.hasPaused()) {
            LOG.warn("Elasticsearch at {} cannot {} now ({}); trying on", settings.url(), what, problem.toString());
        }
        if (!backoff.pause()) {
            throw new IndexUnavailable(
                    "Elasticsearch at " + settings.url() + " could not " + what + " for "
                            + settings.patience().toSeconds() + " s: " + problem,
                    problem);
        }
    }

    private IndexRefused refused(String what, ElasticsearchException e) {
        String reason = e.error().reason();
        return new IndexRefused(
                "Elasticsearch at " + settings.url() + " refused to " + what + ": "
                        + e.error().type() + ", " + (reason == null ? "no reason given" : reason),
                e);
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private BulkOperation operation(Write write) {
        String index = name(write.room());
        String routing = write.routing().orElse(null);
        if (write instanceof Write.Create create) {
            return BulkOperation.of(o -> o.create(
                    c -> c.index(index).id(create.id()).routing(routing).document(versioned(create.document()))));
        }
        if (write instanceof Write.Put put) {
            return BulkOperation.of(o ->
                    o.index(i -> i.index(index).id(put.id()).routing(routing).document(versioned(put.document()))));
        }
        if (write instanceof Write.Replace replace) {
            return BulkOperation.of(o -> o.index(i -> i.index(index)
                    .id(replace.id())
                    .routing(routing)
                    .ifSeqNo(replace.base().seqNo())
                    .ifPrimaryTerm(replace.base().primaryTerm())
                    .document(versioned(replace.document()))));
        }
        if (write instanceof Write.Remove remove) {
            return BulkOperation.of(o -> o.delete(d -> d.index(index)
                    .id(remove.id())
                    .routing(routing)
                    .ifSeqNo(remove.base().seqNo())
                    .ifPrimaryTerm(remove.base().primaryTerm())));
        }
        return BulkOperation.of(o -> o.delete(d -> d.index(index).id(write.id()).routing(routing)));
    }

    private static ObjectNode versioned(ObjectNode document) {
        return document.put("schema", Schema.VERSION);
    }

    private static String reason(BulkResponseItem item) {
        return item.error() == null
                ? "status " + item.status()
                : item.error().type() + ": " + item.error().reason();
    }

    private static Header authorization(ElasticSettings.Credentials credentials) {
        if (credentials instanceof ElasticSettings.UserPassword user) {
            String pair = user.user() + ":" + user.password();
            return new BasicHeader(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return new BasicHeader("Authorization", "ApiKey " + ((ElasticSettings.ApiKey) credentials).encoded());
    }

    private static SSLContext trusting(java.nio.file.Path ca) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            try (var in = Files.newInputStream(ca)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("ca-" + n++, certificate);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "elasticsearch.ca: cannot read certificates from " + ca + ": " + e.getMessage(), e);
        }
    }

    /** Growing pauses within a bound of time, of uneven length so that those who collided part. */
    private static final class Backoff {
        private final long end;
        private final Duration longest;
        private Duration next;
        private boolean paused;

        Backoff(Duration patience, Duration first, Duration longest) {
            this.end = System.nanoTime() + patience.toNanos();
            this.next = first;
            this.longest = longest;
        }

        boolean hasPaused() {
            return paused;
        }

        /** Waits; false when the time is up or the thread was interrupted. */
        boolean pause() {
            if (System.nanoTime() >= end) {
                return false;
            }
            paused = true;
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(next.toMillis() / 2, next.toMillis() + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
            return true;
        }
    }
}
