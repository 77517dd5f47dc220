package org.tidewatch.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.persistence.Status;
import com.digitalpebble.stormcrawler.protocol.RobotRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.storm.Config;
import org.apache.storm.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidewatch.fetch.FetcherBoltRun.Emitted;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.Json;
import org.tidewatch.item.Outcome;
import org.tidewatch.topology.FromMetadata;
import org.tidewatch.topology.ToMetadata;
import org.tidewatch.url.CanonicalUrl;

/** The protocol in StormCrawler's own FetcherBolt, and what comes out of it at the other end. */
@ExtendWith(FreshProtocols.class)
class GuardedProtocolTest {

    private static final String OPEN = "http://open.test";
    private static final String STRICT = "http://strict.test";
    private static final String BROKEN = "http://broken.test";
    private static final String PATIENT = "http://patient.test";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Origin origin;
    private static FetcherBoltRun bolt;

    @BeforeAll
    static void start() {
        origin = Origin.start()
                .route("strict.test", "/robots.txt", Origin.text("User-agent: *\nDisallow: /hidden\n"))
                .route("broken.test", "/robots.txt", Origin.status(503))
                .route("patient.test", "/robots.txt", Origin.text("User-agent: *\nCrawl-delay: 999\n"));
        bolt = new FetcherBoltRun(config(settings()));
    }

    @AfterAll
    static void close() {
        origin.close();
    }

    @Test
    void aPageGoesDownTheDefaultStreamWithItsVisitAndReport() throws InterruptedException {
        origin.route(
                "/page",
                Origin.answer(
                        200,
                        "text/html; charset=utf-8",
                        "hello".getBytes(UTF_8),
                        "ETag: \"v1\"",
                        "X-Robots-Tag: none"));

        Emitted emitted = bolt.fetch(OPEN + "/page", ToMetadata.of(Visits.first(OPEN + "/page")));

        assertThat(emitted.stream()).isEqualTo(Utils.DEFAULT_STREAM_ID);
        assertThat(emitted.content()).asString(UTF_8).isEqualTo("hello");
        assertThat(FromMetadata.visit(emitted.metadata())).contains(Visits.first(OPEN + "/page"));
        FetchReport report = FromMetadata.report(emitted.metadata(), emitted.status(), NOW);
        assertThat(report.outcome()).isEqualTo(Outcome.FETCHED);
        assertThat(report.etag()).contains("\"v1\"");
        assertThat(report.contentType()).contains("text/html; charset=utf-8");
        assertThat(report.robotsTag()).containsExactly("none");
        assertThat(report.bytes()).isEqualTo(5);
    }

    @Test
    void aPageWithAnother2xxIsAPageToo() throws InterruptedException {
        origin.route("/odd", Origin.answer(203, "text/html", "hello".getBytes(UTF_8)));

        Emitted emitted = bolt.fetch(OPEN + "/odd", ToMetadata.of(Visits.first(OPEN + "/odd")));

        assertThat(emitted.stream()).isEqualTo(Utils.DEFAULT_STREAM_ID);
        assertThat(FromMetadata.report(emitted.metadata(), emitted.status(), NOW)
                        .status())
                .isEqualTo(203);
    }

    @Test
    void anUnchangedPageGoesToTheStatusStream() throws InterruptedException {
        origin.route("/tagged", Origin.tagged("\"v1\"", "hello"));
        Visit again = Visits.again(OPEN + "/tagged", Optional.of("\"v1\""), Optional.empty());

        Emitted emitted = bolt.fetch(OPEN + "/tagged", ToMetadata.of(again));

        assertEnd(emitted, Status.FETCHED, Outcome.UNCHANGED, 304);
    }

    @Test
    void aRedirectEndsTheVisitAndNamesItsTarget() throws InterruptedException {
        origin.route("/old", Origin.redirect(301, "/new?utm_source=x#top"));

        Emitted emitted = bolt.fetch(OPEN + "/old", ToMetadata.of(Visits.first(OPEN + "/old")));

        FetchReport report = assertEnd(emitted, Status.REDIRECTION, Outcome.REDIRECTED, 301);
        assertThat(report.redirectTarget()).contains(CanonicalUrl.require(OPEN + "/new"));
        assertThat(bolt.left())
                .as("no tuple for the target: redirections.allowed is off")
                .isZero();
    }

    @Test
    void aRedirectThatCannotBeFollowedIsTheServersError() throws InterruptedException {
        origin.route("/mail", Origin.redirect(302, "mailto:desk@unit.example")).route("/lost", Origin.status(302));

        FetchReport report = assertEnd(fetch(OPEN + "/mail"), Status.FETCH_ERROR, Outcome.SERVER_ERROR, 302);
        assertThat(report.detail().orElseThrow()).contains("mailto:desk@unit.example");
        assertEnd(fetch(OPEN + "/lost"), Status.FETCH_ERROR, Outcome.SERVER_ERROR, 302);
    }

    @Test
    void whatIsGoneRefusedOrFailingSaysSo() throws InterruptedException {
        origin.route("/blocked", Origin.status(429, "Retry-After: 60")).route("/failing", Origin.status(502));

        assertEnd(fetch(OPEN + "/gone"), Status.FETCH_ERROR, Outcome.GONE, 404);
        assertThat(assertEnd(fetch(OPEN + "/blocked"), Status.FETCH_ERROR, Outcome.BLOCKED, 429)
                        .retryAfter())
                .contains(Duration.ofMinutes(1));
        assertEnd(fetch(OPEN + "/failing"), Status.FETCH_ERROR, Outcome.SERVER_ERROR, 502);
    }

    @Test
    void whatIsTooLargeTooSlowOrTruncatedSaysSo() throws InterruptedException {
        origin.route("/large", Origin.big(50 << 20))
                .route("/never", Origin.never())
                .route("/short", Origin.announcing(500, "short"));

        assertThat(assertEnd(fetch(OPEN + "/large"), Status.FETCH_ERROR, Outcome.TOO_LARGE, 0)
                        .detail()
                        .orElseThrow())
                .contains("crawl.max_bytes");
        assertEnd(fetch(OPEN + "/never"), Status.FETCH_ERROR, Outcome.TIMED_OUT, 0);
        assertEnd(fetch(OPEN + "/short"), Status.FETCH_ERROR, Outcome.UNREACHABLE, 0);
    }

    @Test
    void aRefusalByRobotsTxtIsTheBoltsOwn() throws InterruptedException {
        assertEnd(fetch(STRICT + "/hidden/x"), Status.ERROR, Outcome.ROBOTS_REFUSED, 0);
        assertEnd(fetch(STRICT + "/open"), Status.FETCH_ERROR, Outcome.GONE, 404);
        assertThat(origin.asked("/hidden/x")).isZero();
    }

    @Test
    void aRobotsTxtThatCannotBeHadIsNoRefusal() throws InterruptedException {
        FetchReport report = assertEnd(fetch(BROKEN + "/secret"), Status.FETCH_ERROR, Outcome.ROBOTS_UNREACHABLE, 0);

        assertThat(report.detail()).contains("robots.txt: The server answered 503");
        assertThat(origin.asked("/secret")).isZero();
    }

    @Test
    void aCrawlDelayBeyondTheLongestIsARefusal() throws InterruptedException {
        FetchReport report = assertEnd(fetch(PATIENT + "/page"), Status.ERROR, Outcome.ROBOTS_REFUSED, 0);

        assertThat(report.detail().orElseThrow()).contains("fetcher.max.crawl.delay");
    }

    @Test
    void anAddressThatMayNotBeConnectedToIsNotARobotsMatter() throws InterruptedException {
        String inside = "http://127.0.0.1:" + origin.address().port() + "/inside";

        FetchReport report = assertEnd(fetch(inside), Status.FETCH_ERROR, Outcome.ADDRESS_REFUSED, 0);

        assertThat(report.detail().orElseThrow()).contains("127.0.0.1", "loopback", "crawl.allow_addresses");
        assertThat(origin.asked("/inside")).isZero();
    }

    @Test
    void whatTheBoltCannotAskForAtAllHasAReportToo() throws InterruptedException {
        Metadata visit = ToMetadata.of(Visits.first(OPEN + "/"));
        Metadata damaged = new Metadata();
        damaged.setValue(ToMetadata.VISIT, "{");

        FetchReport malformed = assertEnd(bolt.fetch("no url", visit), Status.ERROR, Outcome.UNREACHABLE, 0);
        FetchReport unsupported =
                assertEnd(bolt.fetch("ftp://open.test/", visit), Status.FETCH_ERROR, Outcome.UNREACHABLE, 0);
        FetchReport thrown = assertEnd(bolt.fetch(OPEN + "/", damaged), Status.FETCH_ERROR, Outcome.UNREACHABLE, 0);

        assertThat(malformed.detail()).contains("malformed URL");
        assertThat(malformed.fetchedAt()).isEqualTo(NOW);
        assertThat(unsupported.detail().orElseThrow()).contains("NullPointerException");
        assertThat(thrown.detail().orElseThrow()).contains("IllegalArgumentException");
    }

    @Test
    void theBoltsWordForATimeoutIsATimeout() {
        Metadata metadata = new Metadata();
        metadata.setValue("fetch.exception", "Socket timeout fetching");

        assertThat(FromMetadata.report(metadata, Status.FETCH_ERROR, NOW).outcome())
                .isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void theVisitOfAnotherUrlLendsNoConditions() throws InterruptedException {
        origin.route("/target", Origin.tagged("\"v1\"", "hello"));
        Visit other = Visits.again(OPEN + "/source", Optional.of("\"v1\""), Optional.empty());

        assertThat(bolt.fetch(OPEN + "/target", ToMetadata.of(other)).stream()).isEqualTo(Utils.DEFAULT_STREAM_ID);
    }

    @Test
    void rulesThatWereAskedForJustNowAreToldFromRememberedOnes() {
        GuardedProtocol protocol = new GuardedProtocol();
        protocol.configure(config(settings().withMaxBytes(2 << 20)));
        GuardedProtocol sibling = new GuardedProtocol();
        sibling.configure(config(settings().withMaxBytes(2 << 20)));

        RobotRules first = (RobotRules) protocol.getRobotRules(STRICT + "/a");
        RobotRules second = (RobotRules) sibling.getRobotRules(STRICT + "/b");

        assertThat(first.getContentLengthFetched()).hasSize(1);
        assertThat(second.getContentLengthFetched())
                .as("siblings share what they know")
                .isEmpty();
        assertThat(second.isAllowed(STRICT + "/hidden/x")).isFalse();
    }

    @Test
    void aConfigurationThatCannotWorkIsRefusedByKey() {
        Config prefix = config(settings());
        prefix.put("protocol.md.prefix", "");
        Config settings = config(settings());
        settings.remove(GuardedProtocol.SETTINGS_KEY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardedProtocol().configure(prefix))
                .withMessageContaining("protocol.md.prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardedProtocol().configure(settings))
                .withMessageContaining(GuardedProtocol.SETTINGS_KEY);
    }

    @Test
    void reportsSurviveTheTripAsJson() {
        FetchReport report = FetchReport.redirect(
                CanonicalUrl.require(OPEN + "/a"), 302, Optional.of("b"), Instant.parse("2026-03-01T12:00:00.123Z"));

        assertThat(Json.parse(Json.text(report), FetchReport.class)).isEqualTo(report);
    }

    private static Emitted fetch(String url) throws InterruptedException {
        return bolt.fetch(url, ToMetadata.of(Visits.first(url)));
    }

    private static FetchReport assertEnd(Emitted emitted, Status status, Outcome outcome, int code) {
        assertThat(emitted.stream()).isEqualTo(Constants.StatusStreamName);
        assertThat(emitted.status()).isEqualTo(status);
        FetchReport report = FromMetadata.report(emitted.metadata(), emitted.status(), NOW);
        assertThat(report.outcome()).isEqualTo(outcome);
        assertThat(report.status()).isEqualTo(code);
        return report;
    }

    private static FetchSettings settings() {
        Map<String, HostAddress> hosts =
                new HashMap<>(origin.as("open.test", "strict.test", "broken.test", "patient.test"));
        return FetchSettings.of(new FetchSettings.Agent("tidewatch", "desk@unit.example"))
                .withMaxBytes(1 << 20)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .withConnectTo(hosts);
    }

    private static Config config(FetchSettings settings) {
        Config config = new Config();
        config.put(GuardedProtocol.SETTINGS_KEY, Json.text(settings));
        config.put("protocols", "http,https");
        config.put("http.protocol.implementation", GuardedProtocol.class.getName());
        config.put("https.protocol.implementation", GuardedProtocol.class.getName());
        config.put("protocol.md.prefix", ToMetadata.PROTOCOL_PREFIX);
        config.put("http.agent.name", settings.agent().name());
        config.put("redirections.allowed", false);
        config.put("fetcher.server.delay", 0.0);
        config.put("fetcher.max.crawl.delay", 60);
        config.put("fetcher.threads.number", 2);
        return config;
    }
}
