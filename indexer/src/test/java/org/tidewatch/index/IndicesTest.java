package org.tidewatch.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IndicesTest {

    private static final Query ALL = Query.of(q -> q.matchAll(m -> m));

    private static Indices indices;

    @BeforeAll
    static void open() {
        indices = TestIndex.open();
    }

    @AfterAll
    static void close() throws IOException {
        indices.close();
    }

    @Test
    void everyRoomIsMadeOnceHoweverManyProcessesMakeItAtTheSameTime() throws Exception {
        ElasticSettings settings = TestIndex.freshAccess().settings(Map.of());
        List<Callable<Void>> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(() -> {
                try (Indices own = Indices.open(settings)) {
                    own.ensure();
                    own.ensure();
                }
                return null;
            });
        }
        atOnce(processes);

        try (Indices own = Indices.open(settings)) {
            for (Room room : Room.values()) {
                assertThat(own.count(room, ALL)).as(room.plain()).isZero();
                assertThat(own.client()
                                .indices()
                                .getAlias(a -> a.name(own.name(room)))
                                .result()
                                .keySet())
                        .containsExactly(own.name(room) + "-v" + Schema.VERSION);
            }
        }
    }

    @Test
    void anIndexOfAnEarlierVersionGetsTheFieldsItLacksAndKeepsItsDocuments() throws IOException {
        try (Indices earlier = Indices.open(TestIndex.freshAccess().settings(Map.of()))) {
            ObjectNode former = Schema.definition(Room.SEARCHES);
            ObjectNode properties = (ObjectNode) former.at("/mappings/properties");
            properties.remove(List.of("standing", "approval", "question"));
            properties.putObject("query").put("type", "text").put("index", false);
            former.putObject("aliases").putObject(earlier.name(Room.SEARCHES)).put("is_write_index", true);
            earlier.call("make the index of an earlier version", () -> earlier.client()
                    .indices()
                    .create(c -> c.index(earlier.name(Room.SEARCHES) + "-v" + Schema.VERSION)
                            .withJson(new java.io.StringReader(former.toString()))));
            ObjectNode old = Json.MAPPER.createObjectNode().put("id", "slogan").put("query", "text:falcon");
            earlier.writeAll(List.of(new Write.Put(Room.SEARCHES, "slogan", old.deepCopy())));

            earlier.ensure();
            earlier.ensure();

            ObjectNode fresh = Json.MAPPER.createObjectNode().put("id", "meeting");
            fresh.putObject("standing").put("state", "active").put("why", "a test");
            fresh.putObject("question").put("query", "text:dawn");
            assertThat(earlier.write(List.of(new Write.Put(Room.SEARCHES, "meeting", fresh))))
                    .allMatch(Write.Done.class::isInstance);
            assertThat(earlier.get(Room.SEARCHES, "slogan")
                            .orElseThrow()
                            .document()
                            .path("query")
                            .asText())
                    .isEqualTo("text:falcon");
            earlier.refresh(Room.SEARCHES);
            assertThat(earlier.count(
                            Room.SEARCHES,
                            Query.of(q -> q.term(t -> t.field("standing.state").value("active")))))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDocumentThatTheMappingRefusesDoesNotStopTheOnesBesideIt() {
        ObjectNode stranger = lease("sweep").put("colour", "purple");
        ObjectNode broken = lease("sweep").put("at", "the day before yesterday");

        List<Write.Result> results = indices.write(List.of(
                new Write.Put(Room.LEASES, "good-1", lease("sweep")),
                new Write.Put(Room.LEASES, "stranger", stranger),
                new Write.Put(Room.LEASES, "broken", broken),
                new Write.Put(Room.LEASES, "good-2", lease("sweep"))));

        assertThat(results.get(0)).isInstanceOf(Write.Done.class);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(Write.Rejected.class, rejected -> assertThat(rejected.reason())
                        .contains("strict_dynamic_mapping_exception")
                        .contains("colour"));
        assertThat(results.get(2))
                .isInstanceOfSatisfying(Write.Rejected.class, rejected -> assertThat(rejected.reason())
                        .contains("[at]"));
        assertThat(results.get(3)).isInstanceOf(Write.Done.class);
        assertThat(indices.get(Room.LEASES, List.of("good-1", "stranger", "broken", "good-2")))
                .containsOnlyKeys("good-1", "good-2");
    }

    @Test
    void writesThatMustAllComeThroughNameTheOneThatDidNot() {
        assertThatThrownBy(() -> indices.writeAll(
                        List.of(new Write.Put(Room.LEASES, "odd", lease("sweep").put("colour", "purple")))))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining(indices.name(Room.LEASES) + "/odd")
                .hasMessageContaining("colour");
    }

    @Test
    void everyDocumentSaysWhichSchemaItWasWrittenIn() {
        indices.create(Room.LEASES, "schema", lease("sweep"));

        assertThat(stored("schema").document().path("schema").asInt()).isEqualTo(Schema.VERSION);
    }

    @Test
    void anIdIsCreatedOnce() {
        assertThat(indices.create(Room.LEASES, "once", lease("first"))).isTrue();
        assertThat(indices.create(Room.LEASES, "once", lease("second"))).isFalse();

        assertThat(stored("once").document().path("job").asText()).isEqualTo("first");
    }

    @Test
    void aReplaceOrRemoveOfAnOlderReadingIsAConflictAndChangesNothing() {
        indices.create(Room.LEASES, "contested", lease("first"));
        Stored older = stored("contested");
        indices.writeAll(List.of(new Write.Replace(Room.LEASES, older, lease("second"))));

        assertThat(indices.writeAll(List.of(
                        new Write.Replace(Room.LEASES, older, lease("third")),
                        new Write.Remove(Room.LEASES, older, Optional.empty()))))
                .hasOnlyElementsOfType(Write.Conflict.class);
        assertThat(stored("contested").document().path("job").asText()).isEqualTo("second");
    }

    @Test
    void aReplaceOfADocumentThatIsGoneIsAConflict() {
        indices.create(Room.LEASES, "short-lived", lease("first"));
        Stored read = stored("short-lived");
        assertThat(indices.writeAll(List.of(new Write.Remove(Room.LEASES, read, Optional.empty()))))
                .hasOnlyElementsOfType(Write.Done.class);

        assertThat(indices.writeAll(List.of(new Write.Replace(Room.LEASES, read, lease("second")))))
                .hasOnlyElementsOfType(Write.Conflict.class);
        assertThat(indices.get(Room.LEASES, "short-lived")).isEmpty();
        assertThat(indices.merge(Room.LEASES, read, document -> document)).isEmpty();
    }

    @Test
    void deletingWhatIsNotThereIsDone() {
        assertThat(indices.writeAll(List.of(new Write.Delete(Room.LEASES, "nowhere", Optional.empty()))))
                .hasOnlyElementsOfType(Write.Done.class);
    }

    @Test
    void changesFromManyThreadsAreAllKept() throws Exception {
        indices.create(Room.METRICS, "counter", metric(0));
        int threads = 8;
        int changes = 10;
        List<Callable<Void>> counting = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            counting.add(() -> {
                for (int i = 0; i < changes; i++) {
                    indices.merge(Room.METRICS, "counter", TestCount::oneMore);
                }
                return null;
            });
        }
        atOnce(counting);

        assertThat(indices.get(Room.METRICS, "counter"))
                .map(stored -> stored.document().path("value").asInt())
                .contains(threads * changes);
    }

    @Test
    void aDocumentThatManyThreadsMakeAndChangeAtOnceIsMadeOnceAndHasEveryChange() throws Exception {
        int threads = 12;
        List<Callable<Void>> counting = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            counting.add(() -> {
                indices.upsert(
                        Room.METRICS,
                        "made-by-many",
                        Optional.empty(),
                        document -> TestCount.oneMore(document.isEmpty() ? metric(0) : document));
                return null;
            });
        }
        atOnce(counting);

        assertThat(indices.get(Room.METRICS, "made-by-many"))
                .map(stored -> stored.document().path("value").asInt())
                .contains(threads);
    }

    @Test
    void mergingWhatIsNotThereMakesNothing() {
        assertThat(indices.merge(Room.LEASES, "nobody", document -> document.put("job", "ghost")))
                .isEmpty();
        assertThat(indices.get(Room.LEASES, "nobody")).isEmpty();
    }

    @Test
    void aScanHandsOverEveryDocumentOnceOverSeveralPages() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            writes.add(new Write.Put(Room.LEASES, "scan-" + i, lease("scanned")));
        }
        indices.write(writes, true);
        List<Integer> pages = new ArrayList<>();
        List<String> ids = new ArrayList<>();

        indices.scan(Room.LEASES, ofJob("scanned"), 10, page -> {
            pages.add(page.size());
            page.forEach(stored -> ids.add(stored.id()));
            indices.writeAll(page.stream()
                    .map(stored -> new Write.Remove(Room.LEASES, stored, Optional.empty()))
                    .toList());
        });

        assertThat(pages).containsExactly(10, 10, 5);
        assertThat(new TreeSet<>(ids)).hasSize(25);
        indices.refresh(Room.LEASES);
        assertThat(indices.count(Room.LEASES, ofJob("scanned"))).isZero();
    }

    @Test
    void aScanThatTheServerHasForgottenCanBeBegunAgain() {
        indices.write(
                List.of(
                        new Write.Put(Room.CLUSTERS, "one", Json.MAPPER.createObjectNode()),
                        new Write.Put(Room.CLUSTERS, "two", Json.MAPPER.createObjectNode())),
                true);

        assertThatThrownBy(() -> indices.scan(Room.CLUSTERS, ALL, 1, page -> closeAndOpen(Room.CLUSTERS)))
                .isInstanceOf(IndexUnavailable.class)
                .hasMessageContaining("lost a scan");
        List<String> ids = new ArrayList<>();
        indices.scan(Room.CLUSTERS, ALL, 1, page -> page.forEach(stored -> ids.add(stored.id())));
        assertThat(ids).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aReadOfSeveralDocumentsWaitsForAShardThatIsStarting() {
        indices.create(Room.MEDIA, "kept", Json.MAPPER.createObjectNode());

        closeAndOpen(Room.MEDIA);

        assertThat(indices.get(Room.MEDIA, List.of("kept", "unknown"))).containsOnlyKeys("kept");
    }

    @Test
    void aWriteToARoomThatWasNeverMadeMakesNoRoomByAccident() throws IOException {
        try (Indices own = Indices.open(TestIndex.freshAccess().settings(Map.of()))) {
            assertThat(own.write(List.of(new Write.Put(Room.LEASES, "early", lease("sweep")))))
                    .hasOnlyElementsOfType(Write.Rejected.class);
            assertThat(own.client()
                            .indices()
                            .exists(e -> e.index(own.name(Room.LEASES)))
                            .value())
                    .isFalse();
        }
    }

    @Test
    void aWrongPasswordIsRefusedAtOnce() throws IOException {
        ElasticSettings settings = new ElasticSettings(
                TestIndex.uri(),
                Optional.of(new ElasticSettings.UserPassword("tidewatch", "not-the-password")),
                Optional.empty(),
                "wrong-",
                Duration.ofMinutes(5));
        try (Indices stranger = Indices.open(settings)) {
            assertThatThrownBy(stranger::ensure)
                    .isInstanceOf(IndexRefused.class)
                    .hasMessageContaining(TestIndex.uri().toString());
            assertThatThrownBy(() -> stranger.count(Room.ITEMS, ALL))
                    .isInstanceOf(IndexRefused.class)
                    .hasMessageContaining("security_exception");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailableOncePatienceHasEnded() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        ElasticSettings settings = new ElasticSettings(
                URI.create("http://127.0.0.1:" + freePort),
                Optional.empty(),
                Optional.empty(),
                "nobody-",
                Duration.ofMillis(400));
        try (Indices unreachable = Indices.open(settings)) {
            assertThatThrownBy(() -> unreachable.get(Room.ITEMS, "any"))
                    .isInstanceOf(IndexUnavailable.class)
                    .hasMessageContaining("http://127.0.0.1:" + freePort)
                    .hasMessageContaining("nobody-items/any");
        }
    }

    @Test
    void aCallWaitsForAServerThatComesBack() throws Exception {
        try (TestRelay relay = new TestRelay(TestIndex.uri());
                Indices far = TestIndex.sharedThrough(relay, Duration.ofMinutes(1))) {
            far.create(Room.LEASES, "before-the-cut", lease("sweep"));
            relay.cut();
            CompletableFuture<Boolean> created =
                    CompletableFuture.supplyAsync(() -> far.create(Room.LEASES, "after-the-cut", lease("sweep")));
            assertThat(created).isNotDone();
            relay.mend();

            assertThat(created.get()).isTrue();
            assertThat(far.get(Room.LEASES, List.of("before-the-cut", "after-the-cut")))
                    .hasSize(2);
        }
    }

    @Test
    void anInterruptedWaitKeepsTheThreadInterrupted() throws IOException {
        ElasticSettings settings = new ElasticSettings(
                URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty(), "nobody-", Duration.ofHours(1));
        try (Indices unreachable = Indices.open(settings)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> unreachable.get(Room.ITEMS, "any")).isNotNull();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aPrefixThatElasticsearchWouldRefuseIsRefusedWithItsKey() {
        assertThatThrownBy(() -> new ElasticSettings(
                        TestIndex.uri(), Optional.empty(), Optional.empty(), "Tide-", Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elasticsearch.prefix")
                .hasMessageContaining("Tide-");
    }

    private static Stored stored(String id) {
        return indices.get(Room.LEASES, id).orElseThrow();
    }

    private static Query ofJob(String job) {
        return Query.of(q -> q.term(t -> t.field("job").value(job)));
    }

    private static ObjectNode lease(String job) {
        return Json.MAPPER.createObjectNode().put("job", job).put("owner", "test");
    }

    private static ObjectNode metric(int value) {
        return Json.MAPPER.createObjectNode().put("name", "count").put("value", value);
    }

    /** What a restart of the server does to a room: its shard goes away and comes back, open scans are lost. */
    private static void closeAndOpen(Room room) {
        indices.call("close a room", () -> indices.client().indices().close(c -> c.index(indices.name(room))));
        indices.call("open a room", () -> indices.client().indices().open(o -> o.index(indices.name(room))
                .waitForActiveShards(w -> w.count(0))));
    }

    private static void atOnce(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class TestCount {
        static ObjectNode oneMore(ObjectNode document) {
            return document.put("value", document.path("value").asInt() + 1);
        }
    }
}
