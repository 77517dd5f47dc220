package org.tidewatch.extract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.tidewatch.item.Account;

/** Posts as the widespread forum engines mark them up; each engine numbers its posts for the whole site. */
final class ForumEngine implements PostFace {

    /** phpBB 3: {@code <div id="p123" class="post">}. */
    static final ForumEngine PHPBB = new ForumEngine(
            "id",
            "p(\\d+)",
            "div.post",
            ".postbody",
            ".content",
            ".username, .username-coloured",
            ".author a[href*='p=']");

    /** XenForo 2: {@code <article class="message" data-content="post-123" data-author="...">}. */
    static final ForumEngine XENFORO = new ForumEngine(
            "data-content",
            "post-(\\d+)",
            "article.message",
            ".message-body",
            ".message-body .bbWrapper",
            ".message-name .username, .message-name",
            ".message-attribution a[href*=post-]");

    /** Discourse as scripts render it: {@code <article data-post-id="123">} within {@code .topic-post}. */
    static final ForumEngine DISCOURSE = new ForumEngine(
            "data-post-id",
            "(\\d+)",
            ".topic-post article",
            ".cooked",
            ".cooked",
            ".names [data-user-card], .names a",
            "a.post-date[href]");

    /** vBulletin 3 and 4: {@code <table id="post123">} or {@code <li id="post_123">} around {@code #post_message_123}. */
    static final ForumEngine VBULLETIN = new ForumEngine(
            "id",
            "post_?(\\d+)",
            "table, li, div",
            "[id^=post_message_]",
            "[id^=post_message_]",
            ".bigusername, .username",
            "a[id^=postcount][href], a.postcounter[href]");

    private static final Evaluator TIME =
            QueryParser.parse("time[datetime], time[data-time], [data-time].relative-date");
    private static final Pattern ANSWERED = Pattern.compile("(?:post:\\s*)?(\\d+)");

    private final String attribute;
    private final Pattern number;
    private final Evaluator root;
    private final Evaluator mark;
    private final Evaluator body;
    private final Evaluator author;
    private final Evaluator permalink;

    /**
     * @param attribute holds the post's number
     * @param mark must be there within the root, or the markup is another engine's
     */
    private ForumEngine(
            String attribute, String number, String root, String mark, String body, String author, String permalink) {
        this.attribute = attribute;
        this.number = Pattern.compile(number);
        this.root = QueryParser.parse(root);
        this.mark = QueryParser.parse(mark);
        this.body = QueryParser.parse(body);
        this.author = QueryParser.parse(author);
        this.permalink = QueryParser.parse(permalink);
    }

    @Override
    public Optional<PostId> claim(Element element) {
        String value = element.attr(attribute);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher numbered = number.matcher(value);
        return numbered.matches() && element.is(root) && element.selectFirst(mark) != null
                ? Optional.of(new PostId(numbered.group(1), true))
                : Optional.empty();
    }

    @Override
    public FoundPost read(Element post, PostId id, Posts posts) {
        Optional<Element> time = posts.first(post, TIME);
        Optional<Account> named = posts.first(post, author).flatMap(Byline::author);
        String anchor = post.id().isEmpty() ? id.value() : post.id();
        return new FoundPost(
                post,
                id.value(),
                posts.first(post, permalink)
                        .flatMap(link -> posts.references().withFragment(link.attr("href")))
                        .orElseGet(() -> posts.references().onPage(anchor)),
                named,
                time.flatMap(Byline::date),
                Optional.empty(),
                answered(post),
                "",
                posts.first(post, body).map(List::of).orElseGet(List::of),
                List.of(),
                List.of(),
                List.of());
    }

    /** The post that a quote in this one names as its source (XenForo, phpBB). */
    private static Optional<String> answered(Element post) {
        Element source = post.selectFirst("blockquote[data-source^=post:], blockquote cite a[data-post-id]");
        if (source == null) {
            return Optional.empty();
        }
        Matcher number = ANSWERED.matcher(
                source.hasAttr("data-source") ? source.attr("data-source") : source.attr("data-post-id"));
        return number.matches() ? Optional.of(number.group(1)) : Optional.empty();
    }
}
