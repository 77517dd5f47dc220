package org.tidewatch.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidewatch.index.Indices;
import org.tidewatch.index.TestIndex;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.search.Consent;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.SearchStore;
import org.tidewatch.search.TestSearch;

/**
 * How long it takes until a set of searches, and then a change of one of them, is in force in a matcher, through a real
 * index. Not part of the build; {@code -Dsizes} names how many searches.
 */
class SearchSetBenchmark {

    private static final int CHANGES = 5;

    static IntStream sizes() {
        return Arrays.stream(System.getProperty("sizes", "1000,10000,100000").split(","))
                .mapToInt(Integer::parseInt);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void fromApplyToForce(int size) throws Exception {
        SearchSet set = Searches.set(Searches.Kind.REALISTIC, size, Pages.tongues(new Random(1)), new Random(2));
        List<SavedSearch> searches = new ArrayList<>();
        set.searches().forEach(versioned -> searches.add(versioned.search()));
        try (Indices indices = TestIndex.open()) {
            SearchStore store =
                    new SearchStore(indices, Retention.Terms.DEFAULT, Clock.systemUTC(), new Consent(false));
            long start = System.nanoTime();
            store.apply(searches, "benchmark");
            print(size, "applied for the first time", start);
            start = System.nanoTime();
            store.apply(searches, "benchmark");
            print(size, "applied again, nothing changed", start);
            try (LiveMatcher matcher = new LiveMatcher(store)) {
                start = System.nanoTime();
                matcher.follow();
                print(size, "read and loaded", start);
                assertThat(matcher.set().searches()).hasSize(size);
                for (int change = 0; change < CHANGES; change++) {
                    searches.set(
                            change, TestSearch.approved(searches.get(change).id(), "text:changed" + change));
                    start = System.nanoTime();
                    long revision = store.apply(searches, "benchmark").revision();
                    print(size, "one changed, applied", start);
                    start = System.nanoTime();
                    assertThat(matcher.upToDate()).isEqualTo(revision);
                    print(size, "one changed, taken up by the matcher", start);
                }
            }
        }
    }

    private static void print(int size, String what, long start) {
        System.out.printf(Locale.ROOT, "# %d searches: %s: %.2f s%n", size, what, (System.nanoTime() - start) / 1e9);
    }
}
