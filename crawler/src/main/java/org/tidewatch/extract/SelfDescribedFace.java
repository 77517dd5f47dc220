package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;

/**
 * Posts that say of themselves that they are: by {@code data-post-id}, or by schema.org microdata ({@code Comment},
 * {@code DiscussionForumPosting} and kin). A comment that has neither number, id nor address of its own is no item: its
 * words stay with the page.
 */
final class SelfDescribedFace implements PostFace {

    private static final Set<String> TYPES =
            Set.of("comment", "usercomments", "discussionforumposting", "socialmediaposting", "answer", "reply");
    private static final Set<String> CONTAINERS =
            Set.of("article", "li", "div", "section", "tr", "td", "table", "p", "dl");
    private static final String[] NUMBERS = {"data-post-id", "data-comment-id", "data-commentid", "data-postid"};

    private static final Evaluator BODY = QueryParser.parse("[itemprop=text], [itemprop=commentText],"
            + " [itemprop=articleBody], .post-body, .post-content, .post-text, .message-body, .comment-body,"
            + " .comment-content, .comment-text, .entry-content");
    private static final Evaluator AUTHOR = QueryParser.parse(
            "[itemprop=author], [itemprop=creator], [rel=author], .author, .comment-author, .username, .post-author");
    private static final Evaluator PUBLISHED = QueryParser.parse("[itemprop=datePublished], [itemprop=dateCreated],"
            + " [itemprop=uploadDate], [itemprop=commentTime], time[datetime]");
    private static final Evaluator MODIFIED = QueryParser.parse("[itemprop=dateModified]");
    private static final Evaluator PERMALINK = QueryParser.parse("a.permalink[href], a[rel=bookmark][href]");
    private static final Evaluator URL = QueryParser.parse("[itemprop=url][href]");
    private static final Evaluator HEADLINE = QueryParser.parse("[itemprop=headline]");
    private static final Evaluator SOURCE = QueryParser.parse("[itemprop=parentItem]");

    @Override
    public Optional<String> mark(Element element) {
        if (!CONTAINERS.contains(element.normalName())) {
            return Optional.empty();
        }
        Optional<String> number = number(element);
        return number.isEmpty() && isPosting(element) ? Optional.of(element.id().strip()) : number;
    }

    @Override
    public Optional<PostId> claim(Element candidate, Posts posts) {
        Optional<String> number = number(candidate);
        if (number.isPresent()) {
            return isPosting(candidate) || posts.first(candidate, BODY).isPresent()
                    ? Optional.of(new PostId(number.get(), true))
                    : Optional.empty();
        }
        return candidate.id().isBlank()
                ? permalink(candidate, posts).map(SelfDescribedFace::byAddress)
                : Optional.of(new PostId(candidate.id().strip(), false));
    }

    @Override
    public FoundPost read(Element root, PostId id, Posts posts) {
        Optional<Element> author = posts.first(root, AUTHOR);
        Optional<Element> published = posts.first(root, PUBLISHED);
        Optional<Element> modified = posts.first(root, MODIFIED);
        Optional<Element> permalink = permalink(root, posts);
        Optional<Element> body = posts.first(root, BODY);
        List<Element> apart = new ArrayList<>();
        author.ifPresent(apart::add);
        published.ifPresent(apart::add);
        modified.ifPresent(apart::add);
        permalink.ifPresent(apart::add);
        Optional<String> address = permalink.flatMap(link -> posts.references().withFragment(link.attr("href")));
        return new FoundPost(
                root,
                posts.onSite(id),
                address.orElseGet(() -> root.id().isEmpty()
                        ? posts.references().onPage(id.value())
                        : posts.references().onPage(root.id())),
                author.flatMap(Byline::author),
                published.flatMap(Byline::date),
                modified.flatMap(Byline::date),
                posts.first(root, SOURCE)
                        .map(Element::text)
                        .filter(text -> !text.isBlank())
                        .or(() -> posts.parentOf(root)),
                posts.first(root, HEADLINE).map(Element::text).orElse(""),
                List.of(body.orElse(root)),
                List.of(),
                List.of(),
                body.isPresent() ? List.of() : apart);
    }

    /** The post's own address; a {@code url} within another item scope is its author's. */
    private static Optional<Element> permalink(Element root, Posts posts) {
        return posts.first(root, PERMALINK).or(() -> posts.all(root, URL).stream()
                .filter(link -> root.equals(link.parents().stream()
                        .filter(above -> above.hasAttr("itemscope") || above.equals(root))
                        .findFirst()
                        .orElse(root)))
                .findFirst());
    }

    private static boolean isPosting(Element element) {
        String type = element.attr("itemtype");
        return type.contains("schema.org/")
                && TYPES.contains(
                        type.substring(type.lastIndexOf('/') + 1).strip().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> number(Element element) {
        for (String attribute : NUMBERS) {
            String number = element.attr(attribute).strip();
            if (!number.isEmpty()) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** An anchor says no more than which post of the thread this is; an address holds for the site. */
    private static PostId byAddress(Element permalink) {
        String href = permalink.attr("href").strip();
        return new PostId(href, href.startsWith("/") || href.startsWith("http"));
    }
}
