package org.tidewatch.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.Audit;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A saved search's versions and what people did to it. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows every version of a saved search and every act on it: who, when, what changed, why.")
final class SearchesHistoryCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "ID", description = "the search")
    private String id = "";

    @Option(names = "--json", description = "one JSON object a line, the oldest first")
    private boolean json;

    /** One thing that happened. */
    private record Event(Instant at, String by, String what, List<String> lines, Optional<KeptSearch> version) {}

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            List<KeptSearch> versions = desk.searches().versions(id);
            if (versions.isEmpty()) {
                System.err.println("There is no saved search " + Defang.line(id) + ".");
                return 1;
            }
            List<Event> events = new ArrayList<>(versions(versions));
            Audit.of(desk.indices(), id)
                    .forEach(entry ->
                            events.add(new Event(entry.at(), entry.by(), act(entry), List.of(), Optional.empty())));
            events.sort(Comparator.comparing(Event::at));
            for (Event event : events) {
                if (json) {
                    System.out.println(Json.text(event));
                } else {
                    System.out.println(event.at().truncatedTo(ChronoUnit.SECONDS) + "  " + Defang.line(event.by())
                            + ": " + event.what());
                    event.lines().forEach(line -> System.out.println("    " + Shown.text(line)));
                }
            }
            return 0;
        }
    }

    private static List<Event> versions(List<KeptSearch> versions) {
        List<Event> events = new ArrayList<>();
        Optional<KeptSearch> before = Optional.empty();
        for (KeptSearch version : versions) {
            KeptSearch.Entry entry = version.entry();
            String query = version.definition().question().query();
            List<String> lines = before.map(
                            former -> LineDiff.of(former.definition().question().query(), query))
                    .filter(diff -> diff.stream().anyMatch(line -> !line.startsWith(" ")))
                    .orElseGet(List::of);
            String changed = entry.changed().isEmpty() ? "" : ", changed: " + String.join(", ", entry.changed());
            String approved = entry.approval()
                    .map(approval -> ", approved by " + Defang.line(approval.by()))
                    .orElse("");
            events.add(new Event(
                    entry.at(),
                    entry.by(),
                    "version " + entry.version() + changed + approved + ", then "
                            + PlanText.state(entry.standing().state()),
                    lines,
                    Optional.of(version)));
            before = Optional.of(version);
        }
        return events;
    }

    private static String act(Audit.Entry entry) {
        return entry.act()
                + entry.why().map(why -> ": " + Defang.line(why)).orElse("")
                + entry.detail().map(detail -> " (" + Defang.line(detail) + ")").orElse("");
    }
}
