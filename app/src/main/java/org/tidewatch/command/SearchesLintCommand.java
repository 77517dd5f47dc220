package org.tidewatch.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidewatch.config.Configuration;
import org.tidewatch.kibana.SearchFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files of saved searches. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Reads saved searches, tries them on their own examples, and names what is wrong with file and line."
                        + " Needs no server. Exit code 1 when something is wrong; warnings stop nothing.")
final class SearchesLintCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..1", paramLabel = "DIR|FILE", description = "what to read (default: the configured folder)")
    private @Nullable Path path;

    @Option(names = "--json", description = "one JSON object for each problem and warning")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Configuration configuration = place.configuration();
        Path read = path == null ? configuration.searches().folder() : path;
        if (!Files.exists(read)) {
            System.err.println("There is no " + read + ".");
            return 2;
        }
        SearchFiles files = SearchSource.read(read, configuration);
        if (json) {
            SearchSource.tellAsJson(files);
        } else {
            SearchSource.tell(files);
            System.out.println(files.searches().size() + " searches are good; "
                    + files.problems().size() + " problems, " + files.warnings().size() + " warnings.");
        }
        return files.problems().isEmpty() ? 0 : 1;
    }
}
