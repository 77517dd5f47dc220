package org.tidewatch.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidewatch.config.Configuration;
import org.tidewatch.delivery.MailSettings;
import org.tidewatch.delivery.Preview;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.index.Json;
import org.tidewatch.item.Account;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.match.Reason;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;
import org.tidewatch.trial.Trial;
import org.tidewatch.trial.TrialReport;
import org.tidewatch.url.Defang;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A saved search over what is kept, before it stands. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = "Runs a search over the items of the last days and shows what it would have found and mailed."
                + " Nothing is written and nothing is sent.")
final class SearchesTryCommand implements Callable<Integer> {

    private static final int SAMPLES = 100;
    private static final int SHOWN = 10;
    private static final int MOST_DAYS = 3_650;

    @Mixin
    private Place place = new Place();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    static final class Which {
        @Parameters(paramLabel = "FILE|ID", description = "a file with one saved search, or the id of one in force")
        private @Nullable String named;

        @Option(names = "--query", paramLabel = "TEXT", description = "a query as one would type it into Kibana")
        private @Nullable String query;
    }

    @Option(
            names = "--language",
            paramLabel = "NAME",
            defaultValue = "kuery",
            description = "of --query: kuery or lucene (default: ${DEFAULT-VALUE})")
    private Question.Language language = Question.Language.KUERY;

    @Option(names = "--exact", description = "for --query: no disguised spellings")
    private boolean exact;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "over the last N days (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "as if it were then: a day (2026-11-24, its end) or an instant (2026-11-24T10:00:00Z)")
    private @Nullable String asOf;

    @Option(names = "--json", description = "one JSON object, addresses as they are")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (days < 1 || days > MOST_DAYS) {
            System.err.println("--days: 1 to " + MOST_DAYS + ", not " + days);
            return 2;
        }
        Clock clock = Clock.systemUTC();
        Instant until;
        try {
            until = asOf == null ? clock.instant() : time(asOf);
        } catch (DateTimeParseException e) {
            System.err.println(
                    "--as-of: a day (2026-11-24) or an instant (2026-11-24T10:00:00Z), not \"" + asOf + "\"");
            return 2;
        }
        try (Desk desk = Desk.open(place)) {
            Optional<SavedSearch> search = search(desk, clock);
            if (search.isEmpty()) {
                return 1;
            }
            try {
                TrialReport report = new Trial(desk.indices())
                        .run(search.get(), new Trial.Span(until.minus(Duration.ofDays(days)), until), SAMPLES);
                if (json) {
                    System.out.println(Json.text(report));
                } else {
                    print(report, desk.configuration(), System.out);
                }
                return 0;
            } catch (QueryRefused e) {
                System.err.println(e.withCaret(search.get().question().query()));
                return 2;
            }
        }
    }

    private static Instant time(String text) {
        return text.length() == "2026-11-24".length()
                ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }

    /** The search that is meant; when there is none, says so on standard error and is empty. */
    private Optional<SavedSearch> search(Desk desk, Clock clock) {
        if (which.query != null) {
            Question.Form form = exact ? Question.Form.EXACT : Question.Form.FOLDED;
            return Optional.of(new SavedSearch(
                    "trial",
                    "Trial of a query",
                    new Question(language, which.query, List.of(), form, List.of(), List.of()),
                    SavedSearch.MAX_TIER,
                    "trial",
                    "trial",
                    "trial",
                    List.of(),
                    MailSchedule.NONE,
                    LocalDate.MAX,
                    SavedSearch.State.PROPOSED,
                    Optional.empty(),
                    Optional.empty(),
                    Examples.NONE));
        }
        String named = String.valueOf(which.named);
        Path file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            Optional<SavedSearch> kept = new SearchStore(desk.indices(), desk.terms(), clock)
                    .kept(named)
                    .map(search -> search.inForce(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
            if (kept.isEmpty()) {
                System.err.println("There is no file and no saved search \"" + named + "\"; searches list shows them.");
            }
            return kept;
        }
        SearchFiles files = SearchSource.read(file, desk.configuration());
        SearchSource.tell(files);
        if (files.problems().isEmpty() && files.searches().size() != 1) {
            System.err.println(named + " holds " + files.searches().size() + " searches; a trial is of one");
        }
        return files.problems().isEmpty() && files.searches().size() == 1
                ? Optional.of(files.searches().get(0).withState(SavedSearch.State.PROPOSED))
                : Optional.empty();
    }

    private void print(TrialReport report, Configuration configuration, PrintStream out) {
        TrialReport.Totals totals = report.totals();
        report.remarks().forEach(remark -> out.println("Note: " + remark.message()));
        out.println(report.search().id() + " would have found " + totals.hits() + " of " + report.items()
                + " items first seen in the last " + days + " days"
                + (totals.copies() == 0
                        ? "."
                        : ", and " + totals.copies() + " that show only what another had shown before."));
        if (report.failures() > 0) {
            out.println("It failed on " + report.failures() + " items.");
        }
        if (totals.hits() == 0) {
            return;
        }
        out.println();
        out.println("A day:      "
                + pairs(totals.days().entrySet().stream()
                        .map(day -> Map.entry(day.getKey().toString(), day.getValue()))
                        .toList()));
        out.println("Hosts:      " + Defang.line(pairs(TrialReport.Totals.top(totals.hosts(), SHOWN))));
        out.println("Languages:  " + pairs(TrialReport.Totals.top(totals.languages(), SHOWN)));
        out.println();
        out.println("The newest of them:");
        List<TrialReport.Sample> samples = report.samples();
        samples.subList(Math.max(0, samples.size() - SHOWN), samples.size()).forEach(sample -> print(sample, out));
        mail(report, configuration).ifPresent(mail -> {
            out.println();
            out.println("The mail it would have sent" + (report.search().alerts() ? "" : ", once it is active")
                    + (totals.hits() > samples.size() ? " (of the newest " + samples.size() + ")" : "") + ":");
            out.println();
            out.println("  Subject: " + mail.subject());
            mail.text().lines().forEach(line -> out.println("  " + line));
        });
    }

    private static String pairs(List<Map.Entry<String, Integer>> counts) {
        return String.join(
                ", ",
                counts.stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .toList());
    }

    private static void print(TrialReport.Sample sample, PrintStream out) {
        out.println("  " + sample.item().id().substring(0, 10) + "  "
                + Defang.line(sample.item().url()));
        for (Reason reason : sample.match().reasons()) {
            out.println("    " + (reason.field().isEmpty() ? "item" : reason.field()) + "  "
                    + Defang.line(reason.clause())
                    + (reason.folds().isEmpty() ? "" : "  (folds: " + String.join(", ", reason.folds()) + ")"));
            out.println("      " + Defang.line(reason.excerpt()));
        }
    }

    private static Optional<Preview> mail(TrialReport report, Configuration configuration) {
        if (report.samples().isEmpty() || report.search().mail() == MailSchedule.NONE) {
            return Optional.empty();
        }
        Map<String, Account> accounts = new HashMap<>();
        report.samples().forEach(sample -> sample.item()
                .author()
                .ifPresent(author -> accounts.put(sample.item().id(), author)));
        Optional<MailSettings> settings = configuration.alerts().map(alerts -> alerts.mail());
        Optional<Recipient> recipient = settings.flatMap(known -> report.search().recipients().stream()
                .flatMap(name -> known.recipient(name).stream())
                .findFirst());
        return Optional.of(Preview.of(
                report.alerts(), accounts, recipient, settings, report.span().until()));
    }
}
