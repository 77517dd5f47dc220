package org.tidewatch.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.keeping.Metrics;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.SearchMetrics;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;
import org.tidewatch.search.TestSearch;

class SearchHealthTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final Indices indices = TestIndex.shared();
    /** A time of its own for each test: they share one index. */
    private final Instant until =
            Instant.parse("2021-01-08T10:00:00Z").plus(Duration.ofDays(30L * TESTS.getAndIncrement()));

    private final TestClock clock = TestClock.at(until.minus(Duration.ofDays(4)).toString());
    private final SearchStore store = new SearchStore(indices, Retention.Terms.DEFAULT, clock);

    @BeforeEach
    void clear() {
        TestSearch.clear(indices);
    }

    private SearchHealth.Report overTheWeek() {
        indices.refresh(Room.METRICS);
        return new SearchHealth(indices, store).over(WEEK, until);
    }

    private SearchMetrics part(String part) {
        return new SearchMetrics(indices, Retention.Terms.DEFAULT, clock, part);
    }

    private void matched(int items) {
        Metrics metrics = new Metrics(indices, Retention.Terms.DEFAULT, clock, "filing-1", List.of("items"));
        metrics.add("items", items);
        clock.advance(Duration.ofMinutes(1));
        metrics.flush();
    }

    private static List<String> ids(SearchHealth.Report report, Predicate<SearchHealth.Figures> which) {
        return report.figures().stream()
                .filter(which)
                .map(figures -> figures.search().id())
                .toList();
    }

    @Test
    void figuresAreSumsOverAllPartsAndHours() {
        store.apply(List.of(TestSearch.approved("slogan", "text:falcon")), "searches/");
        for (String name : List.of("matching-a", "matching-b")) {
            SearchMetrics metrics = part(name);
            metrics.add("slogan", 2, 1, Duration.ofMillis(5));
            metrics.flush(List.of("slogan"));
        }
        clock.advance(Duration.ofHours(1));
        SearchMetrics metrics = part("matching-c");
        metrics.add("slogan", 1, 0, Duration.ofMillis(1));
        metrics.flush(List.of("slogan"));

        assertThat(overTheWeek().figures()).singleElement().satisfies(figures -> {
            assertThat(figures.fires()).isEqualTo(5);
            assertThat(figures.errors()).isEqualTo(2);
            assertThat(figures.millis()).isEqualTo(11.0);
            assertThat(figures.hours()).isEqualTo(2);
        });
    }

    @Test
    void namesSearchesThatNeverFireAndThoseThatFireOnNearlyEverything() {
        store.apply(
                List.of(
                        TestSearch.approved("silent", "text:gull"),
                        TestSearch.approved("noisy", "text:the"),
                        TestSearch.approved("useful", "text:falcon"),
                        TestSearch.approved("fresh", "text:tern"),
                        TestSearch.proposed("waiting", "text:swan")),
                "searches/");
        matched(100);
        SearchMetrics metrics = part("matching-a");
        metrics.add("noisy", 20, 0, Duration.ofMillis(9));
        metrics.add("useful", 19, 0, Duration.ofMillis(9));
        clock.advance(Duration.ofHours(1));
        metrics.flush(List.of("silent", "noisy", "useful"));

        SearchHealth.Report report = overTheWeek();

        assertThat(report.items()).isEqualTo(100);
        assertThat(ids(report, SearchHealth.Figures::neverFires)).containsExactly("silent");
        assertThat(ids(report, report::nearlyAlwaysFires)).containsExactly("noisy");
        assertThat(ids(report, figures -> figures.hours() == 0))
                .as("not in force for an hour yet, so nothing is known")
                .containsExactly("fresh", "waiting");
    }

    @Test
    void whatIsOlderThanTheSpanDoesNotCount() {
        store.apply(List.of(TestSearch.approved("slogan", "text:falcon")), "searches/");
        TestClock earlier =
                TestClock.at(until.minus(WEEK).minus(Duration.ofHours(1)).toString());
        SearchMetrics metrics = new SearchMetrics(indices, Retention.Terms.DEFAULT, earlier, "matching-a");
        metrics.add("slogan", 2, 0, Duration.ofMillis(5));
        metrics.flush(List.of("slogan"));

        assertThat(overTheWeek().figures()).singleElement().satisfies(figures -> assertThat(figures.fires())
                .isZero());
    }

    @Test
    void namesSearchesPastReview() {
        LocalDate day = LocalDate.ofInstant(until, ZoneOffset.UTC);
        SavedSearch past = reviewedBy("past", day.minusDays(1));
        SavedSearch today = reviewedBy("today", day);
        store.apply(List.of(past, today), "searches/");

        SearchHealth.Report report = overTheWeek();

        assertThat(ids(report, report::isPastReview)).containsExactly("past");
    }

    private static SavedSearch reviewedBy(String id, LocalDate day) {
        return TestSearch.reviewedBy(TestSearch.approved(id, "text:falcon"), day.toString());
    }

    @Test
    void moreSearchesThanOnePageOfFiguresAreAllThere() {
        List<SavedSearch> many = new ArrayList<>();
        IntStream.range(0, 1_200).forEach(i -> many.add(TestSearch.approved("search-" + i, "text:falcon" + i)));
        store.apply(many, "searches/");
        SearchMetrics metrics = part("matching-a");
        many.forEach(search -> metrics.add(search.id(), 1, 0, Duration.ofMillis(1)));
        metrics.flush(List.of());

        assertThat(overTheWeek().figures()).hasSize(1_200).allSatisfy(figures -> assertThat(figures.fires())
                .isEqualTo(1));
    }
}
