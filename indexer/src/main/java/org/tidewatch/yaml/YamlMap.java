package org.tidewatch.yaml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file, read key by key. What is wrong is collected with file, line and full key path, and reading
 * goes on, so that a user sees all problems at once. A key that nobody asked for is a problem of
 * {@link #refuseUnknown}. Not thread-safe.
 */
public final class YamlMap {

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(?i)(\\d+)\\s*(b|kb|mb|gb)?");

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<Problem> problems;

    private YamlMap(String file, String path, int line, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.line = line;
        this.problems = problems;
    }

    static YamlMap empty(String file, List<Problem> problems) {
        return new YamlMap(file, "", 1, problems);
    }

    static YamlMap of(String file, String path, MappingNode node, List<Problem> problems) {
        YamlMap map = new YamlMap(file, path, node.getStartMark().getLine() + 1, problems);
        for (NodeTuple tuple : node.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                if (map.values.put(key.getValue(), tuple.getValueNode()) != null) {
                    problems.add(new Problem(file, line, map.full(key.getValue()), "given twice"));
                }
                map.lines.put(key.getValue(), line);
            } else {
                problems.add(new Problem(file, line, path, "a key must be plain text"));
            }
        }
        return map;
    }

    public String file() {
        return file;
    }

    /** Line of the mapping's first key, from 1. */
    public int line() {
        return line;
    }

    /** Line of a key, or of the mapping when it lacks the key. */
    public int line(String key) {
        return lines.getOrDefault(key, line);
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** How many problems were found so far, in the whole reading that this mapping is part of. */
    public int problems() {
        return problems.size();
    }

    /** Adds a problem with the place of {@code key}. */
    public void problem(String key, String message) {
        problems.add(new Problem(file, line(key), full(key), message));
    }

    /** Adds a problem with a place within the value of {@code key}. */
    public void problem(int line, String key, String message) {
        problems.add(new Problem(file, line, full(key), message));
    }

    /** Makes every key that was not asked for a problem, with the nearest key that was. */
    public void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problem(
                        key,
                        "unknown key; known here: "
                                + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }

    public Optional<String> text(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null || isNull(node)) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue().strip()).filter(value -> !value.isEmpty());
        }
        problem(key, "expected one value");
        return Optional.empty();
    }

    /** The value, or empty text with a problem when there is none. */
    public String required(String key) {
        Optional<String> value = text(key);
        if (value.isEmpty() && !has(key)) {
            problem(key, "missing");
        } else if (value.isEmpty()) {
            problem(key, "empty");
        }
        return value.orElse("");
    }

    /** The value read by {@code reader}; what it refuses with an IllegalArgumentException is a problem. */
    public <T> Optional<T> value(String key, Function<String, T> reader) {
        return text(key).flatMap(value -> {
            try {
                return Optional.of(reader.apply(value));
            } catch (IllegalArgumentException e) {
                problem(key, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    public Optional<Integer> integer(String key, int min, int max) {
        return value(key, value -> {
            long number;
            try {
                number = Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("expected a whole number, not \"" + value + "\"", e);
            }
            if (number < min || number > max) {
                throw new IllegalArgumentException("expected " + min + " to " + max + ", not " + number);
            }
            return (int) number;
        });
    }

    public Optional<Boolean> bool(String key) {
        return value(key, YamlMap::parseBool);
    }

    /** Reads {@code true}, {@code yes}, {@code on} and their opposites, in any case. */
    public static boolean parseBool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("expected true or false, not \"" + text + "\"");
        };
    }

    public Optional<Duration> duration(String key) {
        return value(key, YamlMap::parseDuration);
    }

    /** Reads {@code 50ms}, {@code 20s}, {@code 5m}, {@code 1h}, {@code 7d}. */
    public static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a duration such as 50ms, 20s, 5m, 1h or 7d, not \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A size in bytes, written as a number or with KB, MB or GB (powers of 1024). */
    public Optional<Long> bytes(String key) {
        return value(key, YamlMap::parseBytes);
    }

    /** Reads {@code 4096}, {@code 512KB}, {@code 20MB}, {@code 1GB}. */
    public static long parseBytes(String text) {
        Matcher matcher = BYTES.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a size such as 512KB, 20MB or 1GB, not \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "kb" -> amount << 10;
            case "mb" -> amount << 20;
            case "gb" -> amount << 30;
            default -> amount;
        };
    }

    public Optional<LocalDate> date(String key) {
        return value(key, value -> {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("expected a day such as 2027-01-31, not \"" + value + "\"", e);
            }
        });
    }

    /** A constant by the name that JSON gives it ({@link JsonProperty}), or its own in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        return value(key, value -> {
            List<String> names = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String name = nameOf(constant, type);
                if (name.equals(value)) {
                    return constant;
                }
                names.add(name);
            }
            throw new IllegalArgumentException(
                    "expected one of " + String.join(", ", names) + ", not \"" + value + "\"");
        });
    }

    private static <E extends Enum<E>> String nameOf(E constant, Class<E> type) {
        try {
            JsonProperty json = type.getField(constant.name()).getAnnotation(JsonProperty.class);
            return json == null ? constant.name().toLowerCase(Locale.ROOT) : json.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Every enum constant is a field", e);
        }
    }

    /** A list of plain values; a single value stands for a list of one. */
    public List<String> texts(String key) {
        asked.add(key);
        Node node = values.get(key);
        List<String> texts = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue().strip());
                } else {
                    problems.add(
                            new Problem(file, item.getStartMark().getLine() + 1, full(key), "expected plain values"));
                }
            }
        } else if (node != null && !isNull(node)) {
            text(key).ifPresent(texts::add);
        }
        return texts;
    }

    public Optional<YamlMap> map(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null || isNull(node)) {
            return Optional.empty();
        }
        if (node instanceof MappingNode mapping) {
            return Optional.of(of(file, full(key), mapping, problems));
        }
        problem(key, "expected \"key: value\" lines below it");
        return Optional.empty();
    }

    public List<YamlMap> maps(String key) {
        asked.add(key);
        Node node = values.get(key);
        List<YamlMap> maps = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node item : sequence.getValue()) {
                if (item instanceof MappingNode mapping) {
                    maps.add(of(file, full(key) + "[" + index + "]", mapping, problems));
                } else {
                    problems.add(new Problem(
                            file,
                            item.getStartMark().getLine() + 1,
                            full(key) + "[" + index + "]",
                            "expected \"key: value\" lines"));
                }
                index++;
            }
        } else if (node != null && !isNull(node)) {
            problem(key, "expected a list (lines that begin with \"- \")");
        }
        return maps;
    }

    /** One value of a list, of whatever shape, and the line it begins on. */
    public record Entry(JsonNode value, int line) {}

    /** A list of values of any shape. */
    public List<Entry> entries(String key) {
        asked.add(key);
        Node node = values.get(key);
        List<Entry> entries = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                int at = item.getStartMark().getLine() + 1;
                try {
                    entries.add(new Entry(YamlJson.of(item), at));
                } catch (IllegalArgumentException e) {
                    problem(at, key + "[" + entries.size() + "]", String.valueOf(e.getMessage()));
                }
            }
        } else if (node != null && !isNull(node)) {
            problem(key, "expected a list (lines that begin with \"- \")");
        }
        return entries;
    }

    /** The path of a key from the file's top. */
    public String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
