package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The third witness, which knows nothing of our parsers: tables of KQL and of filters, each line with the query that
 * Kibana sends for it, written from Kibana's documented behaviour. The server runs that query and ours over the same
 * documents, and the two find the same.
 */
class KibanaTableTest {

    private static KibanaIndex index;

    @BeforeAll
    static void fill() throws IOException {
        index = KibanaIndex.open();
    }

    @AfterAll
    static void close() throws IOException {
        index.close();
    }

    private interface Reader {
        Clause read(JsonNode line) throws QueryRefused;
    }

    @Test
    void kqlFindsWhatKibanasQueryFinds() throws IOException {
        List<JsonNode> lines = KibanaIndex.lines("kql-pairs.ndjson");
        int matching = agree(lines, line -> KqlSyntax.parse(line.path("kql").asText(), TestFields.ALL)
                .clause());

        assertThat(lines).hasSizeGreaterThanOrEqualTo(500);
        assertThat(matching).as("queries that find something").isGreaterThan(lines.size() / 2);
    }

    @Test
    void filtersFindWhatKibanasQueryFinds() throws IOException {
        List<JsonNode> lines = KibanaIndex.lines("filter-pairs.ndjson");
        int matching = agree(lines, line -> {
            List<JsonNode> filters = new ArrayList<>();
            line.path("filters").forEach(filters::add);
            return KibanaFilters.parse(filters, TestFields.ALL).clause();
        });

        assertThat(lines).hasSizeGreaterThanOrEqualTo(100);
        assertThat(matching).isGreaterThan(lines.size() / 2);
    }

    private static int agree(List<JsonNode> lines, Reader reader) throws IOException {
        List<JsonNode> kibanas = new ArrayList<>();
        List<JsonNode> ours = new ArrayList<>();
        List<String> disagreements = new ArrayList<>();
        List<JsonNode> asked = new ArrayList<>();
        for (JsonNode line : lines) {
            try {
                ours.add(KibanaIndex.query(reader.read(line)));
                kibanas.add(line.path("dsl"));
                asked.add(line);
            } catch (QueryRefused e) {
                disagreements.add(line + " is refused: " + e.getMessage());
            }
        }
        List<KibanaIndex.Answer> theirAnswers = index.find(kibanas);
        List<KibanaIndex.Answer> ourAnswers = index.find(ours);
        int matching = 0;
        for (int i = 0; i < asked.size(); i++) {
            KibanaIndex.Answer theirs = theirAnswers.get(i);
            if (!theirs.equals(ourAnswers.get(i)) || theirs.found().isEmpty()) {
                disagreements.add(asked.get(i) + " finds " + theirs.found() + " but " + ours.get(i) + " finds "
                        + ourAnswers.get(i).found());
            }
            matching += theirs.found().filter(found -> !found.isEmpty()).isPresent() ? 1 : 0;
        }
        assertThat(disagreements).isEmpty();
        return matching;
    }

    @Test
    void whatFailsOnTheServerIsRefused() throws IOException {
        List<JsonNode> lines = KibanaIndex.lines("kql-failures.ndjson");
        List<String> wrong = new ArrayList<>();
        for (JsonNode line : lines) {
            String kql = line.path("kql").asText();
            if (!index.fails(line.path("dsl"))) {
                wrong.add("The server runs " + kql);
            }
            try {
                wrong.add(kql + " is read as "
                        + ShownClause.of(KqlSyntax.parse(kql, TestFields.ALL).clause()));
            } catch (QueryRefused e) {
                assertThat(e.position()).as(kql).isNotNegative();
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(50);
    }
}
