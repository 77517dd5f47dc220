package org.tidewatch.command;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.keeping.Blocks;
import org.tidewatch.url.HostRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a host or URL at once. */
@Command(
        name = "block",
        mixinStandardHelpOptions = true,
        description =
                "Stops fetching and filing a host (with everything below it) or a URL prefix, at once and everywhere.")
final class BlockCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Person person = new Person();

    @Mixin
    private Target target = new Target();

    @Option(names = "--lift", description = "take the block back")
    private boolean lift;

    @Override
    public Integer call() throws Exception {
        Optional<HostRule> meant = target.rule();
        if (meant.isEmpty() || person.gaveNoReason()) {
            return 2;
        }
        HostRule rule = meant.get();
        try (Desk desk = Desk.open(place)) {
            Blocks blocks = new Blocks(desk.indices(), desk.terms(), Clock.systemUTC());
            if (lift) {
                boolean there = blocks.lift(rule, person.name(), person.why());
                new Frontier(
                                desk.indices(),
                                desk.terms(),
                                Clock.systemUTC(),
                                desk.configuration().crawl().maxUrlsPerHost())
                        .recrawl(rule::covers);
                System.out.println(
                        there ? "The block of " + rule.value() + " is lifted." : rule.value() + " was not blocked.");
                return there ? 0 : 1;
            }
            blocks.add(rule, person.name(), person.why());
            System.out.println(rule.value() + " is blocked. What is kept of it stays; "
                    + place.command("forget " + rule.value() + " --why TEXT") + " deletes it.");
            return 0;
        }
    }
}
