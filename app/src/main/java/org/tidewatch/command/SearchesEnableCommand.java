package org.tidewatch.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Switches a search on again. */
@Command(
        name = "enable",
        mixinStandardHelpOptions = true,
        description =
                "Takes disable back, or switches on what its file says is disabled. What was flagged before is not"
                        + " alerted again, and what nobody approved stays proposed.")
final class SearchesEnableCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Person person = new Person();

    @Mixin
    private LookbackOptions history = new LookbackOptions();

    @Parameters(paramLabel = "ID", description = "the search")
    private String id = "";

    @Option(names = "--json", description = "print the search as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (person.gaveNoReason()) {
            return 2;
        }
        try (Desk desk = Desk.open(place)) {
            return ActText.print(
                    desk.searches().oversight().enable(id, person.name(), person.why(), history.lookback()), json);
        }
    }
}
