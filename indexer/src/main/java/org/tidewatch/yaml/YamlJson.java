package org.tidewatch.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.tidewatch.index.Json;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as the JSON that it stands for. Days and times stay text, as they are written. */
final class YamlJson {

    /** An anchor can make a value contain itself. */
    private static final int MAX_DEPTH = 50;

    /** What JSON takes for a number; other numbers of YAML (octal, hexadecimal, with underscores) stay text. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private YamlJson() {}

    /**
     * The value in the shape in which it comes back from the index, so that the two can be compared.
     *
     * @throws IllegalArgumentException if it is nested too deep, or has a key twice
     */
    static JsonNode of(Node node) {
        try {
            return Json.MAPPER.readTree(node(node, 0).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can say this: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode node(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new IllegalArgumentException("a key must be plain text");
                }
                if (object.has(key.getValue())) {
                    throw new IllegalArgumentException("\"" + key.getValue() + "\" is given twice");
                }
                object.set(key.getValue(), node(tuple.getValueNode(), depth + 1));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            sequence.getValue().forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return Json.MAPPER.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.MAPPER.getNodeFactory().booleanNode(value.matches("(?i)true|yes|on"));
        }
        boolean number = (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))
                && NUMBER.matcher(value).matches()
                && Double.isFinite(Double.parseDouble(value));
        return number
                ? Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(value))
                : Json.MAPPER.getNodeFactory().textNode(value);
    }
}
