package org.tidewatch.command;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tidewatch.config.Configuration;
import org.tidewatch.index.Json;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.kibana.SearchFolder;
import org.tidewatch.yaml.Problem;
import picocli.CommandLine.Option;

/** The files of saved searches that a command reads, and how it tells what is wrong with them. */
final class SearchSource {

    @Option(
            names = "--searches",
            paramLabel = "DIR",
            description = "folder of saved searches, in place of the configured one")
    private @Nullable Path folder;

    SearchFiles read(Configuration configuration) {
        return read(folder == null ? configuration.searches().folder() : folder, configuration);
    }

    static SearchFiles read(Path path, Configuration configuration) {
        return new SearchFolder(path, Clock.systemUTC(), configuration.recipients()).read();
    }

    /** Tells problems and warnings on standard error. */
    static void tell(SearchFiles files) {
        files.problems().forEach(problem -> System.err.println("problem: " + Shown.text(problem.toString())));
        files.warnings().forEach(warning -> System.err.println("warning: " + Shown.text(warning.toString())));
    }

    private record Line(String severity, String file, int line, String key, String message) {}

    /** One JSON object a line, on standard output. */
    static void tellAsJson(SearchFiles files) {
        files.problems().forEach(problem -> tellAsJson("problem", problem));
        files.warnings().forEach(warning -> tellAsJson("warning", warning));
    }

    private static void tellAsJson(String severity, Problem one) {
        System.out.println(Json.text(new Line(severity, one.file(), one.line(), one.key(), one.message())));
    }
}
