package org.tidewatch.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.fetch.FetchResult.AddressRefused;
import org.tidewatch.fetch.FetchResult.ServerError;
import org.tidewatch.fetch.FetchResult.TimedOut;
import org.tidewatch.fetch.Robots.Found;
import org.tidewatch.fetch.Robots.Known;
import org.tidewatch.fetch.Robots.Unreachable;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.url.CanonicalUrl;

class RobotsTest {

    private static final CanonicalUrl OPEN = CanonicalUrl.require("http://forum.karstbay.test/open");
    private static final CanonicalUrl HIDDEN = CanonicalUrl.require("http://forum.karstbay.test/hidden/x");
    private static final String RULES = "User-agent: *\nDisallow: /hidden/\n";

    private final Origin origin = Origin.start();
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    private final FetchSettings settings = FetchSettings.of(new FetchSettings.Agent("Tidewatch", "desk@unit.example"))
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .withConnectTo(origin.as("forum.karstbay.test", "other.karstbay.test"));
    private final Robots robots = robots(settings);

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theRulesOfASiteHold() {
        origin.route("/robots.txt", Origin.text(RULES));

        assertAllowedAndNot(robots);
    }

    @Test
    void theGroupThatNamesUsExactlyHoldsAndNoOther() {
        origin.route(
                "/robots.txt",
                Origin.text("User-agent: tide\nDisallow: /\n\nUser-agent: tidewatch-images\nDisallow: /\n\n"
                        + "User-agent: TIDEWATCH\nDisallow: /hidden/\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"));

        assertAllowedAndNot(robots);
        assertThat(((Known) robots.of(OPEN).standing()).rules().getCrawlDelay()).isEqualTo(7_000);
    }

    @Test
    void aCrawlDelayOfADayIsPassedOnAsItIs() {
        origin.route("/robots.txt", Origin.text("User-agent: *\nCrawl-delay: 86400\n"));

        Known known = (Known) robots.of(OPEN).standing();

        assertThat(known.rules().getCrawlDelay()).isEqualTo(86_400_000);
        assertThat(known.allows(OPEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/octet-stream", "image/png; charset=nonsense"})
    void theContentTypeDoesNotMatter(String type) {
        origin.route("/robots.txt", Origin.answer(200, type, RULES.getBytes(UTF_8)));

        assertAllowedAndNot(robots);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 418, 451})
    void aSiteWithoutRulesAllowsAll(int status) {
        origin.route("/robots.txt", Origin.status(status));

        assertThat(robots.of(HIDDEN).standing().allows(HIDDEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aSiteThatFailsIsOffLimitsForNowAndSaysWhy(int status) {
        origin.route("/robots.txt", Origin.status(status));

        Unreachable unreachable = (Unreachable) robots.of(OPEN).standing();

        assertThat(unreachable.allows(OPEN)).isFalse();
        assertThat(unreachable.cause().status()).isEqualTo(status);
        assertThat(unreachable.atOrigin()).isTrue();
    }

    @Test
    void aSiteThatDoesNotAnswerIsOffLimitsForNow() {
        origin.route("/robots.txt", Origin.never());

        assertThat(robots.of(OPEN).standing())
                .isInstanceOfSatisfying(Unreachable.class, unreachable -> assertThat(unreachable.cause())
                        .isInstanceOf(TimedOut.class));
    }

    @Test
    void rulesAreRememberedForADay() {
        origin.route("/robots.txt", Origin.text(RULES));

        assertThat(robots.of(OPEN).remembered()).isFalse();
        clock.advance(Duration.ofHours(23));
        assertThat(robots.of(HIDDEN).remembered()).isTrue();
        clock.advance(Duration.ofHours(2));
        assertThat(robots.of(OPEN).remembered()).isFalse();
        assertThat(origin.asked("/robots.txt")).isEqualTo(2);
    }

    @Test
    void aFailureIsRememberedForTenMinutesAndThenAskedAgain() {
        origin.route("/robots.txt", Origin.status(500));
        robots.of(OPEN);
        origin.route("/robots.txt", Origin.text(RULES));

        clock.advance(Duration.ofMinutes(9));
        assertThat(robots.of(OPEN).standing()).isEqualTo(new Unreachable(new ServerError(500), true));
        clock.advance(Duration.ofMinutes(2));
        assertAllowedAndNot(robots);
        assertThat(origin.asked("/robots.txt")).isEqualTo(2);
    }

    @Test
    void aSiteIsItsSchemeHostAndPort() {
        origin.route("forum.karstbay.test", "/robots.txt", Origin.text("User-agent: *\nDisallow: /\n"));

        assertThat(robots.of(OPEN).standing().allows(OPEN)).isFalse();
        CanonicalUrl other = CanonicalUrl.require("http://other.karstbay.test/open");
        assertThat(robots.of(other).standing().allows(other)).isTrue();
        assertThat(robots.of(CanonicalUrl.require("http://forum.karstbay.test:8080/open"))
                        .remembered())
                .isFalse();
    }

    @Test
    void fiveRedirectsAreFollowedAcrossHostsAndTheRulesAreTheFirstSites() {
        origin.route("forum.karstbay.test", "/robots.txt", Origin.redirect(301, "/r1"))
                .route("/r1", Origin.redirect(302, "http://other.karstbay.test/r2"))
                .route("/r2", Origin.redirect(303, "r3"))
                .route("/r3", Origin.redirect(307, "/r4"))
                .route("/r4", Origin.redirect(308, "/r5"))
                .route("/r5", Origin.text(RULES));

        assertAllowedAndNot(robots);
        assertThat(origin.requests())
                .extracting(Origin.Request::host)
                .containsExactly(
                        "forum.karstbay.test",
                        "forum.karstbay.test",
                        "other.karstbay.test",
                        "other.karstbay.test",
                        "other.karstbay.test",
                        "other.karstbay.test");
    }

    @Test
    void aRedirectLoopOrARedirectToNowhereMeansThereAreNoRules() {
        origin.route("forum.karstbay.test", "/robots.txt", Origin.redirect(302, "/robots.txt"))
                .route("other.karstbay.test", "/robots.txt", Origin.redirect(302, "mailto:desk@unit.example"));
        CanonicalUrl other = CanonicalUrl.require("http://other.karstbay.test/hidden/x");

        assertThat(robots.of(HIDDEN).standing().allows(HIDDEN)).isTrue();
        assertThat(robots.of(other).standing().allows(other)).isTrue();
        assertThat(origin.asked("/robots.txt")).isEqualTo(6 + 1);
    }

    @Test
    void aRedirectToAPrivateAddressIsNotFollowed() {
        origin.route(
                        "forum.karstbay.test",
                        "/robots.txt",
                        Origin.redirect(
                                302, "http://127.0.0.1:" + origin.address().port() + "/inside"))
                .route("/inside", Origin.text(RULES));

        Unreachable unreachable = (Unreachable) robots.of(OPEN).standing();

        assertThat(unreachable.cause()).isInstanceOf(AddressRefused.class);
        assertThat(unreachable.atOrigin()).isFalse();
        assertThat(origin.asked("/inside")).isZero();
    }

    @Test
    void ofTenMegabytesTheRulesInTheFirstHalfHoldAndTheCutLineDoesNot() {
        int limit = settings.maxRobotsBytes();
        // The cut leaves "Disallow: /o" of the third line, which taken for a rule would forbid /open.
        String kept = "Disallow: /o";
        String comment = "#".repeat(limit - RULES.length() - kept.length() - 1) + "\n";
        String start = RULES + comment + kept;
        String more = "pen\nDisallow: /\n" + "# more\n".repeat((10 << 20) / 7);
        origin.route("/robots.txt", Origin.text(start + more));

        assertThat(start.length()).isEqualTo(limit);
        assertAllowedAndNot(robots);
        assertThat(robots.of(OPEN).standing().bytes()).isLessThanOrEqualTo(limit);
    }

    @Test
    void aFileOfJustTheLimitIsReadToItsEnd() {
        int limit = settings.maxRobotsBytes();
        String file = "#".repeat(limit - RULES.length()) + "\n" + RULES.substring(0, RULES.length() - 1);
        origin.route("/robots.txt", Origin.text(file));

        assertThat(file.length()).isEqualTo(limit);
        assertAllowedAndNot(robots);
    }

    @Test
    void compressedRulesAndABombAreRead() {
        origin.route(
                        "forum.karstbay.test",
                        "/robots.txt",
                        Origin.answer(
                                200, "text/plain", Origin.gzipped(RULES.getBytes(UTF_8)), "Content-Encoding: gzip"))
                .route("other.karstbay.test", "/robots.txt", Origin.bomb(1 << 30));

        assertAllowedAndNot(robots);
        assertThat(robots.of(CanonicalUrl.require("http://other.karstbay.test/"))
                        .standing())
                .isInstanceOf(Known.class);
    }

    @Test
    void aSiteIsAskedOnceHoweverManyThreadsWantToKnow() throws Exception {
        origin.route("/robots.txt", exchange -> {
            exchange.pause(Duration.ofMillis(100));
            Origin.text(RULES).answer(exchange);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Found>> askers = Stream.<Callable<Found>>generate(() -> () -> robots.of(HIDDEN))
                    .limit(8)
                    .toList();

            assertThat(threads.invokeAll(askers))
                    .allSatisfy(found ->
                            assertThat(found.get().standing().allows(HIDDEN)).isFalse());
        } finally {
            threads.shutdownNow();
        }
        assertThat(origin.asked("/robots.txt")).isEqualTo(1);
    }

    @Test
    void aRefusedAddressIsTheCause() {
        Robots outside = robots(settings.withConnectTo(Map.of()));
        CanonicalUrl inside =
                CanonicalUrl.require("http://127.0.0.1:" + origin.address().port() + "/");

        assertThat(outside.of(inside).standing())
                .isInstanceOfSatisfying(Unreachable.class, unreachable -> assertThat(unreachable.cause())
                        .isInstanceOf(AddressRefused.class));
    }

    private Robots robots(FetchSettings settings) {
        return new Robots(new Fetcher(settings, clock), settings, clock);
    }

    private static void assertAllowedAndNot(Robots robots) {
        assertThat(robots.of(OPEN).standing().allows(OPEN)).isTrue();
        assertThat(robots.of(HIDDEN).standing().allows(HIDDEN)).isFalse();
    }
}
