package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Item;
import org.tidewatch.item.Kind;
import org.tidewatch.item.Media;

class HtmlPageTest {

    @Test
    void blocksPartWordsAndInlineElementsDoNot() {
        assertThat(text("<p>one</p><p>two</p><ul><li>three<li>four</ul>five<br>six <b>sev</b>en"))
                .isEqualTo("one\ntwo\nthree\nfour\nfive\nsix seven");
    }

    @Test
    void preformattedTextKeepsItsLines() {
        assertThat(text("<p>a\n b</p><pre>\nline one\n  line two\n\nline four</pre>"))
                .isEqualTo("a b\nline one\n  line two\n\nline four");
    }

    @Test
    void navigationAdvertsScriptsAndHiddenPartsAreNoText() {
        assertThat(text("<header>Site</header><nav>Home</nav><aside>Aside</aside><div role=navigation>Nav</div>"
                        + "<div class='ad big'>Buy</div><script>x()</script><style>p{}</style><div hidden>h1</div>"
                        + "<div style='display: none'>h2</div><button>Send</button><main><header>Lead</header>Words</main>"
                        + "<footer>Foot</footer>"))
                .isEqualTo("Lead\nWords");
    }

    @Test
    void quotesAreKeptApart() {
        Item item = Answer.html(
                        "<p>He said <q>not I</q> twice.</p><blockquote><p>We shall</p><footer>An orator</footer></blockquote><p>End.</p>")
                .item();

        assertThat(item.text()).isEqualTo("He said twice.\nEnd.");
        assertThat(item.quoted()).isEqualTo("not I\nWe shall");
    }

    @Test
    void anArticleHasTitleAuthorAndDatesFromItsStructuredData() {
        Item item =
                Answer.resource("article.html", "http://carnet.example/le-quai").item();

        assertThat(item.kind()).isEqualTo(Kind.PAGE);
        assertThat(item.id()).isEqualTo(Item.idOfPage(item.page()));
        assertThat(item.title()).isEqualTo("Le quai – Carnet");
        assertThat(item.author().orElseThrow().name()).contains("Lise Marchand");
        assertThat(item.publishedAt()).contains(Instant.parse("2026-02-01T08:00:00Z"));
        assertThat(item.modifiedAt()).contains(Instant.parse("2026-02-02T00:00:00Z"));
        assertThat(item.language()).contains("fr");
        assertThat(item.text())
                .contains("Le vieux quai de Velmora garde ses pierres.\nLe maire a dit : devant tous.")
                .doesNotContain("voiles");
        assertThat(item.quoted()).isEqualTo("nous le gardons\nUne pierre, une marée.");
        assertThat(item.seeds()).containsExactly("list/seed");
        assertThat(item.fetchedAt()).isEqualTo(Answer.FETCHED);
    }

    @Test
    void datesComeFromMarkupBeforeMetaElements() {
        String meta = "<meta property='article:published_time' content='2026-01-01T00:00:00Z'>";

        assertThat(Answer.html(meta + "<time datetime='2026-01-05'>5</time>")
                        .item()
                        .publishedAt())
                .contains(Instant.parse("2026-01-05T00:00:00Z"));
        assertThat(Answer.html(meta + "<aside><time datetime='2026-01-05'>5</time></aside>")
                        .item()
                        .publishedAt())
                .contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(Answer.html("<p>no date</p>").item().publishedAt()).isEmpty();
        assertThat(Answer.html("<time datetime='2126-01-05'>far</time>").item().publishedAt())
                .isEmpty();
    }

    @Test
    void aVideoPageHasTheVideosDescriptionAndAddress() {
        Item item = Answer.html("""
                <html lang="en"><head><title>Video</title><script type="application/ld+json">{"@type":"VideoObject","name":"Tide","description":"The tide comes in over the flats.",
                "uploadDate":"2026-02-10","author":{"@type":"Person","name":"Mia"},"contentUrl":"/v/tide.mp4","embedUrl":"/embed/9"}</script></head>
                <body><h1>Tide</h1></body></html>
                """).item();

        assertThat(item.text()).isEqualTo("Tide\nThe tide comes in over the flats.");
        assertThat(item.media())
                .extracting(Media::url)
                .containsExactly("http://site.example/v/tide.mp4", "http://site.example/embed/9");
        assertThat(item.media()).extracting(Media::type).containsOnly(Media.Type.VIDEO);
        assertThat(item.author().orElseThrow().name()).contains("Mia");
        assertThat(item.publishedAt()).contains(Instant.parse("2026-02-10T00:00:00Z"));
    }

    @Test
    void damagedStructuredDataIsAProblemAndNotAFailure() {
        Extracted.Page page = Answer.html("<script type='application/ld+json'>{\"@type\":</script><p>Words</p>")
                .page();

        assertThat(page.items().get(0).text()).isEqualTo("Words");
        assertThat(page.problems())
                .extracting(Problem::what)
                .anyMatch(what -> what.startsWith("JSON-LD could not be read"));
    }

    @Test
    void imagesAndVideosAreReferencesAndDataAddressesAreDropped() {
        Item item = Answer.html("<p><img src='/a.png' alt='A'><img src='data:image/gif;base64,R0' data-src='b.jpg'>"
                        + "<img src='/pixel.gif' width=1 height=1><img src='data:image/png;base64,AA'><video><source src='c.mp4'></video>"
                        + "<a href='/d.webm'>film</a><i style=\"background-image: url('/e.jpg')\"></i>")
                .item();

        assertThat(item.media())
                .extracting(Media::url)
                .containsExactly(
                        "http://site.example/a.png",
                        "http://site.example/b.jpg",
                        "http://site.example/c.mp4",
                        "http://site.example/d.webm",
                        "http://site.example/e.jpg");
        assertThat(item.media())
                .extracting(Media::type)
                .containsExactly(
                        Media.Type.IMAGE, Media.Type.IMAGE, Media.Type.VIDEO, Media.Type.VIDEO, Media.Type.IMAGE);
    }

    @Test
    void outlinksAreCanonicalOnceAndFlaggedWhenNotToBeFollowed() {
        List<Outlink> outlinks = Answer.html(
                        "<link rel=alternate type='application/atom+xml' href=/feed><link rel=next href='?page=2'>"
                                + "<nav><a href='/a#x'>a</a></nav><a href=/b rel='ugc nofollow'>b</a><a href='/a'>again</a>"
                                + "<a href='mailto:x@site.example'>m</a><a href='javascript:f()'>j</a><a href='/page#top'>self</a><a href=/photo.jpg>p</a>")
                .page()
                .outlinks();

        assertThat(Answer.urls(outlinks))
                .containsExactly(
                        "http://site.example/feed",
                        "http://site.example/page?page=2",
                        "http://site.example/a",
                        "http://site.example/b");
        assertThat(outlinks)
                .extracting(Outlink::kind)
                .containsExactly(PageKind.FEED, PageKind.PAGE, PageKind.PAGE, PageKind.PAGE);
        assertThat(outlinks).extracting(Outlink::follow).containsExactly(true, true, true, false);
    }

    @Test
    void anotherCanonicalAddressIsAnAliasAndNeverTheId() {
        Answer page = Answer.html("<link rel=canonical href='http://elsewhere.example/x'><p>Words</p>");

        assertThat(page.page().canonical().orElseThrow().value()).isEqualTo("http://elsewhere.example/x");
        assertThat(page.item().id()).isEqualTo(Item.idOfPage(page.item().page()));
        assertThat(page.item().page().value()).isEqualTo("http://site.example/page");
        assertThat(Answer.html("<link rel=canonical href='/page'>").page().canonical())
                .isEmpty();
    }

    @Test
    void noindexMakesNoItemsAndNofollowNoFollowing() {
        Extracted.Page meta = Answer.html("<meta name=robots content='noindex, nofollow'><a href=/a>a</a><p>Words</p>")
                .page();
        Extracted.Page header = Answer.html("<a href=/a>a</a><p>Words</p>")
                .robots("otherbot: nofollow", "noindex")
                .page();
        Extracted.Page named = Answer.html("<p>Words</p>")
                .robots("otherbot: noindex", "tidewatch: none")
                .page();
        Extracted.Page other = Answer.html("<meta name=otherbot content=noindex><p>Words</p>")
                .robots("otherbot: none", "unavailable_after: 25 Jun 2030 15:00:00 PST")
                .page();

        assertThat(meta.items()).isEmpty();
        assertThat(meta.outlinks()).extracting(Outlink::follow).containsExactly(false);
        assertThat(header.items()).isEmpty();
        assertThat(header.outlinks()).extracting(Outlink::follow).containsExactly(true);
        assertThat(named.items()).isEmpty();
        assertThat(other.items()).hasSize(1);
    }

    @Test
    void theSignatureSeesWordsAndNotAdvertsNavigationOrTimes() {
        String base = signature(
                "<nav>Home</nav><p>The lamps are lit.</p><p>Posted <time>3 minutes ago</time></p><div class=ad>A</div>");

        assertThat(
                        signature(
                                "<nav>Start</nav><p>The LAMPS are lit</p><p>Posted <time>2 hours ago</time></p><div class=ad>B</div>"))
                .isEqualTo(base);
        assertThat(signature("<p>The lamps are out.</p><p>Posted <time>3 minutes ago</time></p>"))
                .isNotEqualTo(base);
        assertThat(signature("<p>The lamps are lit.</p><p>Posted <time>now</time></p><blockquote>Lit!</blockquote>"))
                .isNotEqualTo(base);
    }

    @Test
    void textIsCutAtTheLimitWithAProblem() {
        ExtractSettings tight =
                new ExtractSettings("tidewatch", ExtractSettings.DEFAULTS.timeLimit(), 10, 3, 3, 100_000, 1_000, 5, 1);
        Extracted.Page page = (Extracted.Page) new Extraction(tight)
                .extract(Answer.html(
                                "<p>123456789\uD83C\uDF0A and so on</p><a href=/1>1</a><a href=/2>2</a><a href=/3>3</a><a href=/4>4</a>")
                        .source());

        assertThat(page.items().get(0).text()).isEqualTo("123456789");
        assertThat(page.outlinks()).hasSize(3);
        assertThat(page.problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "Text of http://site.example/page cut at 10 characters",
                        "More than 3 addresses: the rest is left out");
    }

    @Test
    void aPageOfManyMegabytesIsCutAndRead() {
        String page = "<p>first words</p>" + "<p>filler</p>".repeat(500_000);
        Extracted.Page read = Answer.html(page).page();

        assertThat(read.items().get(0).text()).startsWith("first words");
        assertThat(read.problems()).extracting(Problem::what).anyMatch(what -> what.startsWith("Cut at 4194304 of"));
    }

    @Test
    void plainTextIsOneItemEvenWhenItLooksLikeMarkup() {
        Item item = Answer.bytes("<html>\n<p>Paste\n\n  indented".getBytes(StandardCharsets.UTF_8), "text/plain")
                .at("http://paste.example/raw/note%20one.txt")
                .item();

        assertThat(item.text()).isEqualTo("<html>\n<p>Paste\n\n  indented");
        assertThat(item.title()).isEqualTo("note one.txt");
        assertThat(item.contentType()).isEqualTo("text/plain");
    }

    @Test
    void languagesAreNamedByTheTextAndOnlyInDoubtByThePage() {
        assertThat(language(
                        "en", "Сегодня на набережной зажглись все фонари, и жители города вышли посмотреть на них."))
                .contains("ru");
        assertThat(language("en", "أضيئت اليوم جميع المصابيح على رصيف الميناء وخرج سكان المدينة لمشاهدتها في المساء"))
                .contains("ar");
        assertThat(language(
                        "de",
                        "Bu akşam limandaki bütün fenerler yakıldı ve şehir halkı onları görmek için dışarı çıktı."))
                .contains("tr");
        assertThat(language("tr", "Fenerler")).contains("tr");
        assertThat(language("en", "فانوس")).isEmpty();
        assertThat(language("", "Lamp")).isEmpty();
    }

    private static java.util.Optional<String> language(String declared, String text) {
        return Answer.html("<html lang='" + declared + "'><p>" + text + "</p>")
                .item()
                .language();
    }

    private static String text(String body) {
        return Answer.html("<html><body>" + body).item().text();
    }

    private static String signature(String body) {
        return Answer.html("<title>T</title>" + body).page().signature();
    }
}
