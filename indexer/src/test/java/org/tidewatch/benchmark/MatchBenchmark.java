package org.tidewatch.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidewatch.item.Item;
import org.tidewatch.match.Cost;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.search.SearchSet;

/**
 * How long one item takes against so many saved searches, on one thread, from text to reasons: analysis, folding, matching.
 * Not part of the build: {@code mvn -pl server,indexer test -Dtest=MatchBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class MatchBenchmark {

    private static final int PAGES = 400;
    private static final int ROUNDS = 6;

    @ParameterizedTest
    @CsvSource({
        "REALISTIC, 1000",
        "REALISTIC, 10000",
        "REALISTIC, 100000",
        "NOISY, 1000",
        "NOISY, 10000",
        "FUZZY, 1000",
        "FUZZY, 10000"
    })
    void timeOfOneItem(Searches.Kind kind, int searches) {
        List<Tongue> tongues = Pages.tongues(new Random(1));
        SearchSet set = Searches.set(kind, searches, tongues, new Random(2));
        long before = used();
        long start = cpu();
        Matcher matcher = new Matcher(set);
        long loaded = cpu() - start;
        long held = used() - before;
        assertThat(matcher.unreadable()).isEmpty();
        Pages pages = new Pages(tongues, new Random(3));
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            items.add(pages.page(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            matcher.takeCosts();
            long[] times = new long[PAGES];
            long matches = 0;
            for (int i = 0; i < PAGES; i++) {
                long begun = cpu();
                Matching matching = matcher.match(items.get(i));
                times[i] = cpu() - begun;
                assertThat(matching.failures()).isEmpty();
                matches += matching.matches().size();
            }
            Arrays.sort(times);
            long tried = matcher.takeCosts().stream().mapToLong(Cost::tried).sum();
            System.out.printf(
                    Locale.ROOT,
                    "%s %d searches, round %d: median %.3f ms, p99 %.3f ms; %.2f matches and %.0f searches tried an item;"
                            + " loaded in %.1f s, %d MB, %d run on every item%n",
                    kind,
                    searches,
                    round,
                    times[PAGES / 2] / 1e6,
                    times[PAGES * 99 / 100] / 1e6,
                    (double) matches / PAGES,
                    (double) tried / PAGES,
                    loaded / 1e9,
                    held >> 20,
                    matcher.runOnEveryItem().size());
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
