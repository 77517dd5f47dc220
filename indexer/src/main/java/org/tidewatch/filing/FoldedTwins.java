package org.tidewatch.filing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.tidewatch.query.Fields;
import org.tidewatch.text.Folding;

/**
 * Writes the folded twin of every text field of an item that has one in the mapping, beside the field itself: a value for
 * a value, in each object of an array.
 */
public final class FoldedTwins {

    private static final List<List<String>> PATHS = Fields.ofItems().names().stream()
            .filter(field -> Fields.ofItems().folded(field).isPresent())
            .map(field -> Arrays.asList(field.split("\\.")))
            .toList();

    private FoldedTwins() {}

    /** Brings the twins in line with what the fields hold now; the twin of a field that is gone goes too. */
    public static void write(ObjectNode document) {
        PATHS.forEach(path -> write(document, path));
        document.put("fold_version", Folding.VERSION);
    }

    private static void write(JsonNode holder, List<String> path) {
        if (holder.isArray()) {
            holder.forEach(one -> write(one, path));
        } else if (path.size() > 1) {
            write(holder.path(path.get(0)), path.subList(1, path.size()));
        } else if (holder instanceof ObjectNode object) {
            String twin = path.get(0) + Fields.FOLDED_SUFFIX;
            JsonNode value = object.path(path.get(0));
            if (value.isMissingNode() || value.isNull()) {
                object.remove(twin);
            } else if (value.isArray()) {
                ArrayNode folded = object.putArray(twin);
                value.forEach(one -> folded.add(Folding.fold(one.asText())));
            } else {
                object.put(twin, Folding.fold(value.asText()));
            }
        }
    }
}
