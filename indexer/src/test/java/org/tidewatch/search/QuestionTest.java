package org.tidewatch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.index.Json;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Parsed;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Question.Language;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;

/** Which questions can stand as saved searches, and what is said of those that can. */
class QuestionTest {

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
                "(-falcon)^2",
                "*:*",
                "*",
                "text:*",
                "text:**",
                "text:[* TO *]",
                "fetched_at:[* TO *]",
                "_exists_:host",
                "falcon OR *:*",
                "(*:*)^3",
                "title:* AND text:*",
                "falcon OR (NOT falcon)"
            })
    void whatMatchesEverythingOrAllButAFewIsRefused(String query) {
        assertThat(refused(Language.LUCENE, query)).hasMessageContaining("matches every item, or all but a few");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not falcon",
                "not text: falcon and not title: front",
                "falcon or not front",
                "not (falcon and front)",
                "*: *",
                "*",
                "text: *",
                "text: (not falcon)",
                "falcon or text: *",
                "not nosuch: x",
                "falcon or not falcon"
            })
    void soItIsInKql(String query) {
        assertThat(refused(Language.KUERY, query)).hasMessageContaining("matches every item, or all but a few");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "falcon AND text:*",
                "falcon NOT front",
                "falcon AND NOT (front OR *flag)",
                "author.handle:*",
                "NOT (NOT falcon)"
            })
    void whatLooksForSomethingIsNot(String query) {
        assertThatCode(() -> Question.of(Language.LUCENE, query).read(Fields.ofItems()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "\u00a0"})
    void anEmptyQueryIsRefusedUnlessAFilterAsksForSomething(String query) throws QueryRefused {
        for (Language language : Language.values()) {
            assertThat(refused(language, query)).hasMessageContaining("matches every");
            Question filtered = new Question(
                    language,
                    query,
                    filters("{'match_phrase':{'tags':'demo'}}"),
                    Question.Form.EXACT,
                    List.of(),
                    List.of());
            assertThat(filtered.read(Fields.ofItems()).clause()).isEqualTo(new Clause.Value("tags", "demo"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text: !!!                              | no word is left",
                "text: \"...\"                          | no word is left",
                "texts: falcon                          | did you mean text?",
                "author.handel: a and text: falcon      | did you mean author.handle?",
                "pubished_at > 2026-01-01               | did you mean published_at?",
                "colour: purple                         | docs/searches.md",
                "author: mara                           | author.handle or author.name",
                "text: falcon and not text: falcon      | exclude each other"
            })
    void whatCanMatchNothingIsRefusedWithTheLikelyReason(String query, String reason) {
        assertThat(refused(Language.KUERY, query))
                .hasMessageContaining("can match no item")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "texts:falcon, text?, 0",
        "text:a AND handle:x, author.handle?, 11",
        "text:a AND pubished_at:2026-01-01, published_at?, 11"
    })
    void theCaretStandsUnderAMisspeltField(String query, String suggestion, int place) {
        QueryRefused refused = refused(Language.LUCENE, query);

        assertThat(refused).hasMessageContaining("did you mean " + suggestion);
        assertThat(refused.position()).isEqualTo(place);
    }

    @Test
    void aMisspeltFieldBesideAnotherConditionIsRemarkedUpon() throws QueryRefused {
        assertThat(read(Language.LUCENE, "context OR tex:falcon").remarks()).anySatisfy(remark -> {
            assertThat(remark.message()).contains("did you mean text?");
            assertThat(remark.position()).isEqualTo(11);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"candidate:true", "matches.search:slogan", "review.state:confirmed", "version:2"})
    void whatIsWrittenAfterMatchingCannotBeAskedFor(String condition) {
        assertThat(refused(Language.LUCENE, "text:falcon AND " + condition))
                .hasMessageContaining("written once an item has been matched");
        assertThat(refused(Language.KUERY, "text: falcon and " + condition).position())
                .isEqualTo("text: falcon and ".length());
    }

    @Test
    void clausesOfQueryAndFiltersAreCountedTogether() throws QueryRefused {
        String some = IntStream.range(0, 600).mapToObj(i -> "text:a" + i).collect(Collectors.joining(" OR "));
        read(Language.LUCENE, some);
        Question both = new Question(
                Language.LUCENE,
                some,
                filters("{'query_string':{'query':'" + some.replace("text", "title") + "'}}"),
                Question.Form.FOLDED,
                List.of(),
                List.of());

        assertThat(catchThrowableOfType(QueryRefused.class, () -> both.read(Fields.ofItems())))
                .hasMessageContaining("More than 1000 clauses");
        assertThat(refused(Language.LUCENE, String.join(" ", Collections.nCopies(250, "falcon"))))
                .hasMessageContaining("author.handle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text:*flag            | *flag runs on every document      | 5",
                "text:falcon~          | falcon~ runs on every document    | 5",
                "text:/fa.*n/          | /fa.*n/ runs on every document    | 5",
                "text:fa*              | fewer than 3 letters              | 5",
                "falcon AND text:F?lc* | f?lc* begins with fewer than 3    | 16",
                "text:\u202efalcon     | U+202E (RIGHT-TO-LEFT OVERRIDE)   | 5",
                "text:fal\u200bcon     | U+200B (ZERO WIDTH SPACE)         | 8",
                "falcon and front      | operators are written AND, OR     | 0",
                "a OR b AND c          | Group with brackets               | -1"
            })
    void whatCostsMuchOrDoesNotShowIsRemarkedUpon(String query, String message, int place) throws QueryRefused {
        assertThat(read(Language.LUCENE, query).remarks()).anySatisfy(remark -> {
            assertThat(remark.message()).contains(message);
            assertThat(remark.position()).isEqualTo(place);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text:falc*",
                "text:fal*con",
                "text:/falc.n/",
                "text:/(purple )?falcon.*/",
                "text:falcon~0",
                "text:\"می\u200cشود\"",
                "text:falcon AND NOT text:front"
            })
    void whatCostsLittleIsNot(String query) throws QueryRefused {
        assertThat(read(Language.LUCENE, query).remarks()).isEmpty();
    }

    @Test
    void moreThanTwentyPatternsForEveryDocumentAreRefused() throws QueryRefused {
        String twenty = IntStream.range(0, 20).mapToObj(i -> "text:*flag" + i).collect(Collectors.joining(" OR "));
        read(Language.LUCENE, twenty);

        assertThat(refused(Language.LUCENE, twenty + " OR text:*banner"))
                .hasMessageContaining("21 patterns have to be tried on every item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text:/(a{1,900}b{1,900}){1,900}/", "text:/fal[con/", "text:/(falcon/", "text:/(){1,99999999}/"})
    void aRegularExpressionThatCannotBeRunIsRefused(String query) {
        assertThat(refused(Language.LUCENE, query).getMessage())
                .contains("egular expression")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text:(falcon AND front | the end | 22",
                "text:falcon)           | )       | 11",
                "falcon AND             | the end | 10",
                "AND falcon             | A       | 0",
                "text:[a TO             | the end | 10",
                "text:falcon~3          | ~1 or ~2 | 5",
                "\"purple falcon        | the end | 14"
            })
    void brokenLuceneSyntaxIsRefusedWithItsPlace(String query, String found, int place) {
        QueryRefused refused = refused(Language.LUCENE, query);

        assertThat(refused).hasMessageContaining(found);
        assertThat(refused.position()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text:/falcon", "http://paste.example/x", "text:falcon~1~2", "text:::falcon", "{", "^", "\\"})
    void whatIsNotTheSyntaxIsRefusedInWords(String query) {
        assertThat(refused(Language.LUCENE, query).getMessage())
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("null");
    }

    @Test
    void bracketsAreBoundedAndThoseInQuotesAreNotCounted() throws QueryRefused {
        assertThat(refused(Language.LUCENE, "(".repeat(1_000) + "falcon")).hasMessageContaining("20 brackets");
        assertThat(refused(Language.LUCENE, "(".repeat(40_000) + "falcon").position())
                .isEqualTo(20);
        read(Language.LUCENE, "falcon AND tags:\"" + "(".repeat(30) + "\" AND tags:" + "\\(".repeat(30));
    }

    @Test
    void theCaretStandsUnderThePlace() {
        String query = "text:falcon\nAND colour:purple";
        List<String> lines =
                refused(Language.LUCENE, query).withCaret(query).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("    AND colour:purple");
        assertThat(lines.get(2)).isEqualTo("    " + " ".repeat("AND ".length()) + "^");
    }

    @Test
    void aHostIsLeftOutWithItsSubdomains() throws QueryRefused {
        Question question = new Question(
                Language.KUERY, "falcon", List.of(), Question.Form.FOLDED, List.of("Press.example"), List.of());

        assertThat(((Clause.All) question.read(Fields.ofItems()).clause()).clauses())
                .contains(new Clause.Not(new Clause.Any(List.of(
                        new Clause.Value("host", "press.example"), new Clause.Wildcard("host", "*.press.example")))));
    }

    @Test
    void aSeedIsLeftOutOnlyWhereItIsTheOnlyOne() throws QueryRefused {
        Question question = new Question(
                Language.KUERY, "text: falcon", List.of(), Question.Form.FOLDED, List.of(), List.of("b", "a"));

        assertThat(((Clause.All) question.read(Fields.ofItems()).clause()).clauses())
                .containsExactly(
                        new Clause.Words("text", "falcon", List.of("falcon"), 0),
                        new Clause.Any(List.of(
                                new Clause.Not(new Clause.Any(
                                        List.of(new Clause.Value("seeds", "a"), new Clause.Value("seeds", "b")))),
                                new Clause.Any(List.of(
                                        between(Optional.empty(), Optional.of("a")),
                                        between(Optional.of("a"), Optional.of("b")),
                                        between(Optional.of("b"), Optional.empty()))))));
    }

    private static Clause between(Optional<String> low, Optional<String> high) {
        return new Clause.Between("seeds", low, false, high, false);
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
            assertThat(queries).allSatisfy(query -> assertThatCode(() -> read(Language.LUCENE, query))
                    .doesNotThrowAnyException());
        }
    }

    private static List<JsonNode> filters(String query) {
        return List.of(Json.parse("{\"query\":" + query.replace('\'', '"') + "}", JsonNode.class));
    }

    private static Parsed read(Language language, String query) throws QueryRefused {
        return Question.of(language, query).read(Fields.ofItems());
    }

    private static QueryRefused refused(Language language, String query) {
        QueryRefused refused = catchThrowableOfType(QueryRefused.class, () -> read(language, query));
        assertThat(refused).as("what becomes of %.80s", query).isNotNull();
        return refused;
    }
}
