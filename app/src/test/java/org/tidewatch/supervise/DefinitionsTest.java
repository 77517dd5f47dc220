package org.tidewatch.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.config.Configuration;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.index.Indices;
import org.tidewatch.index.TestIndex;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;

class DefinitionsTest {

    @TempDir
    private Path home;

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private Path searches;
    private Indices indices;
    private SearchStore store;
    private Definitions definitions;

    @BeforeEach
    void open() throws IOException {
        searches = Files.createDirectories(home.resolve("kibana/searches"));
        Files.createDirectories(home.resolve("seeds/lists"));
        indices = TestIndex.open();
        store = new SearchStore(indices, Retention.Terms.DEFAULT, clock);
        Configuration.Read read = Configuration.read(home, home.resolve("none.yaml"), Map.of());
        definitions = new Definitions(
                ((Configuration.Good) read).configuration(),
                indices,
                new Frontier(indices, Retention.Terms.DEFAULT, clock, 1_000),
                clock);
    }

    @AfterEach
    void close() throws IOException {
        indices.close();
    }

    private void write(String id, String query, String reviewBy) throws IOException {
        Files.writeString(
                searches.resolve(id + ".yaml"),
                String.format(Locale.ROOT, """
                        {id: %s, title: t, language: lucene, query: '%s', tier: 2, purpose: p, basis: b, owner: o,
                        recipients: [duty-desk], review_by: %s, state: active, proposed_by: A, approved_by: B}
                        """, id, query, reviewBy),
                StandardCharsets.UTF_8);
    }

    @Test
    void whatChangesInTheFilesTakesForceAndABadFileLeavesItsSearchAsItWas() throws Exception {
        write("slogan", "text:falcon", "2027-01-01");
        write("meeting", "text:dawn", "2027-01-01");
        assertThat(definitions.changed()).isTrue();
        Definitions.Applied first = definitions.apply();
        assertThat(first.active()).isEqualTo(2);
        assertThat(first.changes()).containsExactly("searches added: meeting, slogan");
        assertThat(definitions.changed()).isFalse();

        write("slogan", "text:(falcon", "2027-01-01");
        Files.delete(searches.resolve("meeting.yaml"));
        assertThat(definitions.changed()).isTrue();
        Definitions.Applied second = definitions.apply();
        assertThat(second.problems()).hasSize(1);
        assertThat(second.changes()).containsExactly("searches disabled: meeting");
        KeptSearch slogan = store.kept("slogan").orElseThrow();
        assertThat(slogan.definition().question().query()).isEqualTo("text:falcon");
        assertThat(slogan.entry().problem()).isPresent();
        assertThat(store.load().searches()).hasSize(1);
    }

    @Test
    void aNewDayIsReasonEnoughToLookWhoseReviewHasRunOut() throws Exception {
        write("slogan", "text:falcon", "2026-11-24");
        definitions.apply();
        clock.advance(Duration.ofDays(30));
        assertThat(definitions.changed()).isTrue();
        assertThat(definitions.apply().changes()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(definitions.changed()).isTrue();
        Definitions.Applied lapsed = definitions.apply();
        assertThat(lapsed.changes()).containsExactly("searches that stand otherwise: slogan");
        assertThat(lapsed.proposed()).isEqualTo(1);
        assertThat(lapsed.warnings()).singleElement().asString().contains("review_by: this day has passed");
        assertThat(store.load().searches())
                .extracting(versioned -> versioned.search().state())
                .containsExactly(SavedSearch.State.PROPOSED);
    }
}
