package org.tidewatch.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.fetch.FetchResult.AddressRefused;
import org.tidewatch.fetch.FetchResult.Blocked;
import org.tidewatch.fetch.FetchResult.Gone;
import org.tidewatch.fetch.FetchResult.NotModified;
import org.tidewatch.fetch.FetchResult.Page;
import org.tidewatch.fetch.FetchResult.Redirected;
import org.tidewatch.fetch.FetchResult.ServerError;
import org.tidewatch.fetch.FetchResult.TimedOut;
import org.tidewatch.fetch.FetchResult.TooLarge;
import org.tidewatch.fetch.FetchResult.Unreachable;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

class FetcherTest {

    private static final String SITE = "http://forum.karstbay.test";
    private static final int MAX_BYTES = 1 << 20;
    private static final String WORDS = "Bread, salt and the tide tables of Karst Bay. ".repeat(40);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final Origin origin = Origin.start();
    private final FetchSettings settings = FetchSettings.of(new FetchSettings.Agent("tidewatch", "desk@unit.example"))
            .withMaxBytes(MAX_BYTES)
            .withConnectTo(origin.as("forum.karstbay.test"));
    private final Fetcher fetcher = new Fetcher(settings, CLOCK);

    /** For servers that never come to an end. */
    private final Fetcher impatient =
            new Fetcher(settings.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(700)), CLOCK);

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aPageComesWithWhatItsHeadersSay() {
        origin.route(
                "/thread?id=7",
                Origin.answer(
                        200,
                        "text/html; charset=windows-1256",
                        WORDS.getBytes(UTF_8),
                        "ETag: \"v1\"",
                        "Last-Modified: Sat, 28 Feb 2026 10:00:00 GMT",
                        "X-Robots-Tag: noarchive",
                        "X-Robots-Tag: otherbot: noindex"));

        FetchResult result = fetcher.fetch(Visits.first(SITE + "/thread?id=7"));

        Page page = page(result);
        assertThat(page.content()).asString(UTF_8).isEqualTo(WORDS);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).contains("text/html; charset=windows-1256");
        assertThat(page.etag()).contains("\"v1\"");
        assertThat(page.lastModified()).contains("Sat, 28 Feb 2026 10:00:00 GMT");
        assertThat(page.robotsTag()).containsExactly("noarchive", "otherbot: noindex");
        assertThat(page.at()).isEqualTo(CLOCK.instant());
    }

    @Test
    void asksUnderItsNameWithoutCookiesOrCredentials() {
        origin.route("/", Origin.answer(200, "text/html", new byte[0], "Set-Cookie: session=1"));

        fetcher.fetch(Visits.first(SITE + "/"));
        fetcher.fetch(Visits.first(SITE + "/"));

        assertThat(origin.requests()).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .containsEntry("user-agent", "tidewatch/1.0 (+desk@unit.example)")
                .containsEntry("accept-encoding", "gzip, deflate, br")
                .containsEntry("host", "forum.karstbay.test")
                .doesNotContainKeys("cookie", "authorization", "referer", "if-none-match", "if-modified-since"));
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        origin.route("/", Origin.tagged("\"v1\"", "hello"));

        assertThat(fetcher.fetch(Visits.again(SITE + "/", Optional.of("\"v1\""), Optional.empty())))
                .isEqualTo(new NotModified())
                .extracting(FetchResult::outcome)
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(page(fetcher.fetch(Visits.again(SITE + "/", Optional.of("\"v0\""), Optional.empty())))
                        .etag())
                .contains("\"v1\"");
    }

    @Test
    void theDateOfTheLastAnswerIsSentBackAsItCame() {
        fetcher.fetch(Visits.again(SITE + "/", Optional.empty(), Optional.of("yesterday, they say")));

        assertThat(origin.requests().get(0).headers()).containsEntry("if-modified-since", "yesterday, they say");
    }

    @Test
    void anEntityTagThatNoHeaderCanCarryIsLeftOut() {
        origin.route("/", Origin.answer(200, "text/html", new byte[0], "ETag: \"مد\""));

        assertThat(page(fetcher.fetch(Visits.first(SITE + "/"))).etag()).isEmpty();
        assertThat(fetcher.fetch(Visits.again(SITE + "/", Optional.of("a\r\nb"), Optional.empty())))
                .isInstanceOf(Page.class);
    }

    @Test
    void a304ThatNobodyAskedForIsTheServersError() {
        origin.route("/", exchange -> exchange.head(304));

        assertThat(fetcher.fetch(Visits.first(SITE + "/"))).isEqualTo(new ServerError(304));
    }

    @Test
    void redirectsAreReportedAndNotFollowed() {
        origin.route("/old", Origin.redirect(301, "/new"))
                .route("/lost", Origin.status(302))
                .route("/new", Origin.html("here"));

        assertThat(fetcher.fetch(Visits.first(SITE + "/old"))).isEqualTo(new Redirected(301, Optional.of("/new")));
        assertThat(fetcher.fetch(Visits.first(SITE + "/lost")).outcome()).isEqualTo(Outcome.SERVER_ERROR);
        assertThat(origin.asked("/new")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 451})
    void whatIsGoneIsGone(int status) {
        origin.route("/", Origin.status(status));

        assertThat(fetcher.fetch(Visits.first(SITE + "/"))).isEqualTo(new Gone(status));
    }

    @Test
    void aServerThatRefusesUsMaySayForHowLong() {
        origin.route("/seconds", Origin.status(429, "Retry-After: 120"))
                .route("/date", Origin.status(403, "Retry-After: Sun, 1 Mar 2026 13:00:00 GMT"))
                .route("/past", Origin.status(429, "Retry-After: Sun, 1 Mar 2020 13:00:00 GMT"))
                .route("/forever", Origin.status(429, "Retry-After: 999999999"))
                .route("/nonsense", Origin.status(401, "Retry-After: when it suits"));

        assertThat(fetcher.fetch(Visits.first(SITE + "/seconds"))).isEqualTo(blocked(429, Duration.ofMinutes(2)));
        assertThat(fetcher.fetch(Visits.first(SITE + "/date"))).isEqualTo(blocked(403, Duration.ofHours(1)));
        assertThat(fetcher.fetch(Visits.first(SITE + "/past"))).isEqualTo(blocked(429, Duration.ZERO));
        assertThat(fetcher.fetch(Visits.first(SITE + "/forever"))).isEqualTo(blocked(429, Duration.ofDays(7)));
        assertThat(fetcher.fetch(Visits.first(SITE + "/nonsense"))).isEqualTo(new Blocked(401, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {206, 400, 418, 500, 503, 599})
    void everyOtherAnswerIsTheServersError(int status) {
        origin.route("/", Origin.status(status));

        assertThat(fetcher.fetch(Visits.first(SITE + "/"))).isEqualTo(new ServerError(status));
    }

    @Test
    void aRetryAfterBeyondAllNumbersIsSurvived() {
        origin.route("/", Origin.status(503, "Retry-After: 99999999999999999999"));

        assertThat(fetcher.fetch(Visits.first(SITE + "/"))).isInstanceOf(Unreachable.class);
    }

    @Test
    void everyContentCodingIsUndone() throws IOException {
        byte[] plain = WORDS.getBytes(UTF_8);
        origin.route("/gzip", coded("gzip", Origin.gzipped(plain)))
                .route("/twice", coded("gzip, x-gzip", Origin.gzipped(Origin.gzipped(plain))))
                .route("/zlib", coded("deflate", deflated(plain, false)))
                .route("/bare", coded("Deflate", deflated(plain, true)))
                .route("/identity", coded("identity", plain))
                .route("/nothing", coded("gzip", new byte[0]))
                .route("/members", coded("gzip", joined(Origin.gzipped(plain), Origin.gzipped(plain))))
                .route("/padded", coded("gzip", joined(Origin.gzipped(plain), new byte[100])));

        for (String path : List.of("/gzip", "/twice", "/zlib", "/bare", "/identity", "/padded")) {
            assertThat(page(fetcher.fetch(Visits.first(SITE + path))).content())
                    .as(path)
                    .isEqualTo(plain);
        }
        assertThat(page(fetcher.fetch(Visits.first(SITE + "/nothing"))).content())
                .isEmpty();
        assertThat(page(fetcher.fetch(Visits.first(SITE + "/members"))).content())
                .isEqualTo(joined(plain, plain));
    }

    @Test
    void brotliIsUndone() {
        // "tide" sixteen times, compressed by the reference encoder.
        byte[] brotli = Base64.getDecoder().decode("Gz8A+KXJytLoxBkBgB0C");
        origin.route("/", coded("br", brotli));

        assertThat(page(fetcher.fetch(Visits.first(SITE + "/"))).content())
                .asString(UTF_8)
                .isEqualTo("tide".repeat(16));
    }

    @Test
    void aCodingThatIsUnknownOrUntrueIsNoPage() {
        origin.route("/zstd", coded("zstd", new byte[20]))
                .route("/untrue", coded("gzip", WORDS.getBytes(UTF_8)))
                .route("/untruebr", coded("br", WORDS.getBytes(UTF_8)))
                .route("/half", coded("gzip", Arrays.copyOf(Origin.gzipped(WORDS.getBytes(UTF_8)), 40)))
                .route("/tower", coded("gzip, gzip, gzip, gzip", new byte[20]));

        for (String path : List.of("/zstd", "/untrue", "/untruebr", "/half", "/tower")) {
            assertThat(fetcher.fetch(Visits.first(SITE + path))).as(path).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void aPageOfJustTheCapIsWholeAndOneByteMoreIsTooLarge() {
        origin.route("/just", Origin.bigWithoutLength(MAX_BYTES))
                .route("/more", Origin.bigWithoutLength(MAX_BYTES + 1));

        assertThat(page(fetcher.fetch(Visits.first(SITE + "/just"))).content()).hasSize(MAX_BYTES);
        assertThat(fetcher.fetch(Visits.first(SITE + "/more"))).isEqualTo(new TooLarge(MAX_BYTES));
    }

    @Test
    void aPageThatAnnouncesMoreThanTheCapIsNotRead() {
        origin.route("/", exchange -> {
            exchange.head(200, "Content-Length: " + (50 << 20));
            exchange.out().flush();
            exchange.closed().await();
        });

        assertThat(fetcher.fetch(Visits.first(SITE + "/"))).isEqualTo(new TooLarge(MAX_BYTES));
    }

    @Test
    void largePagesAndBombsCostNoMoreMemoryThanTheCap() {
        long fiftyMegabytes = 50 << 20;
        long gigabyte = 1 << 30;
        origin.route("/warm", Origin.bomb(gigabyte))
                .route("/large", Origin.bigWithoutLength(fiftyMegabytes))
                .route("/bomb", Origin.bomb(gigabyte));
        fetcher.fetch(Visits.first(SITE + "/warm"));

        for (String path : List.of("/large", "/bomb")) {
            long before = allocated();
            FetchResult result = fetcher.fetch(Visits.first(SITE + path));
            long spent = allocated() - before;

            assertThat(result).as(path).isEqualTo(new TooLarge(MAX_BYTES));
            // The page up to the cap, what the decoder and OkHttp need, and as much again to spare.
            assertThat(spent).as(path).isLessThan(4 * MAX_BYTES);
        }
    }

    @Test
    void framingWithoutEndIsCutOff() {
        origin.route("/extension", exchange -> {
                    exchange.head(200, "Transfer-Encoding: chunked");
                    exchange.write("5;");
                    while (!exchange.pause(Duration.ZERO)) {
                        exchange.write("x".repeat(1 << 16));
                    }
                })
                .route("/members", exchange -> {
                    exchange.head(200, "Content-Encoding: gzip");
                    byte[] empty = Origin.gzipped(new byte[0]);
                    while (!exchange.pause(Duration.ZERO)) {
                        exchange.out().write(empty);
                    }
                });

        assertThat(fetcher.fetch(Visits.first(SITE + "/extension"))).isEqualTo(new TooLarge(MAX_BYTES));
        assertThat(fetcher.fetch(Visits.first(SITE + "/members"))).isEqualTo(new TooLarge(MAX_BYTES));
    }

    @Test
    void aServerThatNeverAnswersOrNeverEndsTimesOut() {
        origin.route("/never", Origin.never())
                .route("/drip", Origin.drip(Duration.ofMillis(20)))
                .route("/slowhead", exchange -> {
                    do {
                        exchange.write("X");
                        exchange.out().flush();
                    } while (!exchange.pause(Duration.ofMillis(20)));
                });

        for (String path : List.of("/never", "/drip", "/slowhead")) {
            assertThat(impatient.fetch(Visits.first(SITE + path))).as(path).isInstanceOf(TimedOut.class);
        }
    }

    @Test
    void aBodyThatEndsTooEarlyIsNoPage() {
        origin.route("/length", Origin.announcing(5_000, "short")).route("/chunked", exchange -> {
            exchange.head(200, "Transfer-Encoding: chunked");
            exchange.write("5\r\nhello\r\n9\r\nwor");
        });

        assertThat(fetcher.fetch(Visits.first(SITE + "/length")))
                .asInstanceOf(InstanceOfAssertFactories.type(Unreachable.class))
                .extracting(Unreachable::detail)
                .asString()
                .contains("unexpected end of stream");
        assertThat(fetcher.fetch(Visits.first(SITE + "/chunked"))).isInstanceOf(Unreachable.class);
    }

    @Test
    void aBodyLongerThanAnnouncedIsThePageThatWasAnnounced() {
        origin.route("/", Origin.announcing(5, "hello and more"));

        assertThat(page(fetcher.fetch(Visits.first(SITE + "/"))).content())
                .asString(UTF_8)
                .isEqualTo("hello");
    }

    @Test
    void floodsOfHeadersAndAnswersThatAreNotHttpAreNoPage() {
        origin.route("/flood", Origin.headerFlood(50 << 20))
                .route("/garbage", exchange -> exchange.write("\u0000\u0001 SSH-2.0 hello\r\n\r\n"))
                .route("/silence", exchange -> exchange.out().flush());

        for (String path : List.of("/flood", "/garbage", "/silence")) {
            FetchResult result = fetcher.fetch(Visits.first(SITE + path));
            assertThat(result)
                    .as(path)
                    .asInstanceOf(InstanceOfAssertFactories.type(Unreachable.class))
                    .extracting(Unreachable::detail)
                    .asString()
                    .hasSizeLessThan(600)
                    .doesNotContain("\u0000", "\n");
        }
    }

    @Test
    void aRedirectToAPrivateAddressEndsAtTheAddress() {
        origin.route(
                "/", Origin.redirect(302, "http://127.0.0.1:" + origin.address().port() + "/inside"));

        Redirected redirected = (Redirected) fetcher.fetch(Visits.first(SITE + "/"));
        FetchResult result =
                fetcher.fetch(CanonicalUrl.require(redirected.location().orElseThrow()), MAX_BYTES);

        assertThat(result).isInstanceOf(AddressRefused.class);
        assertThat(origin.asked("/inside")).isZero();
    }

    @Test
    void aNameOfLoopbackIsRefusedAndANameOfNothingUnreachable() {
        Fetcher resolved = new Fetcher(
                settings.withConnectTo(Map.of()), host -> List.of(InetAddresses.forString("127.0.0.1")), CLOCK);
        Fetcher unresolved = new Fetcher(
                settings.withConnectTo(Map.of()),
                host -> {
                    throw new UnknownHostException(host);
                },
                CLOCK);
        String url = "http://inside.example:" + origin.address().port() + "/";

        assertThat(resolved.fetch(Visits.first(url)))
                .asInstanceOf(InstanceOfAssertFactories.type(AddressRefused.class))
                .extracting(AddressRefused::detail)
                .asString()
                .contains("inside.example", "127.0.0.1", "loopback");
        assertThat(unresolved.fetch(Visits.first(url))).isInstanceOf(Unreachable.class);
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void aClosedPortIsUnreachable() {
        HostAddress address = origin.address();
        origin.close();

        assertThat(new Fetcher(settings.withConnectTo(Map.of("forum.karstbay.test", address)), CLOCK)
                        .fetch(Visits.first(SITE + "/")))
                .isInstanceOf(Unreachable.class);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsUnreachable(@TempDir Path folder) throws Exception {
        try (ServerSocket server = tlsServer(folder)) {
            Thread handshake = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // The client breaks the handshake off, which is what the test is about.
                    return;
                }
            });
            handshake.setDaemon(true);
            handshake.start();
            Fetcher secure = new Fetcher(
                    settings.withConnectTo(
                            Map.of("secure.test", new HostAddress(server.getInetAddress(), server.getLocalPort()))),
                    CLOCK);

            assertThat(secure.fetch(Visits.first("https://secure.test/")))
                    .asInstanceOf(InstanceOfAssertFactories.type(Unreachable.class))
                    .extracting(Unreachable::detail)
                    .asString()
                    .contains("SSLHandshakeException", "unable to find valid certification path");
        }
    }

    @Test
    void anInterruptedFetchEndsAndKeepsTheInterrupt() {
        origin.route("/", Origin.never());
        Thread.currentThread().interrupt();

        FetchResult result = fetcher.fetch(Visits.first(SITE + "/"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(Unreachable.class);
    }

    private static Page page(FetchResult result) {
        assertThat(result).isInstanceOf(Page.class);
        return (Page) result;
    }

    private static Blocked blocked(int status, Duration wait) {
        return new Blocked(status, Optional.of(wait));
    }

    private static Origin.Route coded(String coding, byte[] content) {
        return Origin.answer(200, "text/html", content, "Content-Encoding: " + coding);
    }

    private static byte[] deflated(byte[] content, boolean bare) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(6, bare))) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** A TLS server with a certificate of its own making. */
    private static ServerSocket tlsServer(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        char[] password = "changeit".toCharArray();
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "secure",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=secure.test",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), password);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
