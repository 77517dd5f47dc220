package org.tidewatch.command;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.config.Configuration;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.history.HistoryRun;
import org.tidewatch.history.HistoryRuns;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Status;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How things stand. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the processes, the size of the queues, the lag and the last errors.")
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STALE = Duration.ofSeconds(15);
    private static final int LAST_OUTCOMES = 5;

    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    private record Queues(
            long due,
            long knownUrls,
            long items,
            long candidates,
            long unroutedAlerts,
            long pendingDeliveries,
            long failedDeliveries) {}

    private record Report(
            Optional<Status> processes,
            Optional<Queues> queues,
            Optional<SearchStatus> searches,
            Optional<Long> lagSeconds,
            Optional<HistoryRun> history,
            List<String> outcomes,
            Optional<String> trouble) {}

    @Override
    public Integer call() throws Exception {
        Configuration configuration = place.configuration();
        DataFolder folder = place.folder(configuration);
        Optional<Status> running = Status.read(folder);
        Report report = report(configuration, running);
        if (json) {
            System.out.println(Json.text(report));
        } else {
            print(report, folder);
        }
        return running.isPresent() && report.trouble().isEmpty() ? 0 : 1;
    }

    private static Report report(Configuration configuration, Optional<Status> running) throws IOException {
        Optional<ElasticAccess> access =
                configuration.elasticsearch().access().or(() -> running.flatMap(Status::elastic));
        if (access.isEmpty()) {
            return new Report(
                    running,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }
        try (Indices indices = Indices.open(access.get().withPatience(PATIENCE).settings(System.getenv()))) {
            return new Report(
                    running,
                    Optional.of(queues(configuration, indices)),
                    Optional.of(SearchStatus.of(configuration, indices)),
                    lag(indices),
                    new HistoryRuns(indices, configuration.retention())
                            .latest(1).stream().findFirst(),
                    outcomes(indices),
                    Optional.empty());
        } catch (IndexUnavailable | IndexRefused e) {
            return new Report(
                    running,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static Queues queues(Configuration configuration, Indices indices) {
        Frontier frontier = new Frontier(
                indices,
                configuration.retention(),
                Clock.systemUTC(),
                configuration.crawl().maxUrlsPerHost());
        return new Queues(
                frontier.dueCount(),
                indices.count(Room.FRONTIER, Query.of(q -> q.matchAll(m -> m))),
                indices.count(Room.ITEMS, Query.of(q -> q.matchAll(m -> m))),
                indices.count(
                        Room.ITEMS,
                        Query.of(q -> q.term(t -> t.field("candidate").value(true)))),
                indices.count(
                        Room.ALERTS, Query.of(q -> q.bool(b -> b.mustNot(m -> m.exists(e -> e.field("routed_at")))))),
                indices.count(
                        Room.DELIVERIES,
                        Query.of(q -> q.bool(b -> b.should(
                                        s -> s.term(t -> t.field("state").value("pending")))
                                .should(s -> s.term(t -> t.field("state").value("sending")))))),
                indices.count(
                        Room.DELIVERIES,
                        Query.of(q -> q.term(t -> t.field("state").value("failed")))));
    }

    /** How long the URL that has waited longest is overdue. */
    private static Optional<Long> lag(Indices indices) {
        Instant now = Instant.now();
        return indices
                .search(Room.FRONTIER, search -> search.query(q -> q.range(
                                r -> r.date(d -> d.field("next_fetch_at").lte(now.toString()))))
                        .size(1)
                        .sort(s -> s.field(f -> f.field("next_fetch_at").order(SortOrder.Asc))))
                .stream()
                .findFirst()
                .map(stored -> Duration.between(
                                Instant.parse(
                                        stored.document().path("next_fetch_at").asText()),
                                now)
                        .toSeconds());
    }

    private static List<String> outcomes(Indices indices) {
        return indices
                .search(Room.OUTCOMES, search -> search.query(q -> q.matchAll(m -> m))
                        .size(LAST_OUTCOMES)
                        .sort(s -> s.field(f -> f.field("last_at").order(SortOrder.Desc))))
                .stream()
                .map(StatusCommand::outcome)
                .toList();
    }

    private static String outcome(Stored stored) {
        return stored.document().path("last_at").asText() + " "
                + stored.document().path("kind").asText() + " "
                + Defang.line(stored.document().path("url").asText()) + " ("
                + stored.document().path("count").asInt() + "x) "
                + Defang.line(stored.document().path("detail").asText());
    }

    private void print(Report report, DataFolder folder) {
        if (report.processes().isEmpty()) {
            System.out.println(
                    "Nothing is running on " + folder.path() + ". ./tidewatch run or ./tidewatch demo starts it.");
        }
        report.processes().ifPresent(status -> {
            Duration age = Duration.between(status.at(), Instant.now());
            System.out.println(status.mode() + " since " + status.startedAt() + ", process " + status.pid()
                    + (age.compareTo(STALE) > 0 ? ", but silent for " + age.toSeconds() + " s" : ""));
            for (Status.Part part : status.parts()) {
                System.out.println(String.format(
                        Locale.ROOT,
                        "  %-16s %-10s %s",
                        part.name(),
                        part.state(),
                        part.pid().map(pid -> "process " + pid + " ").orElse("")
                                + (part.restarts() > 0 ? "started again " + part.restarts() + "x " : "")
                                + part.note().orElse("")));
            }
        });
        report.queues().ifPresent(queues -> {
            System.out.println("Queues");
            System.out.println("  URLs            " + queues.due() + " due of " + queues.knownUrls() + " known"
                    + report.lagSeconds()
                            .map(lag -> ", the oldest " + lag + " s overdue")
                            .orElse(""));
            System.out.println("  items           " + queues.items() + ", " + queues.candidates() + " candidates");
            System.out.println("  alerts          " + queues.unroutedAlerts() + " not yet in a mail");
            System.out.println("  mails           " + queues.pendingDeliveries() + " to send, "
                    + queues.failedDeliveries() + " failed");
        });
        report.searches().ifPresent(SearchStatus::print);
        report.history().ifPresent(run -> System.out.println("  history         " + HistoryLine.of(run)));
        report.trouble().ifPresent(trouble -> System.out.println("Elasticsearch: " + trouble));
        report.processes().filter(status -> !status.errors().isEmpty()).ifPresent(status -> {
            System.out.println("Last errors");
            status.errors().forEach(error -> System.out.println("  " + Defang.line(error)));
        });
        if (!report.outcomes().isEmpty()) {
            System.out.println("Last outcomes worth a look");
            report.outcomes().forEach(line -> System.out.println("  " + line));
        }
    }
}
