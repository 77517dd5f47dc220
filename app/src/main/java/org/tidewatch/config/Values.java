package org.tidewatch.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidewatch.index.ElasticSettings;

/** Readers of single values; each refuses with what was expected. */
final class Values {

    private Values() {}

    static URI httpUrl(String value) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a URL: " + value, e);
        }
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("expected a URL such as https://host:9200, not \"" + value + "\"");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL here carries no user or password: set them under their own keys");
        }
        return uri;
    }

    static Path existingFile(String value) {
        Path path = Path.of(value);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("no readable file " + value);
        }
        return path;
    }

    static String indexPrefix(String value) {
        return new ElasticSettings(
                        URI.create("http://localhost"),
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        value,
                        ElasticSettings.DEFAULT_PATIENCE)
                .prefix();
    }

    static int port(String value) {
        return within(value, 1, 65_535);
    }

    static int within(String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number, not \"" + value + "\"", e);
        }
        throw new IllegalArgumentException("expected " + min + " to " + max + ", not " + value);
    }

    static long atLeast(long value, long min, String written) {
        if (value < min) {
            throw new IllegalArgumentException("at least " + written);
        }
        return value;
    }

    static <E extends Enum<E>> E constant(Class<E> type, String value) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (written(constant).equals(value)) {
                return constant;
            }
            names.add(written(constant));
        }
        throw new IllegalArgumentException("expected one of " + String.join(", ", names) + ", not \"" + value + "\"");
    }

    /** Lower-case name of a constant, as a user writes it. */
    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
