package org.tidewatch.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Tests that a saved search carries: each example is a short text, or an object with fields of an item.
 *
 * @param match what the search must match
 * @param noMatch what it must not
 */
public record Examples(List<JsonNode> match, List<JsonNode> noMatch) {

    public static final Examples NONE = new Examples(List.of(), List.of());

    public Examples {
        match = List.copyOf(match);
        noMatch = List.copyOf(noMatch);
    }
}
