package org.tidewatch.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.yaml.Problem;

class SearchFilesTest {

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");

    private static String definition(String id, String query, String more) {
        return "id: " + id + "\ntitle: t\nlanguage: lucene\nquery: '" + query
                + "'\ntier: 2\npurpose: p\nbasis: b\nowner: o@unit.example\nreview_by: 2030-01-01\n" + more;
    }

    private void write(String id, String query, String more) throws Exception {
        file(id + ".yaml", definition(id, query, more));
    }

    private void file(String name, String content) throws Exception {
        Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }

    private SearchFiles read() {
        return SearchFiles.read(folder, clock);
    }

    private List<String> problems() {
        return read().problems().stream().map(Problem::toString).toList();
    }

    private SavedSearch only() {
        SearchFiles files = read();
        assertThat(files.problems()).isEmpty();
        assertThat(files.searches()).hasSize(1);
        return files.searches().get(0);
    }

    @Test
    void aSearchThatDoesNotParseIsNamedWithACaretAndTheOthersAreRead() throws Exception {
        write("bad", "text:(falcon", "");
        write("good", "text:falcon", "");
        SearchFiles files = read();
        assertThat(files.searches()).extracting(SavedSearch::id).containsExactly("good");
        assertThat(files.problems())
                .singleElement()
                .asString()
                .contains("bad.yaml:4: query: ")
                .contains("text:(falcon")
                .contains("^");
        assertThat(files.refused()).containsOnlyKeys("bad");
        assertThat(files.unsound()).containsExactly("bad.yaml");
        assertThat(files.complete()).isTrue();
    }

    @Test
    void everyKeyIsRead() throws Exception {
        file("whole.yaml", """
                id: whole
                title: Whole
                language: kql
                query: 'text: falcon'
                match: exact
                except_hosts: [News.Example, bücher.example]
                except_seeds: [harbour/forum]
                tier: 3
                purpose: p
                entity: Purple Falcon Front
                owner: o
                recipients: [duty-desk, night-desk]
                mail: digest
                review_by: 2030-01-01
                state: active
                proposed_by: A. Analyst
                approved_by: B. Reviewer
                examples:
                  match:
                    - a falcon
                    - {title: On birds, text: falcon, host: other.example, language: en, published_at: 2026-01-01}
                  no_match: [a sparrow]
                """);
        SavedSearch search = only();
        assertThat(search.question())
                .isEqualTo(new Question(
                        Question.Language.KUERY,
                        "text: falcon",
                        List.of(),
                        Question.Form.EXACT,
                        List.of("news.example", "xn--bcher-kva.example"),
                        List.of("harbour/forum")));
        assertThat(search.basis()).isEqualTo("Purple Falcon Front");
        assertThat(search.recipients()).containsExactly("duty-desk", "night-desk");
        assertThat(search.mail()).isEqualTo(MailSchedule.DIGEST);
        assertThat(search.reviewBy()).isEqualTo(LocalDate.parse("2030-01-01"));
        assertThat(search.state()).isEqualTo(SavedSearch.State.ACTIVE);
        assertThat(search.examples().match()).hasSize(2);
        assertThat(search.examples().match().get(1))
                .isEqualTo(Json.parse(
                        "{\"title\":\"On birds\",\"text\":\"falcon\",\"host\":\"other.example\",\"language\":\"en\","
                                + "\"published_at\":\"2026-01-01\"}",
                        JsonNode.class));
    }

    @Test
    void whatIsLeftOutIsFoldedByTierAndProposed() throws Exception {
        write("plain", "text:falcon", "");
        SavedSearch search = only();
        assertThat(search.question().form()).isEqualTo(Question.Form.FOLDED);
        assertThat(search.mail()).isEqualTo(MailSchedule.BY_TIER);
        assertThat(search.state()).isEqualTo(SavedSearch.State.PROPOSED);
    }

    @Test
    void everyMistakeIsNamedWithItsKey() throws Exception {
        write("unknown", "nosuchfield:x", "");
        write("colourful", "text:x", "colour: red\n");
        write("alone", "text:x", "state: active\nproposed_by: A\napproved_by: a\n");
        write("address", "text:x", "recipients: [duty@unit.example]\n");
        write("both", "text:x", "entity: Purple Falcon Front\n");
        write("hosts", "text:x", "except_hosts: ['https://a.example/']\nexcept_seeds: [forum]\n");
        write("filters", "text:x", "filters: {a: b}\n");
        write("words", "text:x", "mail: sometimes\nmatch: nearly\nstate: approved\n");
        file("empty.yaml", "");
        assertThat(read().searches()).isEmpty();
        assertThat(problems())
                .anyMatch(line -> line.contains("unknown.yaml:4: query") && line.contains("nosuchfield"))
                .anyMatch(line -> line.contains("colourful.yaml:10: colour: unknown key"))
                .anyMatch(line -> line.contains("alone.yaml:12: approved_by: someone other than proposed_by"))
                .anyMatch(line -> line.contains("address.yaml:10: recipients: names from mail.recipients"))
                .anyMatch(line -> line.contains("both.yaml:10: entity: "))
                .anyMatch(line -> line.contains("hosts.yaml:10: except_hosts: "))
                .anyMatch(line -> line.contains("hosts.yaml:11: except_seeds: "))
                .anyMatch(line -> line.contains("filters.yaml:10: filters: expected a list"))
                .anyMatch(line ->
                        line.contains("words.yaml:10: mail: ") && line.contains("by_tier, immediate, digest, none"))
                .anyMatch(line -> line.contains("words.yaml:11: match: ") && line.contains("folded, exact"))
                .anyMatch(line -> line.contains("words.yaml:12: state: ") && line.contains("retired"))
                .anyMatch(line -> line.contains("empty.yaml:1: language: missing"));
    }

    @Test
    void aFileThatIsNoYamlIsNamedAndItsSearchKeepsWhatIsInForce() throws Exception {
        write("good", "text:falcon", "");
        file("tabs.yaml", "id: tabs\n\ttitle: x\n");
        file("list.yaml", "- id: list\n");
        file("nul.yaml", "id: nul\u0000\n");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'i', 'd', ':', ' ', (byte) 0xe9, '\n'});
        file("deep.yaml", "id: " + "[".repeat(200) + "]".repeat(200) + "\n");
        file("self.yaml", definition("self", "text:x", "filters: &f [*f]\n"));
        file("notes.txt", "not a search");
        Files.createSymbolicLink(folder.resolve(".#good.yaml"), Path.of("an-editors-lock"));
        SearchFiles files = read();
        assertThat(files.searches()).extracting(SavedSearch::id).containsExactly("good");
        assertThat(files.refused()).containsOnlyKeys("tabs", "list", "nul", "latin", "deep", "self");
        assertThat(files.problems())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("tabs.yaml:2: not YAML"))
                .anyMatch(line -> line.contains("list.yaml:1: expected \"key: value\" lines"))
                .anyMatch(line -> line.contains("nul.yaml:1: not YAML"))
                .anyMatch(line -> line.contains("latin.yaml:1: not UTF-8 text"))
                .anyMatch(line -> line.contains("deep.yaml:"))
                .anyMatch(line -> line.contains("self.yaml:10: filters[0]: nested more than"));
    }

    @Test
    void aFileMayHoldSeveralSearchesAndABadOneAmongThemStopsNoOther() throws Exception {
        file(
                "many.yaml",
                "searches:\n"
                        + indented(definition("one", "text:falcon", ""))
                        + indented(definition("two", "text:(falcon", ""))
                        + indented(definition("three", "text:eagle", "")));
        SearchFiles files = read();
        assertThat(files.found())
                .extracting(found -> found.search().id() + " " + found.file() + ":" + found.line())
                .containsExactly("one many.yaml:2", "three many.yaml:20");
        assertThat(files.problems()).singleElement().asString().contains("many.yaml:14: searches[1].query: ");
        assertThat(files.refused()).containsOnlyKeys("two");
        assertThat(files.incoming("A. Analyst", Lookback.PLAIN).offered()).hasSize(2);
    }

    private static String indented(String definition) {
        return "  - " + definition.replace("\n", "\n    ").stripTrailing() + "\n";
    }

    @Test
    void ofTwoSearchesWithOneIdNeitherIsTakenAndEachIsNamed() throws Exception {
        write("a", "text:falcon", "");
        write("other", "text:falcon", "");
        file("many.yaml", "searches:\n" + indented(definition("a", "text:eagle", "")));
        SearchFiles files = read();
        assertThat(files.searches()).extracting(SavedSearch::id).containsExactly("other");
        assertThat(files.problems())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("a.yaml:1: id: \"a\" is also the id of many.yaml:2"))
                .anyMatch(line -> line.contains("many.yaml:2: id: \"a\" is also the id of a.yaml:1"));
        assertThat(files.refused()).containsOnlyKeys("a");
    }

    @Test
    void anIdIsTheFilesName() throws Exception {
        file("name.yml", definition("other", "text:falcon", ""));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("name.yml:1: id: must be the file's name, \"name\", not \"other\"");
    }

    @Test
    void aSearchThatFailsItsOwnExamplesIsRefusedAndTheExampleNamed() throws Exception {
        write("bad", "text:falcon", """
                examples:
                  match:
                    - a falcon
                    - a sparrow
                  no_match:
                    - {title: falcon, text: an eagle}
                    - {text: the falcon, host: other.example}
                """);
        write("strange", "text:falcon", "examples:\n  match:\n    - {colour: red}\n    - 7\n  never: [x]\n");
        write("good", "text:falcon AND host:other.example AND published_at:[2026-01-01 TO 2026-01-02]", """
                examples:
                  match: [{text: the falcon, host: other.example, published_at: 2026-01-01}]
                  no_match: [the falcon]
                """);
        assertThat(read().searches()).extracting(SavedSearch::id).containsExactly("good");
        assertThat(problems())
                .hasSize(5)
                .anyMatch(line ->
                        line.contains("bad.yaml:13: examples.match[1]: the search does not match \"a sparrow\""))
                .anyMatch(line -> line.contains("bad.yaml:16: examples.no_match[1]: the search matches "))
                .anyMatch(line -> line.contains("strange.yaml:12: examples.match[0]: an item has no \"colour\""))
                .anyMatch(line -> line.contains("strange.yaml:13: examples.match[1]: an example is a text"))
                .anyMatch(line -> line.contains("strange.yaml:14: examples.never: unknown key"));
    }

    @Test
    void whatItsAuthorShouldKnowIsAWarningAndDoesNotStopIt() throws Exception {
        file(
                "dated.yaml",
                definition("dated", "text:falcon", "recipients: [duty-desk, nobody]\n")
                        .replace("2030-01-01", "2026-11-23"));
        file("odd.yaml", definition("odd", "text: falcon and", "").replace("lucene", "kuery"));
        SearchFiles files = new SearchFolder(folder, clock, Optional.of(Set.of("duty-desk"))).read();
        assertThat(files.problems()).isEmpty();
        assertThat(files.searches()).hasSize(2);
        assertThat(files.warnings())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("dated.yaml:10: recipients: \"nobody\" is not in mail.recipients"))
                .anyMatch(line -> line.contains("dated.yaml:9: review_by: this day has passed"))
                .anyMatch(line -> line.contains("odd.yaml:4: query: ") && line.contains("and"))
                .hasSize(3);
    }

    @Test
    void aFolderThatCannotBeReadTakesNothingForRemoved() {
        SearchFiles files = SearchFiles.read(folder.resolve("nosuch"), clock);
        assertThat(files.problems()).isNotEmpty();
        assertThat(files.searches()).isEmpty();
        assertThat(files.complete() && files.unsound().isEmpty()).isFalse();
    }

    @Test
    void aFileIsReadAgainOnlyWhenItHasChangedOrTheDayHas() throws Exception {
        write("one", "text:falcon", "");
        Path file = folder.resolve("one.yaml");
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, time);
        SearchFolder again = new SearchFolder(folder, clock, Optional.empty());
        SavedSearch first = again.read().searches().get(0);
        assertThat(again.read().searches().get(0)).isSameAs(first);

        write("one", "text:vulcan", "");
        assertThat(again.read().searches().get(0).question().query()).isEqualTo("text:vulcan");
        Files.setLastModifiedTime(file, time);
        SavedSearch third = again.read().searches().get(0);
        clock.advance(Duration.ofDays(1));
        assertThat(again.read().searches().get(0)).isNotSameAs(third);
        Files.delete(file);
        assertThat(again.read().searches()).isEmpty();
    }

    @Test
    void theShippedExamplesAreProposedAndHaveNoProblem() {
        SearchFiles files = SearchFiles.read(Path.of("searches"), clock);
        assertThat(files.problems()).isEmpty();
        assertThat(files.warnings()).isEmpty();
        assertThat(files.searches())
                .hasSizeGreaterThan(1)
                .noneMatch(SavedSearch::alerts)
                .anyMatch(search -> search.question().language() == Question.Language.KUERY)
                .allMatch(search -> !search.examples().match().isEmpty());
    }
}
