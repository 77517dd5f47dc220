package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.tidewatch.index.Json;

/** A mapping with every field type, as of an index whose bare terms search all fields. */
final class TestFields {

    static final JsonNode PROPERTIES = properties();

    /** As the server has them whose default fields are all. */
    static final Fields ALL =
            Fields.of(PROPERTIES, Fields.of(PROPERTIES, List.of(), Set.of()).names(), Set.of());

    /** A bare term searches the title alone, for trees that are short. */
    static final Fields TITLE = Fields.of(PROPERTIES, List.of("title"), Set.of());

    private TestFields() {}

    private static JsonNode properties() {
        try (InputStream in = TestFields.class.getResourceAsStream("kibana-mapping.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
