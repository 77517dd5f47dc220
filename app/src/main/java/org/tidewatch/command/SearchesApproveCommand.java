package org.tidewatch.command;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A second person's approval. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description =
                "Approves what a search asks now, so that it may alert. Someone other than who proposed it does; the"
                        + " approval ends when the search asks something else.")
final class SearchesApproveCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Name name = new Name();

    @Mixin
    private LookbackOptions history = new LookbackOptions();

    @Parameters(paramLabel = "ID", description = "the search")
    private String id = "";

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "the version that you have looked at; another one is not approved")
    private @Nullable Integer version;

    @Option(names = "--json", description = "print the search as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            OptionalInt seen = version == null ? OptionalInt.empty() : OptionalInt.of(version);
            return ActText.print(desk.searches().oversight().approve(id, name.value(), seen, history.lookback()), json);
        }
    }
}
