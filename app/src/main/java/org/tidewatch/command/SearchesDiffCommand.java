package org.tidewatch.command;

import java.util.concurrent.Callable;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.search.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What applying the files would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Shows what apply would change: queries line by line, how each search would stand, and whose approval"
                        + " it would need. Exit code 1 when a file has problems.")
final class SearchesDiffCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private SearchSource source = new SearchSource();

    @Mixin
    private LookbackOptions history = new LookbackOptions();

    @Option(names = "--json", description = "one JSON object for each search that changes")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            SearchFiles files = source.read(desk.configuration());
            Plan plan = desk.searches().plan(files.incoming("", history.lookback()));
            SearchSource.tell(files);
            PlanText text = new PlanText(place, plan);
            if (json) {
                text.printAsJson();
            } else {
                text.print();
            }
            return files.problems().isEmpty() ? 0 : 1;
        }
    }
}
