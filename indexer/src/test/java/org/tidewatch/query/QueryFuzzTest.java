package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tidewatch.index.Json;

/**
 * Whatever the bytes, a query is read or refused in words, and nothing else. Without {@code JAZZER_FUZZ=1} the inputs kept
 * in {@code QueryFuzzTestInputs} are run once each; with it, one method at a time is fuzzed, see BENCHMARKS.md.
 */
class QueryFuzzTest {

    private interface Reader {
        Parsed read() throws QueryRefused;
    }

    @FuzzTest(maxDuration = "10m")
    void kql(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.UTF_8);
        readOrRefused(query, () -> KqlSyntax.parse(query, TestFields.ALL));
    }

    @FuzzTest(maxDuration = "10m")
    void lucene(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.UTF_8);
        readOrRefused(query, () -> LuceneSyntax.parse(query, TestFields.ALL));
    }

    @FuzzTest(maxDuration = "10m")
    void filters(byte[] bytes) {
        List<JsonNode> filters = new ArrayList<>();
        try {
            JsonNode json = Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            json.forEach(filters::add);
        } catch (JsonProcessingException e) {
            return;
        }
        readOrRefused("", () -> KibanaFilters.parse(filters, TestFields.ALL));
    }

    private static void readOrRefused(String query, Reader reader) {
        Parsed read;
        try {
            read = reader.read();
            assertThat(Simplified.of(read.clause())).isEqualTo(read.clause());
            assertThat(read.remarks())
                    .allSatisfy(remark -> assertThat(remark.position()).isBetween(-1, query.length()));
            Judgement.of(read, query);
        } catch (QueryRefused e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.position()).isBetween(-1, query.length());
            assertThat(e.withCaret(query)).startsWith(e.getMessage());
        }
    }
}
