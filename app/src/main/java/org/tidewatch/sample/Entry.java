package org.tidewatch.sample;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML file, read key by key. Every error names the file and the line. */
final class Entry {

    private final Path file;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Entry(Path file, Node node) throws BrokenContent {
        this.file = file;
        this.line = lineOf(node);
        if (!(node instanceof MappingNode mapping)) {
            throw broken("expected keys with values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw new BrokenContent(file, lineOf(tuple.getKeyNode()), "\"" + key + "\" stands here twice");
            }
        }
    }

    static Entry read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return compose(file, reader);
        }
    }

    /** Reads YAML that stands in {@code file} from its first line on, such as the head of a page. */
    static Entry parse(Path file, String yaml) throws BrokenContent {
        return compose(file, new StringReader(yaml));
    }

    private static Entry compose(Path file, Reader reader) throws BrokenContent {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root == null) {
                throw new BrokenContent(file, 1, "the file is empty");
            }
            return new Entry(file, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new BrokenContent(file, line, "not YAML: " + e.getProblem());
        }
    }

    /** Refuses keys other than these. */
    Entry only(String... keys) throws BrokenContent {
        Set<String> known = Set.of(keys);
        for (Map.Entry<String, Node> value : values.entrySet()) {
            if (!known.contains(value.getKey())) {
                throw new BrokenContent(
                        file, lineOf(value.getValue()), "unknown key \"" + value.getKey() + "\"; known are " + known);
            }
        }
        return this;
    }

    String text(String key) throws BrokenContent {
        return optional(key).orElseThrow(() -> broken("\"" + key + "\" is missing"));
    }

    Optional<String> optional(String key) throws BrokenContent {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(scalar(node));
    }

    int number(String key) throws BrokenContent {
        return optionalNumber(key).orElseThrow(() -> broken("\"" + key + "\" is missing"));
    }

    OptionalInt optionalNumber(String key) throws BrokenContent {
        Node node = values.get(key);
        if (node == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(scalar(node)));
        } catch (NumberFormatException e) {
            throw new BrokenContent(file, lineOf(node), "\"" + key + "\" is a whole number, not " + scalar(node));
        }
    }

    Optional<Instant> instant(String key) throws BrokenContent {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(scalar(node)));
        } catch (DateTimeException e) {
            throw new BrokenContent(
                    file, lineOf(node), "\"" + key + "\" is an instant like 2026-10-02T09:12:00Z, not " + scalar(node));
        }
    }

    boolean flag(String key) throws BrokenContent {
        return optional(key).map("true"::equals).orElse(false);
    }

    Optional<Entry> entry(String key) throws BrokenContent {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(new Entry(file, node));
    }

    /** The mappings listed under {@code key}; none when the key is absent. */
    List<Entry> entries(String key) throws BrokenContent {
        List<Entry> entries = new ArrayList<>();
        for (Node node : nodes(key)) {
            entries.add(new Entry(file, node));
        }
        return entries;
    }

    /** The texts listed under {@code key}; none when the key is absent. */
    List<String> texts(String key) throws BrokenContent {
        List<String> texts = new ArrayList<>();
        for (Node node : nodes(key)) {
            texts.add(scalar(node));
        }
        return texts;
    }

    /** All keys with their texts, in the order of the file. */
    Map<String, String> all() throws BrokenContent {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, Node> value : values.entrySet()) {
            all.put(value.getKey(), scalar(value.getValue()));
        }
        return all;
    }

    BrokenContent broken(String message) {
        return new BrokenContent(file, line, message);
    }

    private List<Node> nodes(String key) throws BrokenContent {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw new BrokenContent(file, lineOf(node), "\"" + key + "\" is a list");
    }

    private String scalar(Node node) throws BrokenContent {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new BrokenContent(file, lineOf(node), "expected a plain text here");
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
