package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that Tidewatch was cloned into: its files, and the build's libraries. */
public record Home(Path path) {

    /** Set by the launcher. */
    public static final String PROPERTY = "tidewatch.home";

    /** Names the server's zip where it is not among the build's libraries. */
    public static final String ZIP_PROPERTY = "tidewatch.elasticsearch.zip";

    /** Whether a person watches at a terminal; the launcher knows. */
    public static boolean onTerminal() {
        return Boolean.getBoolean("tidewatch.terminal");
    }

    public static Home find() {
        return new Home(
                Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
    }

    /** The distribution of the embedded Elasticsearch that the build has fetched. */
    public Path elasticsearchZip() {
        String named = System.getProperty(ZIP_PROPERTY);
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        Path libraries = path.resolve("app").resolve("target").resolve("lib");
        try (Stream<Path> files = Files.list(libraries)) {
            Optional<Path> zip = files.filter(file -> file.toString().matches(".*elasticsearch-[0-9.]+\\.zip"))
                    .findFirst();
            return zip.orElse(libraries.resolve("elasticsearch.zip"));
        } catch (IOException e) {
            return libraries.resolve("elasticsearch.zip");
        }
    }

    public Path sample() {
        return path.resolve("app").resolve("sample");
    }
}
