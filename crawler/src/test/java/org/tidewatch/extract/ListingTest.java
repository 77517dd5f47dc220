package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Outcome;

class ListingTest {

    private static final String URLSET =
            "<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                    + "<url><loc>http://site.example/a</loc></url><url><loc>http://site.example/b?x=1&amp;y=2</loc></url></urlset>";
    private static final String RSS =
            "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>F</title><link>http://site.example/</link><description>d</description>"
                    + "<item><title>One</title><link>http://site.example/one</link></item><item><title>Two</title><guid isPermaLink='true'>http://site.example/two</guid></item></channel></rss>";
    private static final String ATOM =
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>urn:x</id><updated>2026-01-01T00:00:00Z</updated>"
                    + "<link rel='next' href='/feed?page=2'/><entry><title>One</title><id>urn:1</id><updated>2026-01-01T00:00:00Z</updated><link href='one'/></entry></feed>";

    @Test
    void aSitemapListsPages() {
        Extracted.Listing listing = xml(URLSET, "application/xml").listing();

        assertThat(listing.kind()).isEqualTo(PageKind.SITEMAP);
        assertThat(Answer.urls(listing.outlinks()))
                .containsExactly("http://site.example/a", "http://site.example/b?x=1&y=2");
        assertThat(listing.outlinks()).extracting(Outlink::kind).containsOnly(PageKind.PAGE);
    }

    @Test
    void aSitemapIndexListsSitemaps() {
        Extracted.Listing listing = xml(
                        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>http://site.example/s1.xml.gz</loc></sitemap></sitemapindex>",
                        "text/xml")
                .listing();

        assertThat(listing.outlinks())
                .containsExactly(new Outlink(
                        org.tidewatch.url.CanonicalUrl.require("http://site.example/s1.xml.gz"),
                        PageKind.SITEMAP,
                        true));
    }

    @Test
    void aPackedSitemapIsUnpackedOnce() throws IOException {
        byte[] packed = gzip(URLSET.getBytes(StandardCharsets.UTF_8));

        assertThat(Answer.bytes(packed, "application/gzip")
                        .at("http://site.example/s.xml.gz")
                        .listing()
                        .outlinks())
                .hasSize(2);
        assertThat(Answer.bytes(gzip(packed), "application/gzip").unreadable().reason())
                .contains("gzip file within a gzip file");
    }

    @Test
    void aTextInASitemapsPlaceIsAListOfAddresses() throws IOException {
        byte[] list = "http://site.example/a\nhttp://site.example/b\n".getBytes(StandardCharsets.UTF_8);

        assertThat(Answer.bytes(list, "text/plain")
                        .at("http://site.example/s.txt")
                        .as(PageKind.SITEMAP)
                        .listing()
                        .outlinks())
                .hasSize(2);
        assertThat(Answer.bytes(gzip(list), "application/gzip")
                        .at("http://site.example/s.txt.gz")
                        .as(PageKind.SITEMAP)
                        .listing()
                        .outlinks())
                .hasSize(2);
        assertThat(Answer.bytes(list, "text/plain")
                        .at("http://site.example/s.txt")
                        .page()
                        .items())
                .hasSize(1);
    }

    @Test
    void anRssFeedListsItsEntries() {
        Extracted.Listing listing = xml(RSS, "text/html").listing();

        assertThat(listing.kind()).isEqualTo(PageKind.FEED);
        assertThat(Answer.urls(listing.outlinks()))
                .containsExactly("http://site.example/one", "http://site.example/two");
    }

    @Test
    void anAtomFeedListsItsEntriesAndItsNextPage() {
        Extracted.Listing listing = xml(ATOM, "application/atom+xml").listing();

        assertThat(Answer.urls(listing.outlinks()))
                .containsExactly("http://site.example/one", "http://site.example/feed?page=2");
        assertThat(listing.outlinks()).extracting(Outlink::kind).containsExactly(PageKind.PAGE, PageKind.FEED);
    }

    @Test
    void aFeedMayHaveTheDocumentTypeOfOldRss() {
        String old = RSS.replace(
                "<rss",
                "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://feeds.example/rss-0.91.dtd'><rss");

        assertThat(xml(old, "application/rss+xml").listing().outlinks()).hasSize(2);
    }

    @Test
    void aListingThatMayNotBeFollowedSaysSo() {
        assertThat(xml(URLSET, "text/xml").robots("nofollow").listing().outlinks())
                .extracting(Outlink::follow)
                .containsOnly(false);
    }

    @Test
    void externalEntitiesAreInert(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "http://site.example/secret");
        String doctype =
                "<!DOCTYPE x [<!ENTITY e SYSTEM '" + secret.toUri() + "'> <!ENTITY f 'http://site.example/internal'>]>";

        for (String entity : new String[] {"&e;", "&f;"}) {
            String sitemap = doctype + URLSET.replaceFirst("<\\?.*?\\?>", "").replace("http://site.example/a", entity);
            String feed = doctype + RSS.replaceFirst("<\\?.*?\\?>", "").replace("http://site.example/one", entity);
            assertThat(xml(sitemap, "application/xml").read().toString()).doesNotContain("secret", "internal");
            assertThat(xml(feed, "application/rss+xml").read().toString())
                    .doesNotContain("secret'", "example/secret", "internal");
        }
    }

    @Test
    void expandingEntitiesAreInert() {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 'http://site.example/'>");
        for (int i = 1; i < 30; i++) {
            doctype.append("<!ENTITY e")
                    .append(i)
                    .append(" '")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        String bomb = doctype + "]>" + RSS.replaceFirst("<\\?.*?\\?>", "").replace("One", "&e29;");

        assertThat(xml(bomb, "application/rss+xml").unreadable().outcome()).isEqualTo(Outcome.UNPARSEABLE);
    }

    @Test
    void aDocumentTypeBehindACommentIsInertToo() {
        String sitemap =
                "<!-- <!DOCTYPE x [ --><?pi <!DOCTYPE?><!DOCTYPE x [<!-- ]> ' --><!ENTITY f '>http://site.example/internal'>]>"
                        + URLSET.replaceFirst("<\\?.*?\\?>", "").replace("http://site.example/a", "&f;");

        assertThat(xml(sitemap, "application/xml").read().toString()).doesNotContain("internal");
        assertThat(XmlText.fromRoot("<!DOCTYPE x [" + "<!ENTITY a 'b'>".repeat(100_000) + "]><rss>"))
                .isEqualTo("<rss>");
        assertThat(XmlText.fromRoot("<!DOCTYPE x ['")).isEmpty();
        assertThat(XmlText.fromRoot("no root <")).isEmpty();
    }

    @Test
    void aFeedNestedWithoutEndIsRefused() {
        String deep = ATOM.replace(
                "<title>One</title>",
                "<content type='xhtml'>" + "<div>".repeat(100_000) + "</div>".repeat(100_000) + "</content>");

        assertThat(xml(deep, "application/atom+xml").unreadable().reason()).contains("nested deeper than 256");
    }

    @Test
    void aDamagedFeedIsUnreadable() {
        assertThat(xml(RSS.substring(0, RSS.length() / 2), "application/rss+xml")
                        .unreadable()
                        .outcome())
                .isEqualTo(Outcome.UNPARSEABLE);
    }

    @Test
    void aGzipBombIsUnreadable() throws IOException {
        ExtractSettings small = new ExtractSettings(
                "tidewatch", ExtractSettings.DEFAULTS.timeLimit(), 1_000, 10, 10, 10_000, 1_000_000, 5, 1);
        byte[] bomb = gzip(new byte[50_000_000]);

        Extracted read = new Extraction(small)
                .extract(Answer.bytes(bomb, "application/gzip").source());

        assertThat(((Extracted.Unreadable) read).reason()).contains("unpacks to more than 1000000 bytes");
    }

    private static Answer xml(String xml, String type) {
        return Answer.bytes(xml.getBytes(StandardCharsets.UTF_8), type).at("http://site.example/listing");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
