package org.tidewatch.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.TestRelay;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/** Blocks, outcomes, metrics and audit. */
class KeepingTest {

    private static final Retention.Terms TERMS = Retention.Terms.DEFAULT;

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:00:30Z");

    @Test
    void aBlockIsInForceWhenAddingItReturnsAndUntilItIsLifted() {
        Blocks blocks = new Blocks(indices, TERMS, clock);
        HostRule host = new HostRule("blocked.example");
        HostRule url = new HostRule("https://other.example/x");

        blocks.add(host, "A. Analyst", "takedown");
        blocks.add(url, "A. Analyst", "takedown");
        blocks.add(host, "B. Reviewer", "again");

        assertThat(blocks.load()).containsExactlyInAnyOrder(host, url);
        assertThat(blocks.lift(host, "B. Reviewer", "over")).isTrue();
        assertThat(blocks.lift(host, "B. Reviewer", "over")).isFalse();
        assertThat(blocks.load()).containsExactly(url);
        assertThat(blocks.lift(url, "B. Reviewer", "over")).isTrue();
        assertThat(audits("blocked.example"))
                .extracting(entry -> entry.path("act").asText())
                .containsExactlyInAnyOrder("block", "block", "unblock");
    }

    @Test
    void aWatchSeesABlockOnceWhatItKnowsIsNoLongerFresh() {
        Blocks blocks = new Blocks(indices, TERMS, clock);
        BlockWatch watch = new BlockWatch(blocks, clock);
        CanonicalUrl page = CanonicalUrl.require("https://www.watched.example/x");
        assertThat(watch.covers(page)).isFalse();
        HostRule rule = new HostRule("watched.example");
        blocks.add(rule, "A. Analyst", "takedown");

        assertThat(watch.covers(page))
                .as("it is asked at every URL, and asks once a second")
                .isFalse();
        clock.advance(BlockWatch.FRESH.plusMillis(1));
        assertThat(watch.covers(page)).isTrue();
        assertThat(watch.covers(CanonicalUrl.require("https://unwatched.example/")))
                .isFalse();
        blocks.lift(rule, "A. Analyst", "over");
    }

    @Test
    void theKnownBlocksStayInForceWhileTheIndexIsAwayAndNothingPassesBeforeTheyAreKnown() throws IOException {
        HostRule rule = new HostRule("away.example");
        CanonicalUrl page = CanonicalUrl.require("https://away.example/x");
        new Blocks(indices, TERMS, clock).add(rule, "A. Analyst", "takedown");
        try (TestRelay relay = new TestRelay(TestIndex.uri());
                Indices far = TestIndex.sharedThrough(relay, Duration.ofMillis(300))) {
            BlockWatch early = new BlockWatch(new Blocks(far, TERMS, clock), clock);
            BlockWatch late = new BlockWatch(new Blocks(far, TERMS, clock), clock);
            assertThat(early.covers(page)).isTrue();
            relay.cut();
            clock.advance(Duration.ofMinutes(1));

            assertThat(early.covers(page)).isTrue();
            assertThatThrownBy(() -> late.covers(page)).isInstanceOf(IndexUnavailable.class);
            relay.mend();
            assertThat(late.covers(page)).isTrue();
        }
        new Blocks(indices, TERMS, clock).lift(rule, "A. Analyst", "over");
    }

    @Test
    void anOutcomeIsOneDocumentAUrlAndKindThatCounts() {
        Outcomes outcomes = new Outcomes(indices, TERMS, clock);
        CanonicalUrl url = CanonicalUrl.require("https://slow.example/x");
        String first = clock.instant().toString();
        outcomes.record(url, Set.of("harbour/slow"), Outcome.TIMED_OUT, "fetch", 0, "no answer in 20 s");
        clock.advance(Duration.ofHours(1));
        outcomes.record(url, Set.of("harbour/slow"), Outcome.TIMED_OUT, "fetch", 0, "x".repeat(5_000));
        outcomes.record(url, Set.of("harbour/slow"), Outcome.SERVER_ERROR, "fetch", 502, "Bad Gateway");

        Map<String, ObjectNode> documents = new TreeMap<>();
        found(Room.OUTCOMES, "url", url.value())
                .forEach(document -> documents.put(document.path("kind").asText(), document));
        assertThat(documents).containsOnlyKeys("timed_out", "server_error");
        ObjectNode slow = documents.get("timed_out");
        assertThat(slow.path("count").asInt()).isEqualTo(2);
        assertThat(slow.path("first_at").asText()).isEqualTo(first);
        assertThat(slow.path("last_at").asText()).isEqualTo(clock.instant().toString());
        assertThat(slow.path("detail").asText()).hasSize(2_000);
        assertThat(slow.at("/retention/class").asText()).isEqualTo("operational");
        assertThat(documents.get("server_error").path("status").asInt()).isEqualTo(502);
    }

    @Test
    void outcomesFromManyThreadsAreAllCounted() throws Exception {
        Outcomes outcomes = new Outcomes(indices, TERMS, clock);
        CanonicalUrl url = CanonicalUrl.require("https://busy.example/x");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                work.add(() -> {
                    outcomes.record(url, Set.of(), Outcome.UNREACHABLE, "fetch", 0, "refused");
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(found(Room.OUTCOMES, "url", url.value())).singleElement().satisfies(document -> assertThat(
                        document.path("count").asInt())
                .isEqualTo(24));
    }

    @Test
    void everyNameIsWrittenOnceAMinuteZerosToo() {
        Metrics metrics = new Metrics(indices, TERMS, clock, "test-counts", List.of("pages", "alerts"));
        metrics.add("pages", 2);
        metrics.add("pages", 3);
        metrics.flush();
        assertThat(found(Room.METRICS, "part", "test-counts"))
                .as("the minute is not over")
                .isEmpty();

        clock.advance(Duration.ofSeconds(30));
        metrics.flush();
        metrics.flush();
        metrics.set("lag", 7.5);
        clock.advance(Duration.ofMinutes(1));
        metrics.flush();

        assertThat(values("test-counts"))
                .containsOnly(
                        Map.entry("10:00 pages", 5.0),
                        Map.entry("10:00 alerts", 0.0),
                        Map.entry("10:01 pages", 0.0),
                        Map.entry("10:01 alerts", 0.0),
                        Map.entry("10:01 lag", 7.5));
    }

    @Test
    void aMinuteThatCouldNotBeWrittenIsWrittenLater() throws IOException {
        try (TestRelay relay = new TestRelay(TestIndex.uri());
                Indices far = TestIndex.sharedThrough(relay, Duration.ofMillis(200))) {
            Metrics metrics = new Metrics(far, TERMS, clock, "test-cut", List.of("pages"));
            metrics.add("pages", 4);
            relay.cut();
            clock.advance(Duration.ofMinutes(1));
            assertThatThrownBy(metrics::flush).isInstanceOf(IndexUnavailable.class);
            metrics.add("pages", 1);
            relay.mend();
            metrics.flush();
            clock.advance(Duration.ofMinutes(1));
            metrics.flush();
        }

        assertThat(values("test-cut")).containsOnly(Map.entry("10:00 pages", 4.0), Map.entry("10:01 pages", 1.0));
    }

    @Test
    void anActIsAuditedWithWhoWhatWhenAndWhy() {
        Audit audit = new Audit(indices, TERMS, clock);

        audit.record("A. Analyst", "export", "subject-1", Optional.of("for the prosecutor"), Optional.of("3 items"));
        audit.record("A. Analyst", "export", "subject-1", Optional.empty(), Optional.empty());
        audit.record("B. Reviewer", "export", "subject-1", Optional.empty(), Optional.empty());

        List<ObjectNode> entries = audits("subject-1");
        assertThat(entries).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.path("at").asText()).isEqualTo(clock.instant().toString());
            assertThat(entry.at("/retention/class").asText()).isEqualTo("record");
        });
        assertThat(new TreeSet<>(entries.stream()
                        .map(entry -> entry.path("why").asText())
                        .toList()))
                .containsExactly("", "for the prosecutor");
    }

    @Test
    void aTermUnderADayIsRefused() {
        assertThatThrownBy(() -> new Retention.Terms(90, 180, 0, 10, 10, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retention");
    }

    private Map<String, Double> values(String part) {
        Map<String, Double> values = new TreeMap<>();
        found(Room.METRICS, "part", part)
                .forEach(document -> values.put(
                        document.path("minute").asText().substring(11, 16) + " "
                                + document.path("name").asText(),
                        document.path("value").asDouble()));
        return values;
    }

    private List<ObjectNode> audits(String subject) {
        return found(Room.AUDIT, "subject", subject);
    }

    private List<ObjectNode> found(Room room, String field, String value) {
        indices.refresh(room);
        return indices
                .search(room, search -> search.size(100)
                        .query(Query.of(q -> q.term(t -> t.field(field).value(value)))))
                .stream()
                .map(Stored::document)
                .toList();
    }
}
