package org.tidewatch.command;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tidewatch.index.Json;
import org.tidewatch.search.SearchStore;
import org.tidewatch.trial.SearchHealth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which saved searches want a curator's eye. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description =
                "Shows the searches that never fire, fire on nearly everything, fail, cost most, or are past review.")
final class SearchesHealthCommand implements Callable<Integer> {

    private static final int SHOWN = 10;
    private static final int MOST_DAYS = 3_650;

    @Mixin
    private Place place = new Place();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "over the last N days (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(names = "--json", description = "one JSON object a search, all of them")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (days < 1 || days > MOST_DAYS) {
            System.err.println("--days: 1 to " + MOST_DAYS + ", not " + days);
            return 2;
        }
        Clock clock = Clock.systemUTC();
        try (Desk desk = Desk.open(place)) {
            SearchStore store = new SearchStore(desk.indices(), desk.terms(), clock);
            SearchHealth.Report report =
                    new SearchHealth(desk.indices(), store).over(Duration.ofDays(days), clock.instant());
            if (json) {
                report.figures().forEach(figures -> System.out.println(Json.text(line(report, figures))));
            } else {
                print(report);
            }
        }
        return 0;
    }

    /** A search's figures as a script reads them. */
    private record Line(
            String id,
            long fires,
            long errors,
            double millis,
            int hours,
            boolean neverFires,
            boolean nearlyAlwaysFires,
            boolean pastReview) {}

    private static Line line(SearchHealth.Report report, SearchHealth.Figures figures) {
        return new Line(
                figures.search().id(),
                figures.fires(),
                figures.errors(),
                figures.millis(),
                figures.hours(),
                figures.neverFires(),
                report.nearlyAlwaysFires(figures),
                report.isPastReview(figures));
    }

    private void print(SearchHealth.Report report) {
        System.out.println(report.figures().size() + " searches stand; " + report.items()
                + " items were matched in the last " + days + " days.");
        section(report, "Never fired", SearchHealth.Figures::neverFires, f -> f.hours() + " hours in force");
        section(
                report,
                "Fired on nearly everything (" + Math.round(SearchHealth.NEARLY_ALWAYS * 100)
                        + " % of all items or more)",
                report::nearlyAlwaysFires,
                f -> f.fires() + " matches");
        section(report, "Failed on items", f -> f.errors() > 0, f -> f.errors() + " failures; status names them");
        section(
                report,
                "Past review",
                report::isPastReview,
                f -> "since " + f.search().definition().reviewBy() + ", owner "
                        + f.search().definition().owner());
        List<SearchHealth.Figures> costly = report.figures().stream()
                .filter(f -> f.millis() > 0)
                .sorted(Comparator.comparingDouble(SearchHealth.Figures::millis).reversed())
                .limit(SHOWN)
                .toList();
        print("Cost most time", costly, f -> String.format(Locale.ROOT, "%.1f ms", f.millis()), costly.size());
    }

    private static void section(
            SearchHealth.Report report,
            String head,
            Predicate<SearchHealth.Figures> which,
            Function<SearchHealth.Figures, String> what) {
        List<SearchHealth.Figures> found =
                report.figures().stream().filter(which).toList();
        print(head, found.subList(0, Math.min(SHOWN, found.size())), what, found.size());
    }

    private static void print(
            String head, List<SearchHealth.Figures> shown, Function<SearchHealth.Figures, String> what, int all) {
        if (all == 0) {
            return;
        }
        System.out.println();
        System.out.println(head + ":");
        shown.forEach(f -> System.out.println("  " + f.search().id() + "  " + what.apply(f)));
        if (all > shown.size()) {
            System.out.println("  and " + (all - shown.size()) + " more; --json lists all");
        }
    }
}
