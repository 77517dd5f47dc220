package org.tidewatch.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML with places to fill: <code>{{name}}</code> as escaped text, <code>{{{name}}}</code> as it is, <code>{{json
 * name}}</code> as a JSON string.
 */
record Template(Path file, String source) {

    private static final Pattern PLACE =
            Pattern.compile("\\{\\{\\{(?<raw>\\w+)}}}|\\{\\{json (?<json>\\w+)}}|\\{\\{(?<text>\\w+)}}");

    static Template read(Path file) throws IOException {
        return new Template(file, Files.readString(file, StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException naming the file, when it names a value that is not there */
    String fill(Map<String, String> values) {
        return PLACE.matcher(source).replaceAll(place -> Matcher.quoteReplacement(value((Matcher) place, values)));
    }

    private String value(Matcher place, Map<String, String> values) {
        if (place.group("raw") != null) {
            return named(place.group("raw"), values);
        }
        if (place.group("json") != null) {
            return json(named(place.group("json"), values));
        }
        return Prose.escape(named(place.group("text"), values));
    }

    private String named(String name, Map<String, String> values) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(file + ": no value for {{" + name + "}}; there are " + values.keySet());
        }
        return value;
    }

    /** Escapes the solidus of {@code </} too, as JSON inside a script element needs. */
    private static String json(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("</", "<\\/")
                + '"';
    }
}
