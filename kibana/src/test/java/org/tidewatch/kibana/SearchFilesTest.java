package org.tidewatch.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.yaml.Problem;

class SearchFilesTest {

    @TempDir
    private Path folder;

    private void write(String id, String query, String more) throws Exception {
        Files.writeString(
                folder.resolve(id + ".yaml"),
                "id: " + id + "\ntitle: t\nlanguage: lucene\nquery: '" + query
                        + "'\ntier: 2\npurpose: p\nbasis: b\nowner: o@unit.example\nreview_by: 2030-01-01\n" + more,
                StandardCharsets.UTF_8);
    }

    @Test
    void aSearchThatDoesNotParseIsNamedWithACaretAndTheOthersAreRead() throws Exception {
        write("bad", "text:(falcon", "");
        write("good", "text:falcon", "");
        SearchFiles files = SearchFiles.read(folder);
        assertThat(files.searches()).extracting(SavedSearch::id).containsExactly("good");
        assertThat(files.problems())
                .singleElement()
                .asString()
                .contains("bad.yaml:4: query: ")
                .contains("text:(falcon")
                .contains("^");
    }

    @Test
    void everyMistakeIsNamedWithItsKey() throws Exception {
        write("unknown", "nosuchfield:x", "");
        write("kuery", "text:x", "colour: red\n");
        write("alone", "text:x", "state: active\nproposed_by: A\napproved_by: A\n");
        SearchFiles files = SearchFiles.read(folder);
        assertThat(files.searches()).isEmpty();
        assertThat(files.problems())
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("unknown.yaml:4: query") && line.contains("nosuchfield"))
                .anyMatch(line -> line.contains("kuery.yaml:10: colour: unknown key"))
                .anyMatch(line -> line.contains("alone.yaml:12: approved_by: someone other than proposed_by"));
    }

    @Test
    void theShippedExampleIsProposedAndHasNoProblem() {
        SearchFiles files = SearchFiles.read(Path.of("searches"));
        assertThat(files.problems()).isEmpty();
        assertThat(files.searches()).isNotEmpty().noneMatch(SavedSearch::alerts);
    }
}
