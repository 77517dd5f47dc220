package org.tidewatch.extract;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.tidewatch.item.Account;

/**
 * What a page says about itself as a whole: title, author, dates, language. For each the first source that answers
 * counts, structured data before visible markup before meta elements; never the time of the fetch.
 */
record PageFacts(
        String title,
        Optional<Account> author,
        Optional<Instant> publishedAt,
        Optional<Instant> modifiedAt,
        Optional<String> language) {

    private static final Evaluator AUTHOR = QueryParser.parse("[itemprop=author], [rel=author]");
    private static final Evaluator PUBLISHED =
            QueryParser.parse("[itemprop=datePublished], [itemprop=uploadDate], [itemprop=dateCreated]");
    private static final Evaluator MODIFIED = QueryParser.parse("[itemprop=dateModified]");
    private static final Evaluator TIME = QueryParser.parse("time[datetime]");

    static PageFacts of(
            Document document, Optional<StructuredData.Thing> main, Collection<Element> posts, Instant fetchedAt) {
        return new PageFacts(
                meta(document, "og:title")
                        .or(() -> text(document, "head title"))
                        .or(() -> text(document, "h1"))
                        .or(() -> main.flatMap(StructuredData.Thing::title))
                        .orElse(""),
                main.flatMap(thing -> Byline.named(thing.author()))
                        .or(() -> pagesOwn(document, AUTHOR, posts).flatMap(Byline::author))
                        .or(() -> Byline.named(meta(document, "author"))),
                main.flatMap(StructuredData.Thing::published)
                        .flatMap(date -> Dates.parse(date, fetchedAt))
                        .or(() -> dated(document, PUBLISHED, posts, fetchedAt))
                        .or(() -> dated(document, TIME, posts, fetchedAt))
                        .or(() ->
                                meta(document, "article:published_time").flatMap(date -> Dates.parse(date, fetchedAt))),
                main.flatMap(StructuredData.Thing::modified)
                        .flatMap(date -> Dates.parse(date, fetchedAt))
                        .or(() -> dated(document, MODIFIED, posts, fetchedAt))
                        .or(() ->
                                meta(document, "article:modified_time").flatMap(date -> Dates.parse(date, fetchedAt))),
                languageOf(document.body()));
    }

    /** The language that the element or one above it declares. */
    static Optional<String> languageOf(Element element) {
        for (Element above = element; above != null; above = above.parent()) {
            String tag = above.hasAttr("lang") ? above.attr("lang") : above.attr("xml:lang");
            if (!tag.isBlank()) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> dated(
            Document document, Evaluator wanted, Collection<Element> posts, Instant fetchedAt) {
        return pagesOwn(document, wanted, posts).flatMap(Byline::date).flatMap(date -> Dates.parse(date, fetchedAt));
    }

    /** The first match outside posts and boilerplate. */
    private static Optional<Element> pagesOwn(Document document, Evaluator wanted, Collection<Element> posts) {
        return Lookup.find(
                        document.body(),
                        wanted,
                        1,
                        element -> posts.contains(element) || Markup.isLeftOut(element, true),
                        element -> false)
                .stream()
                .findFirst();
    }

    private static Optional<String> meta(Document document, String name) {
        for (Element meta : document.select("meta[content]")) {
            if (meta.attr("property").equalsIgnoreCase(name)
                    || meta.attr("name").equalsIgnoreCase(name)) {
                String content = meta.attr("content").strip();
                if (!content.isEmpty()) {
                    return Optional.of(content);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Document document, String css) {
        return Optional.ofNullable(document.selectFirst(css))
                .map(Element::text)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
