package org.tidewatch.extract;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.tidewatch.extract.StructuredData.Thing;
import org.tidewatch.item.Kind;
import org.tidewatch.item.Media;
import org.tidewatch.item.Post;
import org.tidewatch.url.CanonicalUrl;

/**
 * One HTML page on its way to items: the page first, then its posts in order. Posts are taken from the markup, or from
 * JSON-LD where the markup shows none. Not thread-safe.
 */
final class PageReading {

    private final Source source;
    private final Document document;
    private final References references;
    private final ExtractSettings settings;
    private final Posts posts;
    private final StructuredData data;
    private final DescribedPosts described;

    PageReading(
            Source source, Document document, References references, ExtractSettings settings, List<Problem> problems) {
        this.source = source;
        this.document = document;
        this.references = references;
        this.settings = settings;
        this.posts = new Posts(document, source.visit().url(), references, settings.maxPosts());
        this.data = StructuredData.of(document);
        this.described =
                posts.roots().isEmpty() ? DescribedPosts.of(data, document, posts, references) : DescribedPosts.NONE;
        problems.addAll(data.problems());
        if (posts.isFull()) {
            problems.add(new Problem(
                    "More than " + settings.maxPosts() + " posts: the words of further ones stay with the page"));
        }
    }

    void into(Items items) {
        List<FoundPost> found = posts.read();
        items.add(page(found));
        found.forEach(post -> items.add(post(post)));
        described.posts().forEach(post -> items.add(post(post)));
    }

    private Draft page(List<FoundPost> found) {
        Optional<Element> channel = Optional.ofNullable(document.selectFirst(TelegramFace.CHANNEL_DESCRIPTION));
        Set<Element> others = new HashSet<>(posts.roots());
        others.addAll(described.shownBy());
        channel.ifPresent(others::add);
        Reading reading = new Reading(references, others, settings.maxTextChars()).addPage(document.body());
        channel.ifPresent(reading::add);
        data.main().ifPresent(thing -> addDescribed(thing, reading));
        found.stream()
                .flatMap(post -> CanonicalUrl.of(post.permalink()).stream())
                .filter(url -> !url.equals(source.visit().url()))
                .forEach(reading::link);
        references
                .resolve(attribute("meta[property=og:image][content]"))
                .ifPresent(url -> reading.medium(new Media(Media.Type.IMAGE, url.value(), Optional.empty())));
        PageFacts facts = PageFacts.of(document, data.main(), others, source.fetchedAt());
        return new Draft(
                Kind.PAGE,
                source.visit().url().value(),
                facts.title(),
                reading.words(),
                facts.author(),
                Optional.empty(),
                facts.publishedAt(),
                facts.modifiedAt(),
                facts.language(),
                reading.media(),
                reading.links());
    }

    /** Takes up what the page shows only by script: a video's description and address, the text of an empty page. */
    private void addDescribed(Thing thing, Reading reading) {
        String shown = reading.words().own();
        thing.description()
                .filter(description -> thing.isVideo() && !shown.contains(description))
                .ifPresent(description -> reading.add(paragraph(description)));
        thing.text()
                .filter(text -> shown.isEmpty() && !thing.isPosting())
                .ifPresent(text -> reading.add(paragraph(text)));
        thing.media().forEach(medium -> references
                .resolve(medium.url())
                .ifPresent(url -> reading.medium(new Media(medium.type(), url.value(), medium.title()))));
    }

    private Draft post(FoundPost post) {
        Collection<Element> others = new HashSet<>(posts.roots());
        others.addAll(post.apart());
        others.remove(post.root());
        Reading reading = new Reading(references, others, settings.maxTextChars());
        post.said().forEach(reading::add);
        post.quoted().forEach(reading::addQuote);
        post.shown().forEach(reading::addShown);
        return new Draft(
                Kind.POST,
                post.permalink(),
                post.title(),
                reading.words(),
                post.author(),
                Optional.of(new Post(post.id(), Optional.of(posts.thread().value()), post.replyTo())),
                post.published().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                post.modified().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                PageFacts.languageOf(post.root()),
                reading.media(),
                linksOf(reading, post.permalink()));
    }

    private Draft post(DescribedPosts.Described post) {
        Thing thing = post.thing();
        return new Draft(
                Kind.POST,
                post.permalink(),
                thing.isPosting() ? thing.title().orElse("") : "",
                Words.of(thing.text().or(thing::description).orElse(""), settings.maxTextChars()),
                Byline.named(thing.author()),
                Optional.of(new Post(post.id(), Optional.of(posts.thread().value()), post.replyTo())),
                thing.published().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                thing.modified().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                PageFacts.languageOf(document.body()),
                List.of(),
                List.of());
    }

    /** Where the post leads, which is not to itself. */
    private static List<String> linksOf(Reading reading, String permalink) {
        Optional<String> self = CanonicalUrl.of(permalink).map(CanonicalUrl::value);
        return reading.links().stream()
                .filter(link -> self.filter(link::equals).isEmpty())
                .toList();
    }

    private String attribute(String css) {
        Element element = document.selectFirst(css);
        return element == null ? "" : element.attr("content");
    }

    private static Element paragraph(String text) {
        return new Element("p").text(text);
    }
}
