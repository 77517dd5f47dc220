package org.tidewatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.TestRelay;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.Consent;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.SearchStore;
import org.tidewatch.search.TestSearch;

/** A matcher and a set of searches that changes under it, on a real index. */
class LiveMatcherTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Item EAGLE = TestItem.page("https://forum.example/", "An eagle");
    private static final SavedSearch FALCON = TestSearch.approved("slogan", "text:falcon");
    private static final SavedSearch BOTH = TestSearch.approved("slogan", "text:falcon OR text:eagle");

    private static Indices indices;
    private static SearchStore store;

    @BeforeAll
    static void open() {
        indices = TestIndex.open();
        store = store(indices);
        store.apply(List.of(FALCON), "searches/");
    }

    @AfterAll
    static void close() throws IOException {
        indices.close();
    }

    @Test
    void matchesNothingBeforeAnySetWasRead() {
        try (LiveMatcher matcher = new LiveMatcher(store)) {
            assertThat(matcher.ready()).isFalse();
            assertThatThrownBy(() -> matcher.match(EAGLE)).isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void aChangeIsSeenByItself() {
        store.apply(List.of(FALCON), "searches/");
        try (LiveMatcher matcher = new LiveMatcher(store)) {
            matcher.start();
            await().atMost(LONG).until(matcher::ready);
            assertThat(matcher.match(EAGLE).matches()).isEmpty();

            long revision = store.apply(List.of(BOTH), "searches/").revision();

            await().atMost(LONG).until(() -> matcher.revision() == revision);
            assertThat(matcher.match(EAGLE).matches()).singleElement().satisfies(match -> {
                assertThat(match.search()).isEqualTo(BOTH);
                assertThat(match.versioned().history().revision()).isEqualTo(revision);
            });
        }
    }

    @Test
    void whoAsksWhetherItIsUpToDateGetsTheNewSetAtOnce() {
        store.apply(List.of(FALCON), "searches/");
        try (LiveMatcher matcher = new LiveMatcher(store)) {
            matcher.follow();
            long revision = store.apply(List.of(BOTH), "searches/").revision();

            assertThat(matcher.upToDate()).isEqualTo(revision);
            assertThat(matcher.match(EAGLE).revision()).isEqualTo(revision);
        }
    }

    @Test
    void theOldSetKeepsMatchingWhileTheNewOneLoads() throws Exception {
        store.apply(List.of(FALCON), "searches/");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayLoad = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        try (LiveMatcher matcher = new LiveMatcher(store, (before, set) -> {
            if (slow.get()) {
                loading.countDown();
                awaitQuietly(mayLoad);
            }
            return new Matcher(set);
        })) {
            matcher.follow();
            long former = matcher.revision();
            slow.set(true);
            long revision = store.apply(List.of(BOTH), "searches/").revision();
            matcher.start();
            loading.await();

            assertThat(matcher.match(EAGLE).revision()).isEqualTo(former);
            mayLoad.countDown();

            await().atMost(LONG).until(() -> matcher.match(EAGLE).revision() == revision);
        }
    }

    @Test
    void aSetThatCannotBeLoadedLeavesTheLastGoodOneInForceAndIsReported() {
        store.apply(List.of(FALCON), "searches/");
        AtomicBoolean broken = new AtomicBoolean();
        try (LiveMatcher matcher = new LiveMatcher(store, (before, set) -> compile(set, broken.get()))) {
            matcher.follow();
            long former = matcher.revision();
            broken.set(true);
            long revision = store.apply(List.of(BOTH), "searches/").revision();

            assertThat(matcher.upToDate()).isEqualTo(former);
            assertThat(matcher.match(EAGLE).revision()).isEqualTo(former);
            assertThat(matcher.trouble())
                    .hasValueSatisfying(trouble ->
                            assertThat(trouble).contains("revision " + revision).contains("a test breaks it"));

            broken.set(false);
            matcher.follow();
            assertThat(matcher.revision()).isEqualTo(revision);
            assertThat(matcher.trouble()).isEmpty();
        }
    }

    @Test
    void goesOnWithWhatItHasWhileTheIndexCannotBeReachedAndSaysSoToWhoMustKnow() throws IOException {
        try (TestRelay relay = new TestRelay(TestIndex.uri());
                Indices far = TestIndex.through(indices, relay, Duration.ofMillis(200));
                LiveMatcher matcher = new LiveMatcher(store(far))) {
            matcher.follow();
            long revision = matcher.revision();
            relay.cut();

            matcher.follow();
            assertThat(matcher.match(EAGLE).revision()).isEqualTo(revision);
            assertThatThrownBy(matcher::upToDate).isInstanceOf(IndexUnavailable.class);

            relay.mend();
            assertThat(matcher.upToDate()).isEqualTo(revision);
        }
    }

    @Test
    void nobodyWhoMatchesNoticesThatSetsComeAndGo() throws Exception {
        store.apply(List.of(FALCON), "searches/");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicBoolean done = new AtomicBoolean();
        try (LiveMatcher matcher = new LiveMatcher(store)) {
            matcher.follow();
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                work.add(() -> {
                    int matched = 0;
                    while (!done.get()) {
                        assertThat(matcher.match(EAGLE).failures()).isEmpty();
                        matched++;
                    }
                    return matched;
                });
            }
            work.add(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        store.apply(List.of(i % 2 == 0 ? BOTH : FALCON), "searches/");
                        matcher.follow();
                    }
                    return 10;
                } finally {
                    done.set(true);
                }
            });

            for (Future<Integer> worker : threads.invokeAll(work)) {
                assertThat(worker.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Matcher compile(SearchSet set, boolean broken) {
        if (broken) {
            throw new IllegalArgumentException("a test breaks it");
        }
        return new Matcher(set);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SearchStore store(Indices indices) {
        return new SearchStore(
                indices, Retention.Terms.DEFAULT, TestClock.at("2026-11-24T10:00:00Z"), new Consent(false));
    }
}
