package org.tidewatch.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Settings for tests, and the removal of what a start by root leaves outside of a temporary folder. */
final class TestSettings {
    static final Path ZIP = Path.of(System.getProperty("tidewatch.elasticsearch.zip"));

    private TestSettings() {}

    static ServerSettings on(Path data) {
        return ServerSettings.of(ZIP, data).withHeapBytes(512L << 20);
    }

    /** Removes the fallback folder that the data folder names, if it names one. */
    static void removeFallback(Path data) throws IOException {
        Path location = data.resolve("elasticsearch.location");
        if (Files.exists(location)) {
            remove(Path.of(Files.readString(location).strip()));
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
