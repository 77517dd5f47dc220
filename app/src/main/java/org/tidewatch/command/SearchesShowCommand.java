package org.tidewatch.command;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.history.HistoryRun;
import org.tidewatch.history.HistoryRuns;
import org.tidewatch.index.Json;
import org.tidewatch.kibana.SearchYaml;
import org.tidewatch.search.Approval;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.Lookback;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One saved search in full. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one saved search: how it stands and why, who approved it, and its definition.")
final class SearchesShowCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "ID", description = "the search")
    private String id = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            Optional<KeptSearch> kept = desk.searches().kept(id);
            if (kept.isEmpty()) {
                System.err.println("There is no saved search " + Defang.line(id) + ". " + place.command("searches list")
                        + " names them.");
                return 1;
            }
            if (json) {
                System.out.println(Json.text(kept.get()));
            } else {
                print(kept.get(), run(desk, kept.get()));
            }
            return 0;
        }
    }

    /** The run over history that the search takes part in as it is now, if it has begun. */
    private static Optional<HistoryRun> run(Desk desk, KeptSearch kept) {
        return kept.entry().history().filter(Lookback::run).flatMap(asked -> new HistoryRuns(
                        desk.indices(), desk.terms())
                .of(asked.revision()));
    }

    private static void print(KeptSearch kept, Optional<HistoryRun> run) {
        KeptSearch.Entry entry = kept.entry();
        LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
        row(
                "stands",
                PlanText.state(kept.inForce(today).state()) + ", "
                        + entry.standing().why());
        row("version", entry.version() + " of " + time(entry.at()) + ", by " + entry.by() + ", from " + entry.source());
        row("question", Approval.hash(kept.definition().question()));
        row(
                "approved",
                entry.approval()
                        .map(approval -> "by " + approval.by() + " on " + time(approval.at()) + ", by "
                                + approval.way().name().toLowerCase(Locale.ROOT))
                        .orElse("no"));
        entry.switched()
                .ifPresent(switched -> row(
                        "switched",
                        (switched.on() ? "on" : "off") + " by " + switched.by() + " on " + time(switched.at()) + ": "
                                + switched.why()));
        entry.problem()
                .ifPresent(problem -> System.out.println(
                        "refused     since " + time(problem.at()) + ": " + Shown.text(problem.message())));
        entry.history()
                .ifPresent(asked -> row(
                        "history",
                        (asked.run()
                                        ? "looked through" + (asked.quiet() ? " without alerts" : "")
                                        : "not looked through")
                                + ", since revision " + asked.revision()));
        run.ifPresent(known -> row("", HistoryLine.of(known)));
        System.out.println();
        SearchYaml.of(kept.definition()).lines().forEach(line -> System.out.println("  " + Shown.text(line)));
    }

    private static void row(String name, String value) {
        System.out.println(String.format(Locale.ROOT, "%-11s %s", name, Defang.line(value)));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
