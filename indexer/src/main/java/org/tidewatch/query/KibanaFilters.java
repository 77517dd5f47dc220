package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads Kibana's filters. Thread-safe. */
public final class KibanaFilters {

    private KibanaFilters() {}

    /** @throws QueryRefused naming the filter */
    public static Parsed parse(List<JsonNode> filters, Fields fields) throws QueryRefused {
        if (!filters.isEmpty()) {
            throw new QueryRefused("Filters cannot be read yet", -1);
        }
        return new Parsed(new Clause.Everything(), List.of());
    }
}
