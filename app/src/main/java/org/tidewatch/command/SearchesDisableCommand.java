package org.tidewatch.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Switches a search off. */
@Command(
        name = "disable",
        mixinStandardHelpOptions = true,
        description = "Switches a search off within seconds, whatever its file says, until enable takes it back.")
final class SearchesDisableCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Person person = new Person();

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
            return ActText.print(desk.searches().oversight().disable(id, person.name(), person.why()), json);
        }
    }
}
