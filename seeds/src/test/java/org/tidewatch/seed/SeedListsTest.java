package org.tidewatch.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.yaml.Problem;

class SeedListsTest {

    private static final String HEAD = """
            list: harbour
            title: Harbour
            owner: owner@unit.example
            purpose: test
            basis: test
            review_by: 2030-01-01
            seeds:
            """;

    @TempDir
    private Path folder;

    private SeedLists read(String name, String yaml) throws Exception {
        Files.writeString(folder.resolve(name), yaml, StandardCharsets.UTF_8);
        return SeedLists.read(folder);
    }

    private static String seed(String id, String url) {
        return "  - {id: " + id + ", url: \"" + url
                + "\", label: l, why: w, proposed_by: a, approved_by: b, state: approved}\n";
    }

    @Test
    void aBrokenSeedIsNamedWithLineAndKeyAndTheSeedsBesideItAreRead() throws Exception {
        SeedLists lists = read(
                "a.yaml",
                HEAD + seed("first", "https://one.example/") + seed("second", "not a url")
                        + seed("third", "https://three.example/x")
                        + "  - {id: fourth, url: \"https://four.example/\", lable: l}\n");
        assertThat(lists.seeds()).extracting(Seed::name).containsExactly("harbour/first", "harbour/third");
        assertThat(lists.problems())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("a.yaml:9: seeds[1].url: not an http or https URL: not a url"))
                .anyMatch(line -> line.contains("a.yaml:11: seeds[3].lable: unknown key"))
                .anyMatch(line -> line.contains("seeds[3].why: missing"));
    }

    @Test
    void aFileThatIsNotYamlIsNamedWithItsLineAndTheFilesBesideItAreRead() throws Exception {
        Files.writeString(
                folder.resolve("b.yaml"), HEAD + seed("good", "https://good.example/"), StandardCharsets.UTF_8);
        SeedLists lists = read("a.yaml", "list: broken\nseeds: [\n  - {id\n");
        assertThat(lists.seeds()).extracting(Seed::name).containsExactly("harbour/good");
        assertThat(lists.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).endsWith("a.yaml");
            assertThat(problem.line()).isGreaterThan(1);
            assertThat(problem.message()).startsWith("not YAML");
        });
    }

    @Test
    void theSameIdTwiceAndTheSameListTwiceAreProblems() throws Exception {
        Files.writeString(folder.resolve("b.yaml"), HEAD + seed("x", "https://x.example/"), StandardCharsets.UTF_8);
        SeedLists lists =
                read("a.yaml", HEAD + seed("same", "https://one.example/") + seed("same", "https://two.example/"));
        assertThat(lists.seeds()).extracting(Seed::name).containsExactly("harbour/same");
        assertThat(lists.problems())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("\"same\" is already the seed of line 8"))
                .anyMatch(line -> line.contains("b.yaml") && line.contains("\"harbour\" is already the list of"));
    }

    @Test
    void anApprovedSeedNamesWhoApprovedIt() throws Exception {
        SeedLists lists = read(
                "a.yaml",
                HEAD + "  - {id: x, url: \"https://x.example/\", label: l, why: w, proposed_by: a, state: approved}\n");
        assertThat(lists.seeds()).isEmpty();
        assertThat(lists.problems()).singleElement().asString().contains("seeds[0].approved_by");
    }

    @Test
    void theShippedExampleHasNoProblemAndCrawlsNothing() {
        SeedLists lists = SeedLists.read(Path.of("lists"));
        assertThat(lists.problems()).isEmpty();
        assertThat(lists.seeds()).hasSize(2).noneMatch(Seed::crawled);
    }
}
