package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidewatch.item.Account;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;

/** Each way in which sites mark up posts, on a page cut down from the real markup. */
class PostsTest {

    private static final String TWO = "http://forum.example/thread/5?page=2";

    @Test
    void aChannelPreviewGivesOneItemForEachMessage() {
        List<Item> posts = telegram().posts();

        assertThat(posts)
                .extracting(Item::url)
                .containsExactly("https://t.me/harbour/14", "https://t.me/harbour/15", "https://t.me/harbour/16");
        assertThat(posts)
                .extracting(item -> item.post().orElseThrow().id())
                .containsExactly("harbour/14", "harbour/15", "harbour/16");
        Item first = posts.get(0);
        assertThat(first.text()).isEqualTo("The lamps are lit.\nSee the notice");
        assertThat(first.quoted()).isEmpty();
        assertThat(first.author().orElseThrow().handle()).contains("harbour");
        assertThat(first.author().orElseThrow().name()).contains("Velmora Harbour");
        assertThat(first.publishedAt()).contains(Instant.parse("2026-02-27T08:00:00Z"));
        assertThat(first.links()).containsExactly("https://news.example/lamps");
        assertThat(first.media()).extracting(Media::url).containsExactly("https://cdn.example/file/boat.jpg");
        assertThat(first.platform()).isEqualTo("telegram");
        assertThat(first.id()).isEqualTo(Item.idOfPost("telegram", "t.me", "harbour/14"));
        assertThat(first.post().orElseThrow().thread()).contains("https://t.me/s/harbour");
    }

    @Test
    void aReplyInAChannelQuotesWhatItAnswers() {
        Item reply = telegram().posts().get(1);

        assertThat(reply.text()).isEqualTo("The keeper does.");
        assertThat(reply.quoted()).isEqualTo("Velmora Harbour\nWho keeps the lamps?");
        assertThat(reply.post().orElseThrow().replyTo()).contains("harbour/12");
        assertThat(reply.media()).extracting(Media::type).containsExactly(Media.Type.VIDEO);
    }

    @Test
    void aForwardedMessageIsAQuoteWithItsOrigin() {
        Item forwarded = telegram().posts().get(2);

        assertThat(forwarded.text()).isEmpty();
        assertThat(forwarded.quoted()).isEqualTo("Forwarded from Tide Tables\nHigh water at noon.");
    }

    @Test
    void theChannelsPageHasItsDescriptionButNoMessages() {
        Item page = telegram().item();

        assertThat(page.title()).isEqualTo("Velmora Harbour");
        assertThat(page.text()).isEqualTo("News of the harbour of Velmora.");
        assertThat(page.quoted()).isEmpty();
        assertThat(page.links()).contains("https://t.me/harbour/15");
        assertThat(Answer.urls(telegram().page().outlinks())).contains("https://t.me/s/harbour?before=14");
    }

    @Test
    void theSameMarkupElsewhereBelongsToTheSeedsPlatformOrTheWeb() {
        Answer mirror = Answer.resource("telegram.html", "http://channel.example/s/harbour");

        assertThat(mirror.posts().get(0).platform()).isEqualTo("web");
        assertThat(mirror.on("channels").posts().get(0).platform()).isEqualTo("channels");
    }

    @Test
    void aForumsPostsHaveAuthorDateAndQuotesOfTheirOwn() {
        List<Item> posts = forum().posts();

        assertThat(posts)
                .extracting(Item::url)
                .containsExactly("http://forum.example/post/57", "http://forum.example/post/58");
        assertThat(posts.get(0).text()).isEqualTo("Start with the bowline.\nThen the clove hitch: pictures.");
        assertThat(posts.get(0).author().orElseThrow().handle()).contains("anna");
        assertThat(posts.get(0).media())
                .containsExactly(
                        new Media(Media.Type.IMAGE, "http://forum.example/img/bowline.jpg", Optional.of("A bowline")));
        assertThat(posts.get(1).text()).isEqualTo("I would start with the reef knot.");
        assertThat(posts.get(1).quoted()).isEqualTo("Start with the bowline.");
        assertThat(posts.get(1).publishedAt()).contains(Instant.parse("2026-02-21T11:00:00Z"));
    }

    @Test
    void aThreadsPageSaysNothingOfItsPosts() {
        Item page = forum().item();

        assertThat(page.text()).isEqualTo("Knots for beginners");
        assertThat(page.quoted()).isEmpty();
        assertThat(page.links()).containsExactly("http://forum.example/post/57", "http://forum.example/post/58");
        assertThat(Answer.urls(forum().page().outlinks())).contains(TWO, "http://forum.example/f/1");
    }

    @Test
    void aPostIsTheSameItemOnWhicheverPageItIsSeen() {
        List<Item> one = forum().posts();
        List<Item> two = forum().at(TWO).posts();

        assertThat(two)
                .extracting(Item::id)
                .isEqualTo(one.stream().map(Item::id).toList());
        assertThat(two)
                .extracting(Item::text)
                .isEqualTo(one.stream().map(Item::text).toList());
        assertThat(two)
                .extracting(Item::post)
                .isEqualTo(one.stream().map(Item::post).toList());
    }

    @Test
    void phpBBIsReadWithoutSignature() {
        Item post = only("phpbb.html", "http://board.example/viewtopic.php?t=9&start=20");

        assertThat(post.post().orElseThrow().id()).isEqualTo("123");
        assertThat(post.text()).isEqualTo("Linen, always.");
        assertThat(post.quoted()).startsWith("Dan wrote: ").endsWith("Cotton or linen?");
        assertThat(post.url()).isEqualTo("http://board.example/viewtopic.php?p=123#p123");
        assertThat(post.author().orElseThrow().name()).contains("Carla");
        assertThat(post.publishedAt()).contains(Instant.parse("2026-01-05T06:07:08Z"));
        assertThat(post.post().orElseThrow().replyTo()).contains("120");
        assertThat(post.post().orElseThrow().thread()).contains("http://board.example/viewtopic.php?t=9");
    }

    @Test
    void xenForoIsReadWithoutSignature() {
        Item post = only("xenforo.html", "http://boats.example/threads/oars.4/page-2");

        assertThat(post.post().orElseThrow().id()).isEqualTo("321");
        assertThat(post.text()).isEqualTo("Spruce is lighter.");
        assertThat(post.quoted()).isEqualTo("Finn said:\nAsh or spruce?");
        assertThat(post.url()).isEqualTo("http://boats.example/threads/oars.4/post-321");
        assertThat(post.author().orElseThrow().handle()).contains("edda");
        assertThat(post.publishedAt()).contains(Instant.parse("2026-01-10T08:11:12Z"));
        assertThat(post.post().orElseThrow().replyTo()).contains("300");
        assertThat(post.post().orElseThrow().thread()).contains("http://boats.example/threads/oars.4/");
    }

    @Test
    void discourseIsReadWithItsQuoteBoxes() {
        Item post = only("discourse.html", "http://talk.example/t/anchors/40");

        assertThat(post.post().orElseThrow().id()).isEqualTo("987");
        assertThat(post.text()).isEqualTo("A plough holds.");
        assertThat(post.quoted()).isEqualTo("hana:\nWhich anchor holds in mud?");
        assertThat(post.url()).isEqualTo("http://talk.example/t/anchors/40/2");
        assertThat(post.author().orElseThrow().handle()).contains("gerd");
        assertThat(post.publishedAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void vBulletinIsReadByItsMessageElements() {
        Item post = only("vbulletin.html", "http://ropes.example/showthread.php?t=3");

        assertThat(post.post().orElseThrow().id()).isEqualTo("777");
        assertThat(post.text()).endsWith("Manila does not.");
        assertThat(post.quoted()).isEqualTo("Hemp rots.");
        assertThat(post.url()).isEqualTo("http://ropes.example/showpost.php?p=777&postcount=3");
        assertThat(post.author().orElseThrow().name()).contains("Ivo");
    }

    @Test
    void commentsOnAnArticleAreItemsAndAReplyNamesItsParent() {
        Answer article = Answer.resource("article.html", "http://carnet.example/le-quai");
        List<Item> comments = article.posts();

        assertThat(comments).extracting(Item::text).containsExactly("Beau texte.", "Je suis du même avis.");
        assertThat(comments)
                .extracting(Item::url)
                .containsExactly(
                        "http://carnet.example/le-quai#comment-12", "http://carnet.example/le-quai#comment-13");
        assertThat(comments)
                .extracting(item -> item.author().orElseThrow().name().orElseThrow())
                .containsExactly("Paul", "Zoé");
        assertThat(comments.get(1).post().orElseThrow().replyTo())
                .contains(comments.get(0).post().orElseThrow().id());
        assertThat(article.item().text()).doesNotContain("Beau texte", "même avis");
    }

    @Test
    void anAnchorNamesACommentWithinItsArticleOnly() {
        List<Item> one =
                Answer.resource("article.html", "http://carnet.example/le-quai").posts();
        List<Item> paged = Answer.resource("article.html", "http://carnet.example/le-quai?cpage=2")
                .posts();
        List<Item> other = Answer.resource("article.html", "http://carnet.example/le-phare")
                .posts();

        assertThat(paged)
                .extracting(Item::id)
                .isEqualTo(one.stream().map(Item::id).toList());
        assertThat(other)
                .extracting(Item::id)
                .doesNotContainAnyElementsOf(one.stream().map(Item::id).toList());
    }

    @Test
    void commentsThatOnlyJsonLdDescribesAreItemsAndNotThePagesWords() {
        Answer described = Answer.html("""
                <html><head><script type="application/ld+json">
                {"@graph":[{"@type":"WebPage"},{"@type":"DiscussionForumPosting","@id":"/t/8","url":"/t/8","headline":"Lanterns",
                 "text":"Which oil burns longest?","author":{"name":"Jon"},"datePublished":"2026-02-02T10:00:00Z",
                 "comment":[{"@type":"Comment","url":"/t/8#r1","text":"Whale oil, <b>sadly</b>.","author":"Kim"}]}]}
                </script></head><body><h1>Lanterns</h1><div>Which oil burns longest?</div><p>Whale oil, sadly.</p><p>Log in to reply</p></body></html>
                """).at("http://lamps.example/t/8");
        List<Item> posts = described.posts();

        assertThat(posts).extracting(Item::text).containsExactly("Which oil burns longest?", "Whale oil, sadly.");
        assertThat(posts)
                .extracting(Item::url)
                .containsExactly("http://lamps.example/t/8", "http://lamps.example/t/8#r1");
        assertThat(posts.get(1).author().orElseThrow().name()).contains("Kim");
        assertThat(described.item().text()).isEqualTo("Lanterns\nLog in to reply");
    }

    @Test
    void postsBeyondTheLimitStayWithThePage() {
        ExtractSettings one = new ExtractSettings(
                "tidewatch", ExtractSettings.DEFAULTS.timeLimit(), 1_000, 10, 10, 100_000, 100_000, 1, 1);
        Extracted.Page page = (Extracted.Page) new Extraction(one).extract(forum().source());

        assertThat(page.items()).hasSize(2);
        assertThat(page.items().get(0).text())
                .contains("I would start with the reef knot.")
                .doesNotContain("clove");
        assertThat(page.problems()).extracting(Problem::what).anyMatch(what -> what.startsWith("More than 1 posts"));
    }

    @Test
    void theAddressOfAnAuthorIsNotThatOfThePost() {
        Item post = Answer.html(
                        "<div data-post-id=4 itemscope itemtype='https://schema.org/Comment'>"
                                + "<span itemprop=author itemscope itemtype='https://schema.org/Person'><a itemprop=url href='/u/kim'><span itemprop=name>Kim</span></a>"
                                + "<span itemprop=alternateName>@kimble</span></span><a itemprop=url href='/post/4'>#4</a><p itemprop=text>Ahoy</p></div>")
                .posts()
                .get(0);

        assertThat(post.url()).isEqualTo("http://site.example/post/4");
        assertThat(post.author()).contains(new Account(Optional.of("kimble"), Optional.of("Kim")));
    }

    @Test
    void aCommentWithoutANameOfItsOwnStaysWithThePage() {
        Answer nameless = Answer.html(
                "<div itemscope itemtype='https://schema.org/Comment'><p itemprop=text>Ahoy there</p></div>");

        assertThat(nameless.posts()).isEmpty();
        assertThat(nameless.item().text()).isEqualTo("Ahoy there");
    }

    private static Answer telegram() {
        return Answer.resource("telegram.html", "https://t.me/s/harbour");
    }

    private static Answer forum() {
        return Answer.resource("forum.html", "http://forum.example/thread/5");
    }

    private static Item only(String resource, String url) {
        List<Item> posts = Answer.resource(resource, url).posts();
        assertThat(posts).hasSize(1);
        return posts.get(0);
    }
}
