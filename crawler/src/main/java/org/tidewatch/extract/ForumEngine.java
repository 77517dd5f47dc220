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
            ".author",
            "a[href*='p=']");

    /** XenForo 2: {@code <article class="message" data-content="post-123" data-author="...">}. */
    static final ForumEngine XENFORO = new ForumEngine(
            "data-content",
            "post-(\\d+)",
            "article.message",
            ".message-body",
            ".bbWrapper",
            ".message-name",
            ".message-attribution",
            "a[href*=post-]");

    /** Discourse as scripts render it: {@code <article data-post-id="123">} with {@code .cooked} words. */
    static final ForumEngine DISCOURSE = new ForumEngine(
            "data-post-id",
            "(\\d+)",
            "article",
            ".cooked",
            ".cooked",
            "[data-user-card]",
            ".post-info",
            "a.post-date[href]");

    /** vBulletin 3 and 4: {@code <table id="post123">} or {@code <li id="post_123">} around {@code #post_message_123}. */
    static final ForumEngine VBULLETIN = new ForumEngine(
            "id",
            "post_?(\\d+)",
            "table, li, div",
            "[id^=post_message_]",
            "[id^=post_message_]",
            ".bigusername, .username",
            "*",
            "a[id^=postcount][href], a.postcounter[href]");

    private static final Evaluator TIME =
            QueryParser.parse("time[datetime], time[data-time], .relative-date[data-time]");
    private static final Evaluator QUOTE = QueryParser.parse("blockquote");
    private static final Evaluator SOURCE = QueryParser.parse("a[data-post-id]");
    private static final Pattern ANSWERED = Pattern.compile("(?:post:\\s*)?(\\d+)");

    private final String attribute;
    private final Pattern number;
    private final Evaluator root;
    private final Evaluator proof;
    private final Evaluator body;
    private final Evaluator author;
    private final Evaluator head;
    private final Evaluator permalink;

    /**
     * @param attribute holds the post's number
     * @param proof must be there within the root, or the markup is another engine's
     * @param head holds the permalink
     */
    private ForumEngine(
            String attribute,
            String number,
            String root,
            String proof,
            String body,
            String author,
            String head,
            String permalink) {
        this.attribute = attribute;
        this.number = Pattern.compile(number);
        this.root = QueryParser.parse(root);
        this.proof = QueryParser.parse(proof);
        this.body = QueryParser.parse(body);
        this.author = QueryParser.parse(author);
        this.head = QueryParser.parse(head);
        this.permalink = QueryParser.parse(permalink);
    }

    @Override
    public Optional<String> mark(Element element) {
        String value = element.attr(attribute);
        if (value.isEmpty() || !root.matches(element, element)) {
            return Optional.empty();
        }
        Matcher numbered = number.matcher(value);
        return numbered.matches() ? Optional.of(numbered.group(1)) : Optional.empty();
    }

    @Override
    public Optional<PostId> claim(Element candidate, Posts posts) {
        return posts.first(candidate, proof).flatMap(found -> mark(candidate)).map(mark -> new PostId(mark, true));
    }

    @Override
    public FoundPost read(Element post, PostId id, Posts posts) {
        Optional<Element> time = posts.first(post, TIME);
        Optional<Account> named = posts.first(post, author).flatMap(Byline::author);
        String anchor = post.id().isEmpty() ? id.value() : post.id();
        return new FoundPost(
                post,
                id.value(),
                posts.first(post, head)
                        .flatMap(around -> posts.first(around, permalink))
                        .flatMap(link -> posts.references().withFragment(link.attr("href")))
                        .orElseGet(() -> posts.references().onPage(anchor)),
                named,
                time.flatMap(Byline::date),
                Optional.empty(),
                answered(post, posts),
                "",
                posts.first(post, body).map(List::of).orElseGet(List::of),
                List.of(),
                List.of(),
                List.of());
    }

    /** The post that the first quote in this one names as its source (XenForo, phpBB). */
    private static Optional<String> answered(Element post, Posts posts) {
        Optional<Element> quote = posts.first(post, QUOTE);
        Optional<String> source = quote.filter(element -> element.hasAttr("data-source"))
                .or(() -> quote.flatMap(element -> posts.first(element, SOURCE)))
                .map(element ->
                        element.hasAttr("data-source") ? element.attr("data-source") : element.attr("data-post-id"));
        return source.map(ANSWERED::matcher).filter(Matcher::matches).map(number -> number.group(1));
    }
}
