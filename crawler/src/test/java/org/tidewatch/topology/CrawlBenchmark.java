package org.tidewatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.KillOptions;
import org.junit.jupiter.api.Test;
import org.tidewatch.extract.ExtractSettings;
import org.tidewatch.fetch.FetchSettings;
import org.tidewatch.fetch.HostAddress;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.keeping.Retention;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;
import org.tidewatch.seed.Seed;
import org.tidewatch.url.CanonicalUrl;

/**
 * Pages per second from the frontier to the confirmed index: {@value #PAGES} pages of about 12 kB on {@value #HOSTS}
 * loopback hosts, no delay, fifty saved searches. Beside it {@code wget -r} fetches the same pages, where there is a
 * wget. Not part of the build; see BENCHMARKS.md for the command.
 */
class CrawlBenchmark {

    private static final int PAGES = 4_000;
    private static final int HOSTS = 8;
    private static final int LINKS = 8;

    @Test
    void measure() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(Executors.newFixedThreadPool(8));
        web.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean robots = path.equals("/robots.txt");
            byte[] body = (robots ? "" : page(path)).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(robots ? 404 : 200, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        web.start();
        crawl(web.getAddress().getPort());
        wget(web.getAddress().getPort());
        web.stop(0);
    }

    private static String page(String path) {
        int number = path.equals("/") ? 0 : Integer.parseInt(path.substring(2));
        StringBuilder html = new StringBuilder("<!doctype html><html lang=en><head><meta charset=utf-8><title>Page ")
                .append(number)
                .append("</title></head><body>");
        for (int i = 1; i <= LINKS; i++) {
            int next = number * LINKS + i;
            if (next < PAGES / HOSTS) {
                html.append("<a href='/p").append(next).append("'>on</a> ");
            }
        }
        for (int i = 0; html.length() < 12_000; i++) {
            html.append("<p>Boats left harbour ")
                    .append(number)
                    .append(" at dawn with line ")
                    .append(i);
            html.append(" of nets, and the gulls went with them over the grey water.</p>");
        }
        return html.append("</body></html>").toString();
    }

    private static void crawl(int port) throws Exception {
        ElasticAccess access = TestIndex.freshAccess();
        Retention.Terms terms = Retention.Terms.DEFAULT;
        Clock clock = Clock.systemUTC();
        try (Indices indices = Indices.open(access.settings(System.getenv()))) {
            indices.ensure();
            new SearchStore(indices, terms, clock).apply(searches(), "benchmark");
            Map<String, HostAddress> connectTo = new TreeMap<>();
            List<Seed> seeds = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                connectTo.put("h" + i + ".test", HostAddress.of("127.0.0.1:" + port));
                seeds.add(seed("h" + i));
            }
            CrawlSettings settings = new CrawlSettings(
                    access,
                    FetchSettings.of(new FetchSettings.Agent("tidewatch-benchmark", "benchmark@unit.example"))
                            .withConnectTo(connectTo),
                    ExtractSettings.DEFAULTS.withAgent("tidewatch-benchmark"),
                    terms,
                    Duration.ZERO,
                    20,
                    100_000,
                    2);
            Frontier frontier = new Frontier(indices, terms, clock, 100_000);
            Instant started = clock.instant();
            frontier.sow(seeds);
            try (LocalCluster cluster = new LocalCluster()) {
                cluster.submitTopology(
                        CrawlTopology.NAME, CrawlTopology.configuration(settings), CrawlTopology.build(settings));
                Instant first = until(indices, 1);
                Instant warm = until(indices, PAGES / 4);
                Instant last = until(indices, PAGES);
                double seconds = Duration.between(warm, last).toMillis() / 1000.0;
                say(
                        "start to first page in the index: %.1f s",
                        Duration.between(started, first).toMillis() / 1000.0);
                say("pages/s, frontier to confirmed index, after the first quarter: %.0f", PAGES * 3 / 4 / seconds);
                KillOptions now = new KillOptions();
                now.set_wait_secs(0);
                cluster.killTopologyWithOpts(CrawlTopology.NAME, now);
            }
        }
    }

    private static Instant until(Indices indices, int pages) throws InterruptedException {
        while (indices.count(Room.ITEMS, Query.of(q -> q.matchAll(m -> m))) < pages) {
            Thread.sleep(200);
        }
        return Instant.now();
    }

    private static void wget(int port) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/wget"))) {
            say("peer wget: not on this machine");
            return;
        }
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "wget-");
        Instant started = Instant.now();
        Process process = new ProcessBuilder(
                        "wget", "-q", "-r", "-l", "20", "-P", folder.toString(), "http://127.0.0.1:" + port + "/")
                .inheritIO()
                .start();
        process.waitFor();
        double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            say("peer wget -r (one host, parses links only, indexes nothing): %.0f pages/s", all.size() / seconds);
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static List<SavedSearch> searches() {
        List<SavedSearch> searches = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            searches.add(new SavedSearch(
                    "search-" + i,
                    "Search " + i,
                    Question.of(
                            Question.Language.LUCENE,
                            "text:(\"purple falcon " + i + "\" OR (quay" + i + " AND lantern" + i + "))"),
                    2,
                    "benchmark",
                    "benchmark",
                    "benchmark@unit.example",
                    List.of("duty-desk"),
                    MailSchedule.BY_TIER,
                    LocalDate.of(2030, 1, 1),
                    SavedSearch.State.ACTIVE,
                    Optional.of("a person"),
                    Optional.of("another person"),
                    Examples.NONE));
        }
        return searches;
    }

    private static Seed seed(String host) {
        return new Seed(
                "benchmark",
                host,
                CanonicalUrl.require("http://" + host + ".test/"),
                Seed.Kind.PAGE,
                host,
                "benchmark",
                "a person",
                Optional.of("another person"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                Seed.Reach.HOST,
                20,
                1_000_000,
                Duration.ofDays(1),
                Duration.ofDays(7),
                Seed.State.APPROVED);
    }

    private static void say(String format, Object... values) {
        System.out.println("BENCHMARK " + String.format(Locale.ROOT, format, values));
    }
}
