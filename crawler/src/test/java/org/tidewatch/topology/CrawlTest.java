package org.tidewatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.storm.Config;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.KillOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidewatch.extract.ExtractSettings;
import org.tidewatch.fetch.FetchSettings;
import org.tidewatch.fetch.HostAddress;
import org.tidewatch.fetch.Origin;
import org.tidewatch.filing.Found;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.frontier.Entry;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.history.History;
import org.tidewatch.history.Reach;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.Blocks;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.query.Fields;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;
import org.tidewatch.seed.Seed;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/** One crawl over a web that misbehaves in every way, on a real Storm and a real Elasticsearch. */
class CrawlTest {

    private static final Retention.Terms TERMS = Retention.Terms.DEFAULT;
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final int MEGABYTE = 1 << 20;

    /** Hosts that are the origin; names beside them resolve as the system resolves them. */
    private static final String[] HOSTS = {
        "good.test",
        "pdf.test",
        "large.test",
        "bomb.test",
        "loop.test",
        "silent.test",
        "robots.test",
        "charset.test",
        "blocked.test",
        "deep.test",
        "private.test"
    };

    private static Origin origin;
    private static Indices indices;
    private static LocalCluster cluster;

    @BeforeAll
    static void crawl() throws Exception {
        origin = Origin.start();
        routes();
        ElasticAccess access = TestIndex.freshAccess();
        indices = Indices.open(access.settings(System.getenv()));
        indices.ensure();
        new SearchStore(indices, TERMS, CLOCK).apply(List.of(search()), "test");
        new Blocks(indices, TERMS, CLOCK).add(new HostRule("blocked.test"), "a person", "the test says so");
        Map<String, HostAddress> connectTo = new TreeMap<>(origin.as(HOSTS));
        CrawlSettings settings = new CrawlSettings(
                access,
                FetchSettings.of(new FetchSettings.Agent("tidewatch-test", "test@unit.example"))
                        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(3))
                        .withMaxBytes(5L * MEGABYTE)
                        .withConnectTo(connectTo),
                ExtractSettings.DEFAULTS.withAgent("tidewatch-test"),
                TERMS,
                Duration.ofMillis(10),
                10,
                500,
                2);
        List<Seed> seeds = new ArrayList<>();
        for (String host : HOSTS) {
            seeds.add(seed(host, "http://" + host + "/"));
        }
        seeds.add(seed("loopback", "http://127.0.0.1:" + origin.address().port() + "/"));
        seeds.add(seed("localhost", "http://localhost:" + origin.address().port() + "/"));
        Frontier frontier = new Frontier(indices, TERMS, CLOCK, 500);
        frontier.sow(seeds);
        Config config = CrawlTopology.configuration(settings);
        config.put(Config.TOPOLOGY_TESTING_ALWAYS_TRY_SERIALIZE, true);
        cluster = new LocalCluster();
        cluster.submitTopology(CrawlTopology.NAME, config, CrawlTopology.build(settings));
        awaitNothingDue(frontier);
        applyAnotherSearch();
        frontier.sow(List.of(seed("late", "http://good.test/late")));
        awaitNothingDue(frontier);
    }

    private static void awaitNothingDue(Frontier frontier) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    indices.refresh(Room.FRONTIER);
                    return frontier.dueCount() == 0;
                });
    }

    /** While the topology runs: it is to take it up by itself, and history is run as the supervising process does. */
    private static void applyAnotherSearch() {
        SearchStore store = new SearchStore(indices, TERMS, CLOCK);
        store.apply(List.of(search(), search("moved", "text:\"moved house\" OR text:\"an eagle lands\"")), "test");
        try (LiveMatcher matcher = new LiveMatcher(store)) {
            Reach reach = Reach.loose(Fields.ofItems(), ZoneOffset.UTC);
            new History(indices, TERMS, CLOCK, store, matcher, reach).pass(() -> true);
        }
    }

    private static void routes() throws Exception {
        origin.route(
                "good.test",
                "/",
                Origin.html(
                        page(
                                "Harbour news",
                                "<p>Boats came in today.</p>"
                                        + "<a href='/call'>call</a> <a href='/private/secret'>secret</a> <a href='/moved'>moved</a>")));
        origin.route(
                "good.test", "/call", Origin.html(page("A call", "<p>Come and join the purple falcon at dawn.</p>")));
        origin.route("good.test", "/robots.txt", Origin.text("User-agent: *\nDisallow: /private/\n"));
        origin.route("good.test", "/private/secret", Origin.html(page("Secret", "<p>join the purple falcon</p>")));
        origin.route("good.test", "/moved", Origin.redirect(301, "/new-place"));
        origin.route("good.test", "/late", Origin.html(page("Late", "<p>An eagle lands.</p>")));
        origin.route("good.test", "/new-place", Origin.html(page("New place", "<p>Moved house.</p>")));
        origin.route(
                "pdf.test", "/", Origin.html(page("Files", "<a href='/whole.pdf'>a</a><a href='/broken.pdf'>b</a>")));
        byte[] pdf = pdf("Join the purple falcon in print");
        origin.route("pdf.test", "/whole.pdf", Origin.answer(200, "application/pdf", pdf));
        origin.route(
                "pdf.test", "/broken.pdf", Origin.answer(200, "application/pdf", Arrays.copyOf(pdf, pdf.length / 3)));
        origin.route(
                "large.test", "/", Origin.html(page("Large", "<a href='/huge'>huge</a><a href='/small'>small</a>")));
        origin.route("large.test", "/huge", Origin.bigWithoutLength(50L * MEGABYTE));
        origin.route("large.test", "/small", Origin.html(page("Small", "<p>Small page beside a large one.</p>")));
        origin.route("bomb.test", "/", Origin.bomb(1L << 30));
        origin.route("loop.test", "/", Origin.redirect(302, "/a"));
        origin.route("loop.test", "/a", Origin.redirect(302, "/b"));
        origin.route("loop.test", "/b", Origin.redirect(302, "/b"));
        origin.route("silent.test", "/", Origin.never());
        origin.route("robots.test", "/", Origin.html(page("Robots", "<a href='/kept-out'>x</a><a href='/open'>y</a>")));
        String rules = "User-agent: *\nDisallow: /kept-out\n";
        origin.route("robots.test", "/robots.txt", Origin.text(rules + "# filler\n".repeat(10 * MEGABYTE / 9)));
        origin.route("robots.test", "/kept-out", Origin.html(page("Kept out", "<p>join the purple falcon</p>")));
        origin.route("robots.test", "/open", Origin.html(page("Open", "<p>Open page.</p>")));
        byte[] russian = page("Новости", "<p>Лодки вернулись в гавань сегодня утром.</p>")
                .getBytes(CYRILLIC);
        origin.route("charset.test", "/", Origin.answer(200, "text/html; charset=utf-8", russian));
        origin.route("blocked.test", "/", Origin.html(page("Blocked", "<p>join the purple falcon</p>")));
        for (int i = 0; i < 20; i++) {
            String path = i == 0 ? "/" : "/" + "x/".repeat(i);
            origin.route(
                    "deep.test", path, Origin.html(page("Deep " + i, "<a href='/" + "x/".repeat(i + 1) + "'>on</a>")));
        }
        origin.route("private.test", "/", Origin.redirect(302, "http://169.254.169.254/latest/meta-data"));
    }

    private static String page(String title, String body) {
        return "<!doctype html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
    }

    private static byte[] pdf(String text) throws Exception {
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText(text);
                content.endText();
            }
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static SavedSearch search() {
        return search("falcon-call", "text:\"join the purple falcon\"");
    }

    private static SavedSearch search(String id, String query) {
        return new SavedSearch(
                id,
                "Calls to join",
                Question.of(Question.Language.LUCENE, query),
                1,
                "test",
                "test",
                "owner@unit.example",
                List.of("duty-desk"),
                MailSchedule.BY_TIER,
                LocalDate.of(2030, 1, 1),
                SavedSearch.State.ACTIVE,
                Optional.of("a person"),
                Optional.of("another person"),
                Examples.NONE);
    }

    private static Seed seed(String id, String url) {
        return new Seed(
                "test",
                id.replace('.', '-'),
                CanonicalUrl.require(url),
                Seed.Kind.PAGE,
                id,
                "test",
                "a person",
                Optional.of("another person"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(Set.of("test")),
                url.contains("private.test") ? Seed.Reach.DOMAIN : Seed.Reach.HOST,
                4,
                1_000,
                Duration.ofHours(1),
                Duration.ofDays(1),
                Seed.State.APPROVED);
    }

    @AfterAll
    static void end() throws Exception {
        if (cluster != null) {
            KillOptions now = new KillOptions();
            now.set_wait_secs(0);
            cluster.killTopologyWithOpts(CrawlTopology.NAME, now);
            cluster.close();
        }
        indices.close();
        origin.close();
    }

    private static Optional<Item> item(String url) {
        indices.refresh(Room.ITEMS);
        return indices
                .search(
                        Room.ITEMS,
                        search -> search.query(q -> q.term(t -> t.field("url").value(url))))
                .stream()
                .findFirst()
                .map(stored -> stored.as(Item.class));
    }

    private static Entry entry(String url) {
        return new Frontier(indices, TERMS, CLOCK, 500)
                .entry(CanonicalUrl.require(url))
                .orElseThrow();
    }

    private static List<String> outcomes(String url) {
        indices.refresh(Room.OUTCOMES);
        return indices
                .search(
                        Room.OUTCOMES,
                        search -> search.query(q -> q.term(t -> t.field("url").value(url))))
                .stream()
                .map(stored -> stored.document().path("kind").asText())
                .toList();
    }

    @Test
    void followsLinksAndFilesWhatItReads() {
        assertThat(item("http://good.test/call")).hasValueSatisfying(item -> {
            assertThat(item.text()).contains("join the purple falcon");
            assertThat(item.seeds()).containsExactly("test/good-test");
        });
        assertThat(entry("http://good.test/call").outcome()).isEqualTo(Outcome.FETCHED);
    }

    @Test
    void followsARedirectToItsTarget() {
        assertThat(entry("http://good.test/moved").outcome()).isEqualTo(Outcome.REDIRECTED);
        assertThat(item("http://good.test/new-place")).isPresent();
        assertThat(item("http://good.test/moved")).isEmpty();
    }

    @Test
    void flagsMatchesOnceWithAnAlertEach() {
        indices.refresh(Room.ITEMS);
        List<String> candidates = indices
                .search(Room.ITEMS, search -> search.query(
                                q -> q.term(t -> t.field("candidate").value(true)))
                        .size(50))
                .stream()
                .map(stored -> stored.as(Item.class).url())
                .sorted()
                .toList();
        assertThat(candidates)
                .containsExactly(
                        "http://good.test/call",
                        "http://good.test/late",
                        "http://good.test/new-place",
                        "http://pdf.test/whole.pdf");
        indices.refresh(Room.ALERTS);
        assertThat(indices.count(Room.ALERTS, Query.of(q -> q.matchAll(m -> m))))
                .isEqualTo(4);
    }

    @Test
    void aSearchThatIsAppliedWhileItRunsFindsWhatIsCrawledLaterAndWhatWasThere() {
        assertThat(record("http://good.test/new-place").found()).isEqualTo(Found.HISTORY);
        assertThat(record("http://good.test/late").found()).isEqualTo(Found.LIVE);
    }

    private static MatchRecord record(String url) {
        indices.refresh(Room.MATCHES);
        return indices.search(
                        Room.MATCHES,
                        search -> search.query(q -> q.term(t -> t.field("url").value(url))))
                .get(0)
                .as(MatchRecord.class);
    }

    @Test
    void neverAsksForWhatRobotsTxtDisallows() {
        assertThat(origin.asked("/private/secret")).isZero();
        assertThat(entry("http://good.test/private/secret").outcome()).isEqualTo(Outcome.ROBOTS_REFUSED);
    }

    @Test
    void goesByTheRulesInTheFirstPartOfATenMegabyteRobotsTxt() {
        assertThat(origin.asked("/kept-out")).isZero();
        assertThat(item("http://robots.test/open")).isPresent();
    }

    @Test
    void readsAWholePdfAndRecordsATruncatedOne() {
        assertThat(item("http://pdf.test/whole.pdf")).isPresent();
        assertThat(item("http://pdf.test/broken.pdf")).isEmpty();
        assertThat(outcomes("http://pdf.test/broken.pdf")).containsExactly("unparseable");
    }

    @Test
    void recordsAPageOfFiftyMegabytesAndReadsTheOneBeside() {
        assertThat(outcomes("http://large.test/huge")).containsExactly("too_large");
        assertThat(item("http://large.test/small")).isPresent();
    }

    @Test
    void recordsAGzipBomb() {
        assertThat(outcomes("http://bomb.test/")).containsExactly("too_large");
    }

    @Test
    void endsARedirectLoop() {
        assertThat(outcomes("http://loop.test/b")).contains("trapped");
        assertThat(origin.requests().stream()
                        .filter(request -> request.path().equals("/b"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void givesUpOnAHostThatNeverAnswers() {
        assertThat(outcomes("http://silent.test/")).containsAnyOf("timed_out", "robots_unreachable");
    }

    @Test
    void refusesNamesAndAddressesOfThisMachine() {
        String port = ":" + origin.address().port() + "/";
        assertThat(outcomes("http://localhost" + port)).containsExactly("address_refused");
        assertThat(outcomes("http://127.0.0.1" + port)).containsExactly("address_refused");
    }

    @Test
    void readsAPageWhoseCharsetIsDeclaredWrongly() {
        assertThat(item("http://charset.test/")).hasValueSatisfying(item -> {
            assertThat(item.title()).isEqualTo("Новости");
            assertThat(item.text()).contains("Лодки вернулись в гавань");
        });
    }

    @Test
    void asksNothingOfABlockedHost() {
        assertThat(origin.requests()).noneMatch(request -> request.host().equals("blocked.test"));
        assertThat(item("http://blocked.test/")).isEmpty();
        assertThat(entry("http://blocked.test/").outcome()).isEqualTo(Outcome.HOST_BLOCKED);
    }

    @Test
    void goesNoDeeperThanTheSeedSays() {
        assertThat(item("http://deep.test/x/x/x/x/")).isPresent();
        assertThat(origin.asked("/x/x/x/x/x/")).isZero();
    }

    @Test
    void filesEveryItemWithRetentionAndTheRevisionThatSawIt() {
        indices.refresh(Room.ITEMS);
        indices.scan(
                Room.ITEMS,
                Query.of(q -> q.matchAll(m -> m)),
                100,
                page -> page.forEach(stored -> {
                    assertThat(stored.document().path("retention").path("until").asText())
                            .isNotEmpty();
                    assertThat(stored.as(StoredItem.class).matchedRevision()).isBetween(1L, 2L);
                    assertThat(new String(stored.document().toString().getBytes(UTF_8), UTF_8))
                            .contains("text_folded");
                }));
    }
}
