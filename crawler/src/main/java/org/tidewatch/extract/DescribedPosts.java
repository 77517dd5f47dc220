package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.tidewatch.extract.PostFace.PostId;
import org.tidewatch.extract.StructuredData.Thing;

/**
 * Posts that a page describes in JSON-LD only, and the elements that show their words, so that the page does not say
 * them once more. Posts without an id or address of their own are left to the page.
 */
record DescribedPosts(List<Described> posts, Set<Element> shownBy) {

    static final DescribedPosts NONE = new DescribedPosts(List.of(), Set.of());

    record Described(Thing thing, String id, String permalink, Optional<String> replyTo) {}

    static DescribedPosts of(StructuredData data, Document document, Posts posts, References references) {
        List<Thing> things = Stream.concat(data.main().filter(Thing::isPosting).stream(), data.comments().stream())
                .filter(thing -> thing.text().or(thing::description).isPresent())
                .filter(thing -> thing.id().or(thing::url).isPresent())
                .toList();
        if (things.isEmpty()) {
            return NONE;
        }
        List<Described> described = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Thing thing : things) {
            String id = id(thing.id().or(thing::url).orElseThrow(), posts, references);
            if (ids.add(id)) {
                described.add(new Described(
                        thing,
                        id,
                        references
                                .withFragment(thing.url().or(thing::id).orElse(""))
                                .orElseGet(() -> references.onPage(thing.id().orElse(""))),
                        thing.parent().map(parent -> id(parent, posts, references))));
            }
        }
        return new DescribedPosts(List.copyOf(described), shownBy(things, document));
    }

    /** An address on this page says no more than its fragment does; another address or number holds for the site. */
    private static String id(String given, Posts posts, References references) {
        int hash = given.indexOf('#');
        boolean here = hash == 0
                || (hash > 0
                        && references
                                .resolve(given)
                                .filter(url -> Paging.thread(url).equals(posts.thread()))
                                .isPresent());
        return posts.onSite(here ? new PostId(given.substring(hash + 1), false) : new PostId(given, true));
    }

    private static Set<Element> shownBy(List<Thing> things, Document document) {
        Set<String> said = new HashSet<>();
        for (Thing thing : things) {
            String text = thing.text().or(thing::description).orElse("");
            said.add(squeezed(text));
            text.lines().map(DescribedPosts::squeezed).forEach(said::add);
        }
        said.remove("");
        Set<Element> elements = new HashSet<>();
        for (Element element : document.body().getAllElements()) {
            if (element.isBlock()
                    && element.children().stream().noneMatch(Element::isBlock)
                    && said.contains(squeezed(element.text()))) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String squeezed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
