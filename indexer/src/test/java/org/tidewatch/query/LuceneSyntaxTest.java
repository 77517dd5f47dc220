package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;

/** What is read, and what is refused with which words. That what is read finds the right items is tested with the server. */
class LuceneSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text:Falcon                       | text:falcon",
                "text:\"Purple FALCON\"            | text:\"purple falcon\"",
                "text:\"purple falcon\"~3          | text:\"purple falcon\"~3",
                "text:Falc*                        | text:falc*",
                "text:f?lc*n                       | text:f?lc*n",
                "text:falcon~1                     | text:falcon~1",
                "text:cat~                         | text:cat~1",
                "text:falcon~                      | text:falcon~2",
                "text:/fal[ck]on/                  | text:/fal[ck]on/",
                "text:(a AND b)                    | +text:a +text:b",
                "text:a NOT text:b                 | text:a -text:b",
                "text:a AND (NOT text:b)           | +text:a +(-text:b +*:*)",
                "text:a^2                          | (text:a)^2.0",
                "platform:Forum                    | platform:Forum",
                "tags:\"Harbour Watch\"            | tags:Harbour Watch",
                "has_media:true                    | has_media:true",
                "language:>=ru                     | language:[ru TO *]",
                "published_at:1970-01-01           | published_at:[0 TO 86399999]",
                "published_at:[1970-01-02 TO *}    | published_at:[86400000 TO 9223372036854775807]",
                "published_at:<1970-01-02          | published_at:[-9223372036854775808 TO 86399999]",
                "published_at:>1970-01-01          | published_at:[86400000 TO 9223372036854775807]",
                "published_at:{1970-01-01T00:00:00Z TO 1970-01-01T00:00:01Z} | published_at:[1 TO 999]"
            })
    void readsWhatAnAnalystTypes(String query, String read) throws QueryRefused {
        assertThat(LuceneSyntax.parse(query)).hasToString(read);
    }

    @Test
    void aBareTermSearchesTheDefaultFieldsEachInItsOwnWay() throws QueryRefused {
        assertThat(LuceneSyntax.parse("Falcon"))
                .hasToString("title:falcon text:falcon quoted:falcon author.name:falcon author.handle:Falcon");
    }

    @ParameterizedTest
    @CsvSource({
        "texts:falcon, texts, did you mean text?, 0",
        "text:a AND handle:x, handle, did you mean author.handle?, 11",
        "text:a AND pubished_at:2026-01-01, pubished_at, did you mean published_at?, 11",
        "colour:purple, colour, kibana/README.md, 0",
        "context OR tex:falcon, tex, did you mean text?, 11"
    })
    void anUnknownFieldIsRefusedWithTheNearestOneAndItsPlace(String query, String field, String hint, int place) {
        QueryRefused refused = refused(query);

        assertThat(refused).hasMessageContaining("no field \"" + field + "\"").hasMessageContaining(hint);
        assertThat(refused.position()).isEqualTo(place);
    }

    @Test
    void aFieldThatIsWrittenAfterMatchingCannotBeAskedFor() {
        for (String field : List.of("candidate:true", "matches.search:slogan", "review.state:confirmed", "version:2")) {
            assertThat(refused("text:falcon AND " + field))
                    .as(field)
                    .hasMessageContaining("written once an item has been matched");
        }
    }

    @Test
    void theCaretStandsUnderThePlace() {
        String query = "text:falcon\nAND colour:purple";
        List<String> lines = refused(query).withCaret(query).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("    AND colour:purple");
        assertThat(lines.get(2)).isEqualTo("    " + " ".repeat("AND ".length()) + "^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text:(falcon AND front      | the end | 22",
                "text:falcon)                | )       | 11",
                "falcon AND                  | the end | 10",
                "AND falcon                  | A       | 0",
                "text:[a TO                  | the end | 10"
            })
    void brokenSyntaxIsRefusedWithItsPlace(String query, String found, int place) {
        QueryRefused refused = refused(query);

        assertThat(refused).hasMessageContaining(found).hasMessageContaining("character " + (place + 1));
        assertThat(refused.position()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"purple falcon",
                "text:/falcon",
                "http://paste.example/x",
                "text:falcon~1~2",
                "text:::falcon",
                "{",
                "^",
                "\\"
            })
    void whatIsNotTheSyntaxIsRefusedInWords(String query) {
        assertThat(refused(query).getMessage())
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT falcon",
                "-falcon",
                "-text:falcon -text:front",
                "(NOT falcon) OR (NOT front)",
                "falcon OR (NOT front)",
                "(NOT falcon) AND (NOT front)",
                "*:* AND NOT falcon",
                "(-falcon)^2"
            })
    void whatOnlySaysWhatNotToMatchIsRefused(String query) {
        assertThat(refused(query)).hasMessageContaining("all but a few");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*:*", "*", "text:*", "text:**", "falcon OR *:*", "(*:*)^3", "title:* AND text:*"})
    void whatMatchesEverythingIsRefused(String query) {
        assertThat(refused(query)).hasMessageContaining("matches every item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"falcon AND text:*", "falcon NOT front", "falcon AND NOT (front OR *flag)", "author.handle:*"})
    void whatLooksForSomethingIsNot(String query) {
        assertThatCode(() -> LuceneSyntax.parse(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void anEmptyQueryIsRefused(String query) {
        assertThat(refused(query)).hasMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "text:\"...\"", "text:\"—\""})
    void aQueryOfNothingButMarksIsRefused(String query) {
        assertThat(refused(query).getMessage()).isNotBlank();
    }

    @Test
    void moreThanAThousandClausesAreRefusedHoweverTheyAreNested() throws QueryRefused {
        String some = String.join(" OR ", Collections.nCopies(600, "text:a"));
        LuceneSyntax.parse(some);

        assertThat(refused("(" + some + ") AND (" + some + ")")).hasMessageContaining("More than 1000 clauses");
        assertThat(refused(String.join(" ", Collections.nCopies(250, "falcon"))))
                .hasMessageContaining("More than 1000 clauses")
                .hasMessageContaining("author.handle");
        assertThat(refused(String.join(" OR ", Collections.nCopies(5_000, "text:a"))))
                .hasMessageContaining("More than 1000 clauses");
    }

    @Test
    void bracketsWithoutEndAreRefusedAndDoNotExhaustTheStack() {
        assertThat(refused("(".repeat(100_000) + "falcon")).hasMessageContaining("brackets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text:/(a{1,900}b{1,900}){1,900}/", "text:/fal[con/", "text:/(falcon/"})
    void aRegularExpressionThatCannotBeIsRefused(String query) {
        assertThat(refused(query).getMessage()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "published_at:yesterday, yesterday",
        "published_at:[now-1d TO now], now-1d",
        "published_at:2026-13-01, 2026-13-01",
        "has_media:maybe, maybe"
    })
    void aValueThatTheFieldDoesNotTakeIsRefusedWithWhatItTakes(String query, String value) {
        QueryRefused refused = refused(query);

        assertThat(refused).hasMessageContaining("\"" + value + "\"");
        assertThat(refused.position()).isEqualTo(query.indexOf(value));
    }

    @Test
    void everySearchOfTheSampleIsRead() throws IOException {
        Path folder = Path.of("../app/sample/searches");
        List<Problem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> queries = files.flatMap(file -> YamlFile.read(file, problems).stream())
                    .map(map -> map.required("query"))
                    .toList();
            assertThat(queries).hasSizeGreaterThanOrEqualTo(8);
            assertThat(problems).isEmpty();
            assertThat(queries).allSatisfy(query -> assertThatCode(() -> LuceneSyntax.parse(query))
                    .doesNotThrowAnyException());
        }
    }

    private static QueryRefused refused(String query) {
        QueryRefused refused = catchThrowableOfType(QueryRefused.class, () -> LuceneSyntax.parse(query));
        assertThat(refused).as("what becomes of %.80s", query).isNotNull();
        return refused;
    }
}
