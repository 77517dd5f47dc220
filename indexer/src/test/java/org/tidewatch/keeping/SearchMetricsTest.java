package org.tidewatch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;

class SearchMetricsTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:20:00Z");
    private final String part = "matching-" + TESTS.incrementAndGet();
    private final SearchMetrics metrics = new SearchMetrics(indices, Retention.Terms.DEFAULT, clock, part);

    @Test
    void countsOfTheHourAreThereSoonAndGrow() {
        metrics.add("slogan", 1, 0, Duration.ofMillis(1));
        metrics.flush(List.of("slogan", "silent"));
        metrics.add("slogan", 1, 1, Duration.ofMillis(2));
        metrics.flush(List.of("slogan", "silent"));

        assertThat(written()).singleElement().satisfies(document -> {
            assertThat(document.path("search").asText()).isEqualTo("slogan");
            assertThat(document.path("minute").asText()).isEqualTo("2026-11-24T10:00:00Z");
            assertThat(document.path("fires").asLong()).isEqualTo(2);
            assertThat(document.path("errors").asLong()).isEqualTo(1);
            assertThat(document.path("millis").asDouble()).isEqualTo(3.0);
        });
    }

    @Test
    void aSearchThatNeverFiredHasAZeroForEveryHour() {
        metrics.add("slogan", 1, 0, Duration.ZERO);
        clock.advance(Duration.ofHours(1));
        metrics.flush(List.of("slogan", "silent"));
        clock.advance(Duration.ofHours(1));
        metrics.flush(List.of("slogan", "silent"));

        assertThat(written())
                .extracting(document -> document.path("search").asText() + " "
                        + document.path("minute").asText().substring(11, 13) + "h "
                        + document.path("fires").asLong())
                .containsExactlyInAnyOrder("slogan 10h 1", "silent 10h 0", "slogan 11h 0", "silent 11h 0");
    }

    private List<ObjectNode> written() {
        indices.refresh(Room.METRICS);
        return indices
                .search(
                        Room.METRICS,
                        search -> search.query(q -> q.term(t -> t.field("part").value(part))))
                .stream()
                .map(stored -> stored.document())
                .toList();
    }
}
