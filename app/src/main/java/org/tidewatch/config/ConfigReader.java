package org.tidewatch.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlMap;

/**
 * Reads settings by their full key path: from the environment first ({@code crawl.agent.name} is
 * {@code TIDEWATCH_CRAWL_AGENT_NAME}), then from the file, else the default; and remembers where each came from. What is
 * wrong is collected; reading goes on.
 */
final class ConfigReader {

    /** Environment variables with this prefix are settings; one that is no known key is a problem. */
    static final String ENV_PREFIX = "TIDEWATCH_";

    private final YamlMap file;
    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final Map<String, Optional<YamlMap>> sections = new LinkedHashMap<>();
    private final Map<String, Setting> settings = new TreeMap<>();
    private final Set<String> variables = new HashSet<>();

    /** @param ignored environment variables with our prefix that are no settings */
    ConfigReader(YamlMap file, Map<String, String> environment, Set<String> ignored, List<Problem> problems) {
        this.file = file;
        this.environment = environment;
        this.problems = problems;
        this.variables.addAll(ignored);
    }

    /** A value that must be there in the end; {@code fallback} is its default as a user would write it. */
    <T> T get(String key, String fallback, Function<String, T> reader) {
        Optional<T> value = find(key, reader);
        if (value.isPresent()) {
            return value.get();
        }
        settings.put(key, new Setting(key, fallback, "default"));
        return reader.apply(fallback);
    }

    <T> Optional<T> find(String key, Function<String, T> reader) {
        String variable = variable(key);
        variables.add(variable);
        Optional<YamlMap> section = section(key);
        Optional<String> inFile = section.flatMap(map -> map.text(last(key)));
        String fromEnvironment = environment.get(variable);
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            settings.put(key, new Setting(key, fromEnvironment.strip(), "environment " + variable));
            try {
                return Optional.of(reader.apply(fromEnvironment.strip()));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem("environment " + variable, 0, key, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
        if (inFile.isEmpty()) {
            settings.put(key, new Setting(key, "", "not set"));
            return Optional.empty();
        }
        YamlMap map = section.orElseThrow();
        settings.put(key, new Setting(key, inFile.get(), map.file() + ":" + map.line(last(key))));
        try {
            return Optional.of(reader.apply(inFile.get()));
        } catch (IllegalArgumentException e) {
            map.problem(last(key), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A secret: the environment variable itself, or the first line of the file that {@code key_file} names. */
    Optional<String> secret(String key) {
        String variable = variable(key);
        variables.add(variable);
        String direct = environment.get(variable);
        Optional<Path> from = find(key + "_file", Path::of);
        if (section(key).map(map -> map.has(last(key))).orElse(false)) {
            section(key).orElseThrow().text(last(key));
            section(key)
                    .orElseThrow()
                    .problem(
                            last(key),
                            "a secret does not belong in this file: set " + variable + ", or name a file with " + key
                                    + "_file");
        }
        if (direct != null && !direct.isBlank()) {
            settings.put(key, new Setting(key, "(hidden)", "environment " + variable));
            return Optional.of(direct.strip());
        }
        if (from.isEmpty()) {
            settings.put(key, new Setting(key, "", "not set"));
            return Optional.empty();
        }
        settings.put(key, new Setting(key, "(hidden)", "file " + from.get()));
        try {
            String text = Files.readString(from.get(), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                section(key).ifPresent(map -> map.problem(last(key) + "_file", from.get() + " is empty"));
            }
            return Optional.of(text).filter(value -> !value.isEmpty());
        } catch (IOException e) {
            section(key)
                    .ifPresentOrElse(
                            map -> map.problem(
                                    last(key) + "_file", "cannot read " + from.get() + ": " + e.getMessage()),
                            () -> problems.add(new Problem(
                                    "environment " + variable + "_FILE",
                                    0,
                                    key + "_file",
                                    "cannot read " + from.get())));
            return Optional.empty();
        }
    }

    /** A list of values; the environment gives it separated by commas. */
    <T> List<T> texts(String key, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        for (String text : texts(key)) {
            try {
                values.add(reader.apply(text));
            } catch (IllegalArgumentException e) {
                section(key)
                        .ifPresentOrElse(
                                map -> map.problem(last(key), String.valueOf(e.getMessage())),
                                () -> problems.add(new Problem(
                                        "environment " + variable(key), 0, key, String.valueOf(e.getMessage()))));
            }
        }
        return values;
    }

    private List<String> texts(String key) {
        String variable = variable(key);
        variables.add(variable);
        List<String> inFile = section(key).map(map -> map.texts(last(key))).orElse(List.of());
        String fromEnvironment = environment.get(variable);
        if (fromEnvironment != null) {
            settings.put(key, new Setting(key, fromEnvironment, "environment " + variable));
            List<String> values = new ArrayList<>();
            for (String value : fromEnvironment.split(",", -1)) {
                if (!value.isBlank()) {
                    values.add(value.strip());
                }
            }
            return values;
        }
        section(key)
                .filter(map -> map.has(last(key)))
                .ifPresentOrElse(
                        map -> settings.put(
                                key,
                                new Setting(key, String.join(", ", inFile), map.file() + ":" + map.line(last(key)))),
                        () -> settings.put(key, new Setting(key, "", "default")));
        return inFile;
    }

    /** A mapping whose keys the user chooses; only the file can give it. */
    Optional<YamlMap> named(String key) {
        Optional<YamlMap> map = section(key + ".");
        settings.put(
                key,
                map.map(found -> new Setting(key, String.join(", ", found.keys()), found.file() + ":" + found.line()))
                        .orElse(new Setting(key, "", "not set")));
        return map;
    }

    /** Says which keys and variables nobody knows. Call it last. */
    List<Setting> finish() {
        file.refuseUnknown();
        sections.values().forEach(section -> section.ifPresent(YamlMap::refuseUnknown));
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(ENV_PREFIX) && !variables.contains(variable))
                .sorted()
                .forEach(variable -> problems.add(new Problem(
                        "environment " + variable, 0, "", "no setting has this name; ./tidewatch config lists them")));
        return List.copyOf(settings.values());
    }

    private Optional<YamlMap> section(String key) {
        int dot = key.lastIndexOf('.');
        if (dot < 0) {
            return Optional.of(file);
        }
        String path = key.substring(0, dot);
        Optional<YamlMap> known = sections.get(path);
        if (known != null) {
            return known;
        }
        Optional<YamlMap> found = section(path).flatMap(parent -> parent.map(last(path)));
        sections.put(path, found);
        return found;
    }

    static String variable(String key) {
        return ENV_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
