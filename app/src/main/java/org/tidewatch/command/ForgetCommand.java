package org.tidewatch.command;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.Forget;
import org.tidewatch.url.HostRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what is kept of a host or URL. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Deletes all that is kept of a host or URL now. To stop the crawl as well, block it first.")
final class ForgetCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Person person = new Person();

    @Mixin
    private Target target = new Target();

    @Option(names = "--json", description = "print the counts as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Optional<HostRule> meant = target.rule();
        if (meant.isEmpty() || person.gaveNoReason()) {
            return 2;
        }
        HostRule rule = meant.get();
        try (Desk desk = Desk.open(place)) {
            Forget.Forgotten gone = new Forget(desk.indices(), desk.terms(), Clock.systemUTC())
                    .forget(rule, person.name(), person.why());
            if (json) {
                System.out.println(Json.text(gone));
            } else {
                System.out.println("Forgotten of " + rule.value() + ": " + gone.items() + " items, " + gone.matches()
                        + " matches, " + gone.alerts() + " alerts, " + gone.frontier() + " known URLs, "
                        + gone.outcomes()
                        + " outcomes."
                        + (gone.held() > 0 ? " " + gone.held() + " documents are on hold and stay." : ""));
            }
            return 0;
        }
    }
}
