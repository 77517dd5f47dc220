package org.tidewatch.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.TestCrawl;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.novelty.Alert;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

class TrialTest {

    private static final Trial.Span NOVEMBER =
            new Trial.Span(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

    private static Indices indices;

    @BeforeAll
    static void file() throws Exception {
        indices = TestIndex.open();
        TestCrawl crawl = new TestCrawl(indices, TestClock.at("2026-11-24T10:00:00Z"), 1);
        crawl.file(
                item("one.example", "2026-11-20T10:00:00Z", "The purple falcon rises over the harbour."),
                item("two.example", "2026-11-21T10:00:00Z", "The purple falcon rises over the harbour."),
                item("one.example/b", "2026-11-22T10:00:00Z", "A p u r p l e falcon was seen again."),
                item("one.example/c", "2026-10-22T10:00:00Z", "The purple falcon of last month."),
                item("three.example", "2026-11-22T11:00:00Z", "Nothing but gulls."));
    }

    @AfterAll
    static void close() throws Exception {
        indices.close();
    }

    private static Item item(String place, String fetched, String text) {
        return TestItem.at("https://" + place)
                .text(text)
                .fetched(Instant.parse(fetched))
                .build();
    }

    private TrialReport run(String query) throws QueryRefused {
        return new Trial(indices).run(TestSearch.proposed("falcon", query), NOVEMBER, 10);
    }

    @Test
    void countsWhatItWouldHaveFoundByDayHostAndLanguageWithCopiesOnce() throws Exception {
        TrialReport report = run("\"purple falcon\"");

        assertThat(report.items()).isEqualTo(4);
        assertThat(report.totals().hits()).isEqualTo(2);
        assertThat(report.totals().copies()).isEqualTo(1);
        assertThat(report.totals().days())
                .isEqualTo(Map.of(LocalDate.parse("2026-11-20"), 1, LocalDate.parse("2026-11-22"), 1));
        assertThat(report.totals().hosts()).isEqualTo(Map.of("one.example", 2));
        assertThat(report.totals().languages()).isEqualTo(Map.of("en", 2));
    }

    @Test
    void samplesCarryTheirReasonsAndTheAlertsTheyWouldMake() throws Exception {
        TrialReport report = run("\"purple falcon\"");

        assertThat(report.samples())
                .extracting(sample -> sample.match().reasons().get(0).excerpt())
                .anySatisfy(excerpt -> assertThat(excerpt).contains("⟦purple falcon⟧"))
                .anySatisfy(excerpt -> assertThat(excerpt).contains("⟦p u r p l e falcon⟧"));
        assertThat(report.alerts()).extracting(Alert::host).containsExactly("one.example", "one.example");
    }

    @Test
    void writesNothing() throws Exception {
        run("falcon");

        indices.refresh(Room.MATCHES);
        assertThat(indices.search(Room.MATCHES, search -> search.size(1))).isEmpty();
        assertThat(indices.search(Room.FLAGGED, search -> search.size(1))).isEmpty();
        assertThat(indices.search(Room.ALERTS, search -> search.size(1))).isEmpty();
    }

    @Test
    void nowIsTheTimeOfEachItem() throws Exception {
        SavedSearch fresh = TestSearch.proposed("fresh", "falcon AND fetched_at:[now-1h TO now]");

        assertThat(new Trial(indices).run(fresh, NOVEMBER, 10).totals().hits()).isEqualTo(2);
    }

    @Test
    void aQueryThatCannotStandIsRefused() {
        assertThatThrownBy(() -> run("falcon AND (")).isInstanceOf(QueryRefused.class);
    }
}
