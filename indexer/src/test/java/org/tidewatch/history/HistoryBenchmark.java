package org.tidewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

/**
 * How many items a second a run over history looks at, through a real index. Not part of the build; {@code -Ditems} says
 * how many there are.
 */
class HistoryBenchmark {

    private static final int ITEMS = Integer.getInteger("items", 10_000);
    private static final int PAGE = 50;
    private static final String FILLER = "tide harbour lantern meadow copper ".repeat(60);

    @Test
    void run() throws Exception {
        Clock clock = Clock.systemUTC();
        try (Indices indices = TestIndex.open();
                TestWorld world = new TestWorld(indices, clock)) {
            TestWorld.Worker worker = world.worker();
            long start = System.nanoTime();
            for (int page = 0; page < ITEMS / PAGE; page++) {
                int first = page * PAGE;
                worker.file(IntStream.range(first, first + PAGE)
                        .mapToObj(HistoryBenchmark::item)
                        .toArray(Item[]::new));
            }
            print("filed by one crawler", ITEMS, start);
            History history = world.history();
            history.pass(() -> true);
            search(world, history, TestSearch.approved("rare", "text:every1000"), ITEMS / 1_000);
            search(world, history, TestSearch.approved("common", "text:every10"), ITEMS / 10);
            search(world, history, TestSearch.approved("all", "text:every1 AND text:harbour"), ITEMS);
        }
    }

    private static void search(TestWorld world, History history, SavedSearch search, int matching) {
        world.apply(search);
        long start = System.nanoTime();
        history.pass(() -> true);
        print("run of a search that matches " + matching + " of " + ITEMS, matching, start);
        assertThat(world.records(search)).hasSize(matching);
    }

    private static Item item(int number) {
        StringBuilder text = new StringBuilder(FILLER);
        for (int every = 1; every <= 1_000 && number % every == 0; every *= 10) {
            text.append(" every").append(every);
        }
        return TestItem.at("https://host-" + number % 20 + ".example/t/" + number)
                .text(text.append(" number ").append(number).toString())
                .build();
    }

    private static void print(String what, int items, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "# %s: %.1f s, %.0f items/s%n", what, seconds, items / seconds);
    }
}
