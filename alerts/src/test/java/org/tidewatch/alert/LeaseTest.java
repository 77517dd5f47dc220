package org.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidewatch.delivery.EmptyIndex;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.TestClock;

class LeaseTest {

    private final Indices indices = EmptyIndex.open();
    private final TestClock clock = TestClock.at("2026-01-05T10:00:00Z");

    @Test
    void oneHoldsItUntilItsTermEnds() {
        Lease one = lease("one");
        Lease two = lease("two");
        assertThat(one.take()).isTrue();
        assertThat(two.take()).isFalse();
        clock.advance(Duration.ofSeconds(20));
        assertThat(one.ours()).isFalse();
        assertThat(two.take()).isTrue();
        assertThat(one.take()).isFalse();
    }

    @Test
    void aHolderThatRenewsKeepsIt() {
        Lease one = lease("one");
        for (int i = 0; i < 10; i++) {
            assertThat(one.take()).isTrue();
            clock.advance(Duration.ofSeconds(12));
            assertThat(lease("two").take()).isFalse();
        }
    }

    @Test
    void whatIsGivenBackIsFreeAtOnce() {
        Lease one = lease("one");
        one.take("sent 3");
        one.close();
        assertThat(lease("two").take()).isTrue();
        one.close();
        assertThat(lease("three").take()).isFalse();
    }

    @Test
    void theHolderAndItsWordCanBeReadByAnybody() {
        assertThat(Lease.holder(indices, "job")).isEmpty();
        Lease one = lease("one");
        one.take("sent 3");
        clock.advance(Duration.ofSeconds(12));
        one.take();
        assertThat(Lease.holder(indices, "job"))
                .contains(new Lease.Holder(
                        "job",
                        "one",
                        clock.instant().plus(Duration.ofSeconds(20)),
                        clock.instant(),
                        Optional.of("sent 3")));
    }

    @Test
    void ofManyThatAskAtTheSameMomentOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> takers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Lease lease = lease("owner " + i);
                takers.add(lease::take);
            }
            int winners = 0;
            for (Future<Boolean> taken : threads.invokeAll(takers)) {
                winners += taken.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Lease lease(String owner) {
        return new Lease(indices, clock, "job", owner, Duration.ofSeconds(20));
    }
}
