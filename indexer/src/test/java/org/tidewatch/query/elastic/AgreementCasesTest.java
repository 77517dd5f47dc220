package org.tidewatch.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidewatch.index.Json;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Question;

/** What was once answered in two ways, each with the answer of the server. */
class AgreementCasesTest {

    static Stream<Named<JsonNode>> cases() throws IOException {
        List<Named<JsonNode>> cases = new ArrayList<>();
        try (InputStream in = AgreementCasesTest.class.getResourceAsStream("agreement-cases.ndjson");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = Json.MAPPER.readTree(line);
                cases.add(Named.of(one.path("case").asText(), one));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredInOneWay(JsonNode one) throws IOException, QueryRefused {
        List<ObjectNode> documents = new ArrayList<>();
        one.path("documents").forEach(document -> documents.add((ObjectNode) document));
        ZoneId zone = ZoneId.of(one.path("zone").asText("Z"));
        String query = one.path("query").asText();
        List<JsonNode> filters = new ArrayList<>();
        one.path("filters").forEach(filters::add);
        Agreement.Read read = Agreement.read(new Asked(
                one.path("language").asText().equals("lucene") ? Question.Language.LUCENE : Question.Language.KUERY,
                query,
                filters,
                zone,
                one.path("raw") instanceof ObjectNode raw ? raw : RandomLucene.raw(query, zone)));
        BitSet expected = new BitSet();
        one.path("found").forEach(number -> expected.set(number.asInt()));

        assertThat(new LiveSide(documents)
                        .find(List.of(read.tree()), Question.Form.EXACT, zone)
                        .get(0))
                .isEqualTo(expected);
        try (Agreement agreement = new Agreement(documents)) {
            assertThat(agreement.ask(List.of(read)).disagreements()).isEmpty();
        }
    }
}
