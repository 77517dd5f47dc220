package org.tidewatch.command;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidewatch.index.Json;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All saved searches. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the saved searches in the index with how they stand.")
final class SearchesListCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(names = "--state", paramLabel = "STATE", description = "only those: active, proposed, disabled or retired")
    private SavedSearch.@Nullable State state;

    @Option(names = "--problems", description = "only those whose latest definition was refused")
    private boolean problems;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
            List<KeptSearch> kept = desk.searches().kept().stream()
                    .filter(one -> state == null || one.inForce(today).state() == state)
                    .filter(one -> !problems || one.entry().problem().isPresent())
                    .toList();
            if (json) {
                kept.forEach(one -> System.out.println(Json.text(one)));
                return 0;
            }
            int width = kept.stream().mapToInt(one -> one.id().length()).max().orElse(1);
            kept.forEach(one -> print(one, width, today));
            System.out.println(kept.size() + " searches.   One in full: " + place.command("searches show ID"));
            return 0;
        }
    }

    private static void print(KeptSearch kept, int width, LocalDate today) {
        SavedSearch search = kept.inForce(today);
        System.out.println(String.format(
                Locale.ROOT,
                "%-" + width + "s  %-8s  T%d  v%-3d  %s%s",
                search.id(),
                PlanText.state(search.state()),
                search.tier(),
                kept.version(),
                Defang.line(search.title()),
                today.isAfter(search.reviewBy()) ? "  [review was due " + search.reviewBy() + "]" : ""));
        kept.entry()
                .problem()
                .ifPresent(problem -> System.out.println(
                        "    refused, version " + kept.version() + " stays: " + Shown.text(problem.message())));
    }
}
