package org.tidewatch.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.search.Incoming;
import org.tidewatch.search.Plan;
import org.tidewatch.search.SearchStore;
import org.tidewatch.supervise.Home;
import org.tidewatch.yaml.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the files the searches in force. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Makes the files the searches in force, and shows first what that changes. A search whose file is gone"
                        + " is disabled; one whose file is wrong stays as it is. A running Tidewatch does the same by itself when a"
                        + " file changes. Exit code 1 when a file has problems, or the answer was no.")
final class SearchesApplyCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private SearchSource source = new SearchSource();

    @Mixin
    private LookbackOptions history = new LookbackOptions();

    @Mixin
    private Name name = new Name();

    @Option(names = "--yes", description = "do not ask on a terminal")
    private boolean yes;

    @Option(names = "--json", description = "print what was done as one JSON object")
    private boolean json;

    private record Done(
            long revision,
            List<String> added,
            List<String> changed,
            List<String> removed,
            List<String> moved,
            List<Problem> problems) {}

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            SearchFiles files = source.read(desk.configuration());
            SearchSource.tell(files);
            SearchStore store = desk.searches();
            Incoming incoming = files.incoming(name.value(), history.lookback());
            Plan plan = store.plan(incoming);
            if (!json) {
                new PlanText(place, plan).print();
            }
            if (plan.changedAnything() && !yes && !json && Home.onTerminal() && !agreed()) {
                System.out.println("Nothing was applied.");
                return 1;
            }
            Plan done = store.apply(incoming);
            if (json) {
                System.out.println(Json.text(new Done(
                        done.revision(),
                        done.added(),
                        done.changed(),
                        done.removed(),
                        done.ids(Plan.Kind.MOVED),
                        files.problems())));
            } else {
                System.out.println(
                        done.changedAnything()
                                ? "Applied; the set is at revision " + done.revision() + "."
                                : "Nothing to apply.");
            }
            return files.problems().isEmpty() ? 0 : 1;
        }
    }

    private static boolean agreed() throws IOException {
        System.out.print("Apply this? [y/N] ");
        System.out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
