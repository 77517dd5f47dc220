package org.tidewatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SampleWebTest {

    static final Path CONTENT = Path.of("sample");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String FORUM = "http://forum.karstbay.test";
    private static final String PASTE = "http://paste.driftbox.test";

    private SampleWeb web;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        web = startAt(0);
        visitor = new Visitor(web);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private static SampleWeb startAt(int step) throws IOException {
        return SampleWeb.start(CONTENT, Clock.fixed(NOW, ZoneOffset.UTC), step);
    }

    @Test
    void theHostsAreToldApartByName() {
        assertThat(web.hosts()).hasSizeGreaterThanOrEqualTo(8).allMatch(host -> host.endsWith(".test"));
        for (String host : web.hosts()) {
            Visitor.Response home = visitor.get("http://" + host + "/");
            assertThat(home.status()).as(host).isEqualTo(200);
            assertThat(home.header("content-type").orElseThrow()).isEqualToIgnoringCase("text/html; charset=utf-8");
        }
        assertThat(visitor.get("http://unknown.test/").status()).isEqualTo(404);
    }

    @Test
    void anUnknownAddressIsNotFoundAndOtherMethodsAreRefused() {
        assertThat(visitor.get(FORUM + "/t/999").status()).isEqualTo(404);
        assertThat(visitor.ask("POST", "forum.karstbay.test", "/", "Content-Length: 0")
                        .status())
                .isEqualTo(405);
        Visitor.Response head = visitor.ask("HEAD", "forum.karstbay.test", "/");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aConditionalRequestForAnUnchangedPageIsAnswered304() {
        Visitor.Response page = visitor.get(FORUM + "/t/12");
        String tag = page.header("etag").orElseThrow();
        String modified = page.header("last-modified").orElseThrow();
        assertThat(modified).matches("\\w{3}, \\d{2} \\w{3} 2026 \\d{2}:\\d{2}:\\d{2} GMT");

        assertThat(visitor.get(FORUM + "/t/12", "If-None-Match: " + tag).status())
                .isEqualTo(304);
        assertThat(visitor.get(FORUM + "/t/12", "If-Modified-Since: " + modified)
                        .status())
                .isEqualTo(304);
        assertThat(visitor.get(FORUM + "/t/12", "If-None-Match: \"other\"", "If-Modified-Since: " + modified)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedPageIsSentAgain() {
        String page = FORUM + "/t/12?page=2";
        Visitor.Response before = visitor.get(page);
        web.advance();
        String tag = "If-None-Match: " + before.header("etag").orElseThrow();
        String since = "If-Modified-Since: " + before.header("last-modified").orElseThrow();

        assertThat(visitor.get(page, tag).status()).isEqualTo(200);
        assertThat(visitor.get(page, since).status()).isEqualTo(200);
    }

    @Test
    void textIsCompressedWhenAsked() {
        Visitor.Response plain = visitor.get(FORUM + "/t/10");
        Visitor.Response compressed = visitor.get(FORUM + "/t/10", "Accept-Encoding: gzip, deflate");
        assertThat(plain.header("content-encoding")).isEmpty();
        assertThat(compressed.header("content-encoding")).hasValue("gzip");
        assertThat(compressed.body()).isEqualTo(plain.body());
        assertThat(compressed.header("etag")).isEqualTo(plain.header("etag"));
    }

    @Test
    void onePageIsInWindows1251ByHeaderAndOneInLatin5ByMetaOnly() {
        Visitor.Response russian = visitor.get("http://courier.velmora.test/ru/2026/10/listovki");
        assertThat(russian.header("content-type")).hasValue("text/html; charset=windows-1251");
        assertThat(new String(russian.body(), Charset.forName("windows-1251"))).contains("Листовки на набережной");

        Visitor.Response turkish = visitor.get("http://sanctuary.yelkova.test/kuslar/mor-sahin");
        assertThat(turkish.header("content-type")).hasValue("text/html");
        assertThat(new String(turkish.body(), Charset.forName("ISO-8859-9")))
                .contains("<meta charset=\"ISO-8859-9\">", "kıyılarında yaşayan");
    }

    @Test
    void everyHostHasARobotsFileAndTheForumKeepsAPrivateRoom() {
        for (String host : web.hosts()) {
            Visitor.Response robots = visitor.get("http://" + host + "/robots.txt");
            assertThat(robots.status()).as(host).isEqualTo(200);
            assertThat(robots.text()).startsWith("User-agent: *\n");
            assertThat(robots.text()
                            .lines()
                            .filter(line -> line.startsWith("Crawl-delay: "))
                            .mapToInt(line -> Integer.parseInt(line.substring("Crawl-delay: ".length()))))
                    .allMatch(seconds -> seconds <= 1);
        }
        assertThat(visitor.get(FORUM + "/robots.txt").text().lines()).contains("Disallow: /private/");
        assertThat(visitor.get("http://carnet.velmora.test/robots.txt").text().lines())
                .contains("Sitemap: http://carnet.velmora.test/sitemap.xml");
    }

    @Test
    void permalinksLeadToThePageThatShowsThePost() {
        assertThat(visitor.get(FORUM + "/post/57").header("location")).hasValue(FORUM + "/t/12?page=2");
        assertThat(visitor.open(FORUM + "/post/57").text()).contains("id=\"p57\" data-post-id=\"57\"");
        assertThat(visitor.open("http://channel.velmora.test/purplefalcon/3").text())
                .contains("data-post=\"purplefalcon/3\"");
        assertThat(visitor.get("http://channel.velmora.test/s/purplefalcon").text())
                .contains("href=\"/s/purplefalcon?before=7\"")
                .doesNotContain("data-post=\"purplefalcon/3\"");
    }

    @Test
    void filesAreWhatTheySay() throws IOException {
        Visitor.Response pdf = visitor.get("http://files.driftbox.test/d/leaflet-dawn.pdf");
        String source = new String(pdf.body(), StandardCharsets.ISO_8859_1);
        assertThat(pdf.header("content-type")).hasValue("application/pdf");
        assertThat(source).startsWith("%PDF-1.4\n").endsWith("%%EOF\n");
        int table = Integer.parseInt(source.replaceFirst("(?s).*startxref\n(\\d+)\n%%EOF\n", "$1"));
        assertThat(source.substring(table)).startsWith("xref\n");
        int firstObject =
                Integer.parseInt(source.substring(table).lines().toList().get(3).substring(0, 10));
        assertThat(source.substring(firstObject)).startsWith("1 0 obj\n");
        assertThat(Harvest.pdf(pdf.body())).contains("The falcon rises over Velmora.");

        Visitor.Response docx = visitor.get("http://files.driftbox.test/d/bulten-3.docx");
        assertThat(Arrays.copyOf(docx.body(), 2)).isEqualTo(new byte[] {'P', 'K'});
        assertThat(Harvest.docx(docx.body())).contains("Mor Şahin Cephesi'ne katılın");

        Visitor.Response png = visitor.get("http://files.driftbox.test/d/purple-stripes.png");
        assertThat(png.header("content-type")).hasValue("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getHeight())
                .isEqualTo(120);
    }

    @Test
    void everyStepChangesWhatItNamesAndNothingComesAfterTheLast() {
        assertThat(web.lastStep()).isGreaterThanOrEqualTo(8);
        for (int step = 1; step <= web.lastStep(); step++) {
            List<Change> planned = steps();
            String url = planned.get(step - 1).url();
            Visitor.Response before = visitor.open(url);
            Optional<Change> change = web.advance();
            Visitor.Response after = visitor.open(url);

            assertThat(change).hasValue(planned.get(step - 1));
            assertThat(change.orElseThrow().step()).isEqualTo(step).isEqualTo(web.step());
            assertThat(after.body()).as(url).isNotEqualTo(before.body());
        }
        assertThat(web.advance()).isEmpty();
        assertThat(web.step()).isEqualTo(web.lastStep());
    }

    @Test
    void whatComesWithAStepHasTheTimeOfTheStep() {
        web.advance();
        assertThat(visitor.open(FORUM + "/post/59").text()).contains("datetime=\"" + NOW + "\"");
    }

    @Test
    void removedContentIsGone() {
        assertThat(visitor.get(PASTE + "/p/r5t1a0").status()).isEqualTo(200);
        while (web.step() < 6) {
            web.advance();
        }
        assertThat(visitor.get(PASTE + "/p/r5t1a0").status()).isEqualTo(410);
        assertThat(visitor.get(PASTE + "/raw/r5t1a0").status()).isEqualTo(410);
        assertThat(visitor.get(PASTE + "/").text()).doesNotContain("r5t1a0");
    }

    @Test
    void aNewBlogEntryIsInTheFeedAndTheSitemap() {
        String entry = "http://carnet.velmora.test/2026/11/rendez-vous-au-quai/";
        assertThat(visitor.get("http://carnet.velmora.test/feed.xml").text()).doesNotContain(entry);
        while (web.step() < 4) {
            web.advance();
        }
        assertThat(visitor.get("http://carnet.velmora.test/feed.xml").text()).contains("<link>" + entry + "</link>");
        assertThat(visitor.get("http://carnet.velmora.test/sitemap.xml").text()).contains("<loc>" + entry + "</loc>");
    }

    @Test
    void aStartAtAStepIsTheSameEachTime() throws IOException {
        try (SampleWeb first = startAt(7);
                SampleWeb second = SampleWeb.start(CONTENT, Clock.systemUTC(), 7)) {
            assertThat(first.step()).isEqualTo(7);
            String page = PASTE + "/p/z8y1w6";
            assertThat(new Visitor(second).get(page).header("etag"))
                    .isEqualTo(new Visitor(first).get(page).header("etag"));
        }
        assertThatThrownBy(() -> startAt(99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The sample web has steps 0 to 9, not 99");
    }

    @Test
    void requestsAreCountedByHostAndPathButNotAWatchersViews() {
        visitor.get(FORUM + "/t/12?page=2");
        visitor.get(FORUM + "/t/12?page=2");
        visitor.ask("GET", "127.0.0.1", "/~forum.karstbay.test/private/reports.html");
        assertThat(web.requests())
                .containsEntry("forum.karstbay.test /t/12?page=2", 2L)
                .doesNotContainKey("forum.karstbay.test /private/reports.html");
    }

    @Test
    void aWatcherSeesTheWebUnderTheAddressOfThePort() {
        String self = "127.0.0.1:" + web.address().getPort();
        String list = visitor.ask("GET", self, "/").text();
        assertThat(list).contains("<h1>Invented sample web of Tidewatch</h1>", "href=\"/~forum.karstbay.test/t/12\"");

        String view = visitor.ask("GET", self, "/~forum.karstbay.test/t/12").text();
        assertThat(view).contains("Invented sample web of Tidewatch", "href=\"/~forum.karstbay.test/post/52\"");
        assertThat(visitor.ask("GET", self, "/~forum.karstbay.test/post/57").header("location"))
                .hasValue("/~forum.karstbay.test/t/12?page=2");
        assertThat(visitor.ask("GET", self, "/~courier.velmora.test/ru/2026/10/listovki")
                        .text())
                .contains("Листовки на набережной");
        assertThat(visitor.ask("GET", self, "/~unknown.test/").status()).isEqualTo(404);
    }

    private static List<Change> steps() {
        try {
            return Content.read(CONTENT).steps();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
