package org.tidewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.Found;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.Write;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

/** Runs over history on a real index. Every test has words, searches and hosts of its own. */
class HistoryTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private static Indices indices;
    private static final TestClock CLOCK = TestClock.at("2026-11-24T10:00:00Z");

    private final String word = "falcon" + TESTS.incrementAndGet();
    private final SavedSearch search = TestSearch.approved("search-" + word, "text:" + word);
    private TestWorld world;
    private TestWorld.Worker worker;

    @BeforeAll
    static void openIndices() {
        indices = TestIndex.open();
    }

    @AfterAll
    static void closeIndices() throws IOException {
        indices.close();
    }

    @BeforeEach
    void open() {
        CLOCK.advance(Duration.ofMinutes(1));
        world = new TestWorld(indices, CLOCK);
        worker = world.worker();
        world.history().pass(() -> true);
        CLOCK.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void aNewSearchFindsWhatWasThereBeforeItAndLeavesTheRestAlone() {
        List<Item> items = file(5, "The " + word + " rises");
        Item other = item("other", "Tea at five");
        worker.file(other);
        long before = world.standing(other).matchedRevision();

        long revision = world.apply(search);
        world.history().pass(() -> true);

        assertThat(items).allSatisfy(item -> {
            assertThat(world.standing(item).matches().search()).containsExactly(search.id());
            assertThat(world.standing(item).matchedRevision()).isEqualTo(revision);
        });
        assertThat(world.standing(other).matchedRevision()).isEqualTo(before);
        assertThat(world.records(search).values())
                .hasSize(5)
                .extracting(MatchRecord::found)
                .containsOnly(Found.HISTORY);
        assertThat(world.alerts(search)).hasSize(5);
        assertThat(world.run(revision)).hasValueSatisfying(run -> {
            assertThat(run.finishedAt()).isPresent();
            assertThat(run.names()).contains(search.id());
            assertThat(run.total()).isEqualTo(5);
            assertThat(run.done()).isEqualTo(5);
            assertThat(run.found()).isEqualTo(5);
            assertThat(run.alerts()).isEqualTo(5);
        });
    }

    @Test
    void aRunThatIsKilledGoesOnWhereItWasAndDoublesNothing() {
        List<Item> items = file(160, "The " + word + " rises");
        long revision = world.apply(search);
        AtomicInteger pages = new AtomicInteger();

        world.history().pass(() -> pages.incrementAndGet() <= 2);
        HistoryRun broken = world.run(revision).orElseThrow();
        assertThat(broken.finishedAt()).isEmpty();
        assertThat(broken.done()).isEqualTo(100);
        assertThat(broken.place()).isPresent();
        CLOCK.advance(Duration.ofMinutes(1));
        world.history().pass(() -> true);

        HistoryRun whole = world.run(revision).orElseThrow();
        assertThat(whole.startedAt()).isEqualTo(broken.startedAt());
        assertThat(whole.finishedAt()).isPresent();
        assertThat(whole.done()).isEqualTo(160);
        assertThat(whole.found()).isEqualTo(160);
        assertThat(world.records(search)).hasSize(160);
        assertThat(world.alerts(search)).hasSize(160).allSatisfy((item, alerts) -> assertThat(alerts)
                .hasSize(1));
        assertThat(items)
                .allSatisfy(item -> assertThat(world.standing(item).candidate()).isTrue());
    }

    @Test
    void aRunThatIsKilledBeforeTheSearchesChangeAgainGoesOnForAllOfThem() {
        file(60, "The " + word + " rises with banners");
        SavedSearch second = TestSearch.approved("second-" + word, "text:" + word + " AND text:banners");
        long first = world.apply(search);
        AtomicInteger pages = new AtomicInteger();
        world.history().pass(() -> pages.incrementAndGet() <= 1);
        CLOCK.advance(Duration.ofMinutes(1));

        long later = world.apply(second);
        world.history().pass(() -> true);

        assertThat(world.records(search)).hasSize(60);
        assertThat(world.records(second)).hasSize(60);
        assertThat(world.run(first)).isEqualTo(world.run(later)).hasValueSatisfying(run -> assertThat(run.finishedAt())
                .isPresent());
        assertThat(world.alerts(search))
                .allSatisfy((item, alerts) -> assertThat(alerts).hasSize(1));
    }

    @Test
    void whatAQuietRunFindsIsACandidateAndAlertsNobody() {
        List<Item> items = file(3, "The " + word + " rises");
        world.apply(search, true, true);

        world.history().pass(() -> true);

        assertThat(items)
                .allSatisfy(item -> assertThat(world.standing(item).candidate()).isTrue());
        assertThat(world.records(search)).hasSize(3);
        assertThat(world.alerts(search)).isEmpty();
    }

    @Test
    void aSearchThatIsNotToRunOverHistoryMeetsOldItemsWhenTheyAreCrawledAgain() {
        List<Item> items = file(2, "The " + word + " rises");
        world.apply(search, false, false);

        world.history().pass(() -> true);
        assertThat(world.records(search)).isEmpty();

        worker.file(items.get(0));
        assertThat(world.records(search).values()).singleElement().satisfies(record -> assertThat(record.found())
                .isEqualTo(Found.HISTORY));
    }

    @Test
    void matchesOfASearchThatIsEditedSoThatItNoLongerMatchesEndAndItsNewOnesBegin() {
        List<Item> items = file(3, "The " + word + " rises");
        Item eagle = item("eagle", "The eagle" + word + " rises");
        worker.file(eagle);
        world.apply(search);
        world.history().pass(() -> true);
        CLOCK.advance(Duration.ofMinutes(1));

        world.apply(TestSearch.approved(search.id(), "text:eagle" + word));
        world.history().pass(() -> true);

        assertThat(world.records(search)).hasSize(4);
        assertThat(items).allSatisfy(item -> {
            assertThat(world.records(search).get(item.id()).endedAt()).contains(CLOCK.instant());
            assertThat(world.standing(item).matches().search()).isEmpty();
        });
        assertThat(world.records(search).get(eagle.id()).endedAt()).isEmpty();
        assertThat(world.standing(eagle).matches().search()).containsExactly(search.id());
    }

    @Test
    void aSearchThatIsSwitchedOffEndsItsMatchesAndOnceOnAgainAlertsOnlyOnWhatItHasMissed() {
        List<Item> items = file(3, "The " + word + " rises");
        world.apply(search);
        world.history().pass(() -> true);
        CLOCK.advance(Duration.ofMinutes(1));

        world.remove(search);
        world.history().pass(() -> true);
        assertThat(world.records(search).values()).hasSize(3).allSatisfy(record -> assertThat(record.endedAt())
                .isPresent());
        Item missed = item("missed", "Another " + word + " lands");
        world.worker().file(missed);
        assertThat(world.alerts(search)).doesNotContainKey(missed.id());

        world.apply(search);
        world.history().pass(() -> true);
        assertThat(world.records(search).values()).hasSize(4).allSatisfy(record -> assertThat(record.endedAt())
                .isEmpty());
        assertThat(world.alerts(search)).hasSize(4).allSatisfy((item, alerts) -> assertThat(alerts)
                .hasSize(1));
        assertThat(items)
                .allSatisfy(item -> assertThat(world.standing(item).version()).isEqualTo(1));
    }

    @Test
    void aProposedSearchAlertsOnHistoryOnceItIsApproved() {
        file(2, "The " + word + " rises");
        world.apply(TestSearch.proposed(search.id(), "text:" + word));
        world.history().pass(() -> true);
        assertThat(world.records(search).values()).hasSize(2).allSatisfy(record -> assertThat(record.approved())
                .isFalse());
        assertThat(world.alerts(search)).isEmpty();

        world.apply(search);
        world.history().pass(() -> true);

        assertThat(world.records(search).values())
                .allSatisfy(record -> assertThat(record.approved()).isTrue());
        assertThat(world.alerts(search)).hasSize(2);
    }

    @Test
    void aRecordThatACrashHasLeftWithoutItsItemEndsWithTheRun() {
        Item item = file(1, "The " + word + " rises").get(0);
        world.apply(search);
        world.history().pass(() -> true);
        worker = world.worker();
        worker.file(TestItem.at(item.page().value())
                .text("Tea at five")
                .fetched(CLOCK.instant())
                .build());
        indices.refresh(Room.MATCHES);
        indices.merge(Room.MATCHES, onlyRecord(), document -> {
            document.remove("ended_at");
            return document;
        });

        world.apply(TestSearch.approved(search.id(), "text:" + word + " OR text:eagle" + word));
        world.history().pass(() -> true);

        assertThat(world.records(search).values()).singleElement().satisfies(record -> assertThat(record.endedAt())
                .isPresent());
    }

    @Test
    void anItemThatIsLeftBehindAllTheSameIsFoundByTheNextCheck() {
        Item item = file(1, "The " + word + " rises").get(0);
        world.apply(search);
        History history = world.history();
        history.pass(() -> true);
        indices.merge(Room.ITEMS, item.id(), document -> document.put("matched_revision", 0));

        history.pass(() -> true);

        assertThat(world.standing(item).matchedRevision()).isPositive();
    }

    @Test
    void anItemThatCannotBeReadDoesNotStopTheRun() {
        List<Item> items = file(2, "The " + word + " rises");
        indices.merge(Room.ITEMS, items.get(0).id(), document -> {
            document.remove("matches");
            return document;
        });
        long revision = world.apply(search);

        world.history().pass(() -> true);

        assertThat(world.run(revision)).hasValueSatisfying(run -> {
            assertThat(run.finishedAt()).isPresent();
            assertThat(run.failed()).isEqualTo(1);
        });
        assertThat(world.records(search)).containsOnlyKeys(items.get(1).id());
        indices.writeAll(List.of(new Write.Delete(Room.ITEMS, items.get(0).id(), Optional.empty())));
    }

    @Test
    void manySearchesRunTogetherAlsoWhereTheServerTakesOnlyFewerAtATime() {
        List<Item> items = file(3, "The " + word + " rises");
        List<SavedSearch> many = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            many.add(TestSearch.approved("many-" + i + "-" + word, "text:" + word));
        }
        many.forEach(world::put);
        long revision = world.applyAll();

        world.history(one -> clauses(one.id().startsWith("many-5-") ? 12_000 : 150))
                .pass(() -> true);

        assertThat(world.run(revision)).hasValueSatisfying(run -> {
            assertThat(run.searches()).isEqualTo(70);
            assertThat(run.finishedAt()).isPresent();
        });
        assertThat(items)
                .allSatisfy(item ->
                        assertThat(world.standing(item).matches().search()).hasSize(70));
        many.forEach(world::drop);
        world.applyAll();
    }

    /** A query with this many clauses that finds the test's items; the test's server takes some thousands. */
    private Query clauses(int number) {
        List<Query> any = new ArrayList<>();
        any.add(Query.of(q -> q.term(t -> t.field("text").value(word))));
        for (int i = 1; i < number; i++) {
            String none = "none" + i;
            any.add(Query.of(q -> q.prefix(p -> p.field("text").value(none))));
        }
        return Query.of(q -> q.bool(b -> b.should(any)));
    }

    private String onlyRecord() {
        return indices.search(
                        Room.MATCHES,
                        request ->
                                request.query(q -> q.term(t -> t.field("search").value(search.id()))))
                .get(0)
                .id();
    }

    /** Files items with a text each of its own, so that each passage is news. */
    private List<Item> file(int count, String text) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item("host-" + i % 7, text + ", for the time of number " + i, "/t/" + i));
        }
        for (int from = 0; from < count; from += 20) {
            worker.file(items.subList(from, Math.min(count, from + 20)).toArray(Item[]::new));
        }
        return items;
    }

    private Item item(String host, String text) {
        return item(host, text, "/");
    }

    private Item item(String host, String text, String path) {
        return TestItem.at("https://" + host + "-" + word + ".example" + path)
                .text(text)
                .fetched(CLOCK.instant())
                .build();
    }
}
