package org.tidewatch.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

class SearchYamlTest {

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");

    private SavedSearch reread(SavedSearch search) throws Exception {
        Path file = folder.resolve(search.id() + ".yaml");
        Files.writeString(file, SearchYaml.of(search), StandardCharsets.UTF_8);
        SearchFiles files = SearchFiles.read(file, clock);
        assertThat(files.problems()).as(SearchYaml.of(search)).isEmpty();
        return files.searches().get(0);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameDefinition() throws Exception {
        SavedSearch plain = TestSearch.approved("slogan", "text:falcon");
        assertThat(reread(plain)).isEqualTo(plain);
        for (String query : List.of(
                "text:(\"yes\" OR no)",
                "text:falcon\n  OR text:eagle\nOR text:\"it's: # no comment\"",
                "text:\u0635\u0642\u0631 OR text:\u200bfalcon",
                "text:2026",
                "text:/fal(con|kon)/ AND NOT text:x\\:y")) {
            SavedSearch search = TestSearch.approved("slogan", query);
            assertThat(reread(search)).isEqualTo(search);
        }
    }

    @Test
    void everyKeyComesBackAsItWas() throws Exception {
        SavedSearch whole = new SavedSearch(
                "whole",
                "yes: 'a title' # with signs",
                new Question(
                        Question.Language.KUERY,
                        "text: falcon",
                        List.of(),
                        Question.Form.EXACT,
                        List.of("news.example"),
                        List.of("harbour/forum")),
                4,
                "2026-01-01",
                "null",
                "~",
                List.of("duty-desk"),
                MailSchedule.NONE,
                java.time.LocalDate.parse("2030-01-01"),
                SavedSearch.State.DISABLED,
                Optional.of("A. Analyst"),
                Optional.empty(),
                new Examples(
                        nodes("[\"a falcon\", {\"text\": \"falcon\", \"tags\": [\"a\"]}]"), nodes("[\"a sparrow\"]")));
        assertThat(reread(whole)).isEqualTo(whole);
        assertThat(SearchYaml.of(whole)).contains("review_by: 2030-01-01\n");
    }

    @Test
    void valuesOfEveryShapeInFiltersComeBackAsTheyWere() throws Exception {
        SavedSearch search = TestSearch.asking(
                TestSearch.approved("slogan", "text:falcon"),
                new Question(
                        Question.Language.LUCENE,
                        "text:falcon",
                        nodes(
                                "[{\"meta\":{\"negate\":false,\"disabled\":true,\"alias\":null,\"key\":\"yes\"},"
                                        + "\"query\":{\"match_phrase\":{\"language\":\"no\"}},"
                                        + "\"n\":[1,-2,12345678901,1.5,1.0E10,\"007\",\"1_0\",\"0x1F\",\"2026-01-01\",\"\",\" x \"]}]"),
                        Question.Form.FOLDED,
                        List.of(),
                        List.of()));
        Path file = folder.resolve("slogan.yaml");
        Files.writeString(file, SearchYaml.of(search), StandardCharsets.UTF_8);
        assertThat(org.tidewatch.yaml.YamlFile.read(file, new java.util.ArrayList<>())
                        .orElseThrow()
                        .entries("filters"))
                .extracting(entry -> entry.value())
                .isEqualTo(search.question().filters());
    }

    private static List<JsonNode> nodes(String json) {
        return StreamSupport.stream(Json.parse(json, JsonNode.class).spliterator(), false)
                .toList();
    }
}
