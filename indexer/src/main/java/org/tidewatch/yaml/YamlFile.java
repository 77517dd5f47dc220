package org.tidewatch.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a YAML file into a {@link YamlMap} that knows the line of every key. */
public final class YamlFile {

    private YamlFile() {}

    /**
     * The mapping at the top of the file; an empty one for an empty file. Empty, with the problem added to
     * {@code problems}, when the file cannot be read or is not YAML.
     */
    public static Optional<YamlMap> read(Path file, List<Problem> problems) {
        String name = file.toString();
        try {
            return parse(name, Files.readString(file, StandardCharsets.UTF_8), problems);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(name, 1, "", "no such file"));
        } catch (MalformedInputException e) {
            problems.add(new Problem(name, 1, "", "not UTF-8 text: save the file as UTF-8"));
        } catch (IOException e) {
            problems.add(new Problem(name, 1, "", "cannot be read: " + e.getMessage()));
        }
        return Optional.empty();
    }

    /** As {@link #read}, for text that {@code name} stands for in messages. */
    public static Optional<YamlMap> parse(String name, String text, List<Problem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(20_000_000);
        Node root;
        try {
            root = new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Problem(
                    name, mark == null ? 1 : mark.getLine() + 1, "", "not YAML: " + e.getProblem() + context(e)));
            return Optional.empty();
        } catch (YAMLException e) {
            problems.add(new Problem(name, 1, "", "not YAML: " + firstLine(e)));
            return Optional.empty();
        }
        if (root == null) {
            return Optional.of(YamlMap.empty(name, problems));
        }
        if (root instanceof MappingNode mapping) {
            return Optional.of(YamlMap.of(name, "", mapping, problems));
        }
        problems.add(new Problem(name, root.getStartMark().getLine() + 1, "", "expected \"key: value\" lines"));
        return Optional.empty();
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String context(MarkedYAMLException e) {
        return e.getContext() == null ? "" : " " + e.getContext();
    }
}
