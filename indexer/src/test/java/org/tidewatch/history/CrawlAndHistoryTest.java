package org.tidewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.Filing;
import org.tidewatch.filing.FoldedTwins;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.index.Indices;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.novelty.Alert;
import org.tidewatch.review.Decision;
import org.tidewatch.review.Review;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

/**
 * Crawl and history at the same time, as several processes have them, on a real index. How often the race is run:
 * {@code -Dtidewatch.race.times=100}; on how many items all work at once: {@code -Dtidewatch.race.items=1000}; where its
 * random numbers begin: {@code -Dtidewatch.race.seed=...}.
 */
class CrawlAndHistoryTest {

    private static final int TIMES = Integer.getInteger("tidewatch.race.times", 10);
    private static final long SEED = Long.getLong("tidewatch.race.seed", System.nanoTime());
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int ITEMS = 60;
    /** One item in so many is filed long after it was matched; prime to the share of items that match. */
    private static final int LATE = 7;

    private static final int MANY = Integer.getInteger("tidewatch.race.items", 300);
    private static final int CRAWLERS = 4;

    private final Clock clock =
            Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), Instant.parse("2026-11-24T10:00:00Z")));
    private final Indices indices = TestIndex.open();
    private final ExecutorService threads = Executors.newFixedThreadPool(CRAWLERS + 2);
    private TestWorld world;

    @BeforeEach
    void open() {
        world = new TestWorld(indices, clock);
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        world.close();
        indices.close();
    }

    /**
     * Four crawlers in two processes file items and see some of them again; at a moment of its own choosing somebody
     * applies a search; runs over history go on all the while. One of the processes hears of the search only because it
     * asks after it has written. Some items are matched before the search is applied, and filed after its run is done.
     */
    @Test
    void aSearchThatIsAppliedWhileTheCrawlRunsMissesNothingAndAlertsOnNothingTwice() throws Exception {
        System.out.println("Race of crawl and history: " + TIMES + " times, seed " + SEED);
        Random random = new Random(SEED);
        List<TestWorld.Worker> workers = List.of(world.worker(), world.heedlessWorker());
        History history = world.history();
        for (int time = 0; time < TIMES; time++) {
            race(time, random.nextInt(ITEMS), workers, history);
        }
    }

    private void race(int time, int moment, List<TestWorld.Worker> workers, History history) throws Exception {
        String word = "falcon" + time;
        SavedSearch search = TestSearch.approved("race-" + time, "text:" + word);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(TestItem.at("https://host-" + i % 6 + "-" + time + ".example/t/" + i)
                    .text(i % 3 == 0 ? "Tea at " + i : "The " + word + " rises at " + i)
                    .fetched(clock.instant())
                    .build());
        }
        List<Filing.Matched> underWay = new ArrayList<>();
        for (int i = 0; i < ITEMS; i += LATE) {
            underWay.add(workers.get(i / LATE % workers.size()).match(items.get(i)));
        }
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean crawled = new AtomicBoolean();
        List<Future<?>> work = new ArrayList<>();
        for (int c = 0; c < CRAWLERS; c++) {
            TestWorld.Worker worker = workers.get(c % workers.size());
            work.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < ITEMS; i = next.getAndIncrement()) {
                    if (i % LATE != 0) {
                        worker.file(items.get(i));
                    }
                    if (i % 5 == 0 && i / 2 % LATE != 0) {
                        worker.file(items.get(i / 2));
                    }
                }
            }));
        }
        Future<Long> applying = threads.submit(() -> {
            await().pollInterval(Duration.ofMillis(1)).atMost(LONG).until(() -> next.get() >= moment);
            return world.apply(search);
        });
        Future<?> running = threads.submit(() -> {
            while (!crawled.get()) {
                history.pass(() -> true);
            }
        });
        for (Future<?> one : work) {
            one.get();
        }
        long revision = applying.get();
        await().atMost(LONG)
                .until(() -> world.run(revision).flatMap(HistoryRun::finishedAt).isPresent());
        for (int i = 0; i < underWay.size(); i++) {
            workers.get(i % workers.size()).file(List.of(underWay.get(i)));
        }
        crawled.set(true);
        running.get();
        history.pass(() -> true);

        assertThat(world.run(revision)).as("run " + time).hasValueSatisfying(run -> assertThat(run.finishedAt())
                .isPresent());
        Map<String, MatchRecord> records = world.records(search);
        Map<String, List<Alert>> alerts = world.alerts(search);
        for (int i = 0; i < ITEMS; i++) {
            Item item = items.get(i);
            String what = "item " + i + " of race " + time + ", search applied at item " + moment;
            if (i % 3 == 0) {
                assertThat(alerts).as(what).doesNotContainKey(item.id());
            } else {
                assertThat(world.standing(item).matches().search()).as(what).containsExactly(search.id());
                assertThat(records).as(what).containsKey(item.id());
                assertThat(records.get(item.id()).endedAt()).as(what).isEmpty();
                assertThat(alerts.getOrDefault(item.id(), List.of())).as(what).hasSize(1);
            }
        }
    }

    /** All items change as they are crawled, while history goes over what they said before and people decide. */
    @Test
    void crawlAndHistoryAndPeopleWorkOnTheSameItemsAndOverwriteNothing() throws Exception {
        SavedSearch falcons = TestSearch.approved("falcons", "text:falcon");
        SavedSearch banners = TestSearch.approved("banners", "text:banners");
        TestWorld.Worker worker = world.worker();
        Instant first = clock.instant();
        List<Item> before = new ArrayList<>();
        List<Item> after = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            before.add(many(i, "harbour/forum", first)
                    .text(i % 2 == 0 ? "A falcon rises at " + i : "Tea at " + i)
                    .build());
            after.add(many(i, "harbour/board", first.plusSeconds(60))
                    .text(i % 3 == 0 ? "Banners at " + i : i % 3 == 1 ? "Still a falcon at " + i : "Nothing at " + i)
                    .build());
        }
        crawl(before, List.of(worker));
        world.put(falcons);
        world.put(banners);
        long revision = world.applyAll();
        Review review = new Review(indices, Retention.Terms.DEFAULT, clock);
        List<Callable<Void>> others = new ArrayList<>();
        others.add(() -> {
            world.history().pass(() -> true);
            return null;
        });
        others.add(() -> {
            for (int i = 0; i < MANY; i += 20) {
                review.decide(
                        review.find(before.get(i).id()).get(0),
                        Decision.Verdict.DISMISSED,
                        "B. Reviewer",
                        "Number " + i);
            }
            return null;
        });
        List<Future<Void>> running = new ArrayList<>();
        others.forEach(one -> running.add(threads.submit(one)));
        crawl(after, List.of(worker, world.worker()));
        for (Future<Void> one : running) {
            one.get();
        }

        Map<String, MatchRecord> falconRecords = world.records(falcons);
        Map<String, MatchRecord> bannerRecords = world.records(banners);
        for (int i = 0; i < MANY; i++) {
            Item item = after.get(i);
            String what = "item " + i;
            ObjectNode document = world.stored(item).document();
            StoredItem standing = world.standing(item);
            List<String> expected = i % 3 == 0 ? List.of("banners") : i % 3 == 1 ? List.of("falcons") : List.of();
            assertThat(document.path("text").asText()).as(what).isEqualTo(item.text());
            assertThat(document.path("seeds"))
                    .as(what)
                    .extracting(seed -> seed.asText())
                    .containsExactly("harbour/board", "harbour/forum");
            ObjectNode twins = document.deepCopy();
            FoldedTwins.write(twins);
            assertThat(document).as(what).isEqualTo(twins);
            assertThat(standing.version()).as(what).isEqualTo(2);
            assertThat(standing.firstSeenAt()).as(what).isEqualTo(first);
            assertThat(standing.lastSeenAt()).as(what).isEqualTo(item.fetchedAt());
            assertThat(standing.matchedRevision()).as(what).isEqualTo(revision);
            assertThat(standing.matches().search()).as(what).isEqualTo(expected);
            assertThat(standing.review().map(StoredItem.Review::why))
                    .as(what)
                    .isEqualTo(i % 20 == 0 ? Optional.of("Number " + i) : Optional.empty());
            assertThat(isOpen(falconRecords, item)).as(what).isEqualTo(expected.contains("falcons"));
            assertThat(isOpen(bannerRecords, item)).as(what).isEqualTo(expected.contains("banners"));
        }
        assertThat(world.alerts(falcons))
                .allSatisfy((item, alerts) -> assertThat(passages(alerts)).doesNotHaveDuplicates());
        assertThat(world.alerts(banners)).hasSize((MANY + 2) / 3).allSatisfy((item, alerts) -> assertThat(alerts)
                .hasSize(1));
    }

    private static List<String> passages(List<Alert> alerts) {
        return alerts.stream().flatMap(alert -> alert.fingerprints().stream()).toList();
    }

    private static boolean isOpen(Map<String, MatchRecord> records, Item item) {
        return Optional.ofNullable(records.get(item.id()))
                .filter(record -> record.endedAt().isEmpty())
                .isPresent();
    }

    private static TestItem many(int number, String seed, Instant at) {
        return TestItem.at("https://host-" + number % 20 + ".example/many/" + number)
                .seeds(seed)
                .fetched(at);
    }

    private void crawl(List<Item> items, List<TestWorld.Worker> workers) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> work = new ArrayList<>();
        for (int c = 0; c < CRAWLERS; c++) {
            TestWorld.Worker worker = workers.get(c % workers.size());
            work.add(threads.submit(() -> {
                for (int i = next.getAndAdd(10); i < items.size(); i = next.getAndAdd(10)) {
                    worker.file(items.subList(i, Math.min(items.size(), i + 10)).toArray(Item[]::new));
                }
            }));
        }
        for (Future<?> one : work) {
            one.get();
        }
    }
}
