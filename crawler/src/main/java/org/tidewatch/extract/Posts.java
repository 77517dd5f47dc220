package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.tidewatch.extract.PostFace.PostId;
import org.tidewatch.url.CanonicalUrl;

/**
 * The posts of one page. Which elements are posts is settled before any is read, so that a post's author, date and
 * words are its own and not those of a reply nested in it. Not thread-safe.
 */
final class Posts {

    private static final List<PostFace> FACES = List.of(
            new TelegramFace(),
            ForumEngine.PHPBB,
            ForumEngine.XENFORO,
            ForumEngine.DISCOURSE,
            ForumEngine.VBULLETIN,
            new SelfDescribedFace());

    private final References references;
    private final CanonicalUrl thread;
    private final Set<Element> candidates = new HashSet<>();
    private final Map<Element, Claim> claims = new LinkedHashMap<>();
    private final boolean full;

    private record Claim(PostFace face, PostId id) {}

    Posts(Document document, CanonicalUrl page, References references, int maxPosts) {
        this.references = references;
        this.thread = Paging.thread(page);
        Map<Element, List<PostFace>> facesOf = candidates(document);
        this.candidates.addAll(facesOf.keySet());
        facesOf.forEach((candidate, faces) -> {
            if (claims.size() <= maxPosts) {
                claim(candidate, faces).ifPresent(claim -> claims.put(candidate, claim));
            }
        });
        this.full = claims.size() > maxPosts;
        if (full) {
            List<Element> inOrder = List.copyOf(claims.keySet());
            claims.remove(inOrder.get(maxPosts));
        }
        candidates.retainAll(claims.keySet());
    }

    /** Whether the page has more posts than may become items. */
    boolean isFull() {
        return full;
    }

    /** The outermost elements of all posts. */
    Collection<Element> roots() {
        return claims.keySet();
    }

    /** All posts in the page's order; a post that is shown twice is read once. */
    List<FoundPost> read() {
        List<FoundPost> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        claims.forEach((root, claim) -> {
            if (ids.add(onSite(claim.id()))) {
                found.add(claim.face().read(root, claim.id(), this));
            }
        });
        return found;
    }

    /** The page's thread, whichever of its pages this is. */
    CanonicalUrl thread() {
        return thread;
    }

    References references() {
        return references;
    }

    /** The id that is unique on the whole host: one that only the thread knows is preceded by the thread's path. */
    String onSite(PostId id) {
        return id.onSite() ? id.value() : thread.path() + "#" + id.value();
    }

    /** The first match that belongs to the post itself: neither to a post within it nor to a quote. */
    Optional<Element> first(Element root, Evaluator wanted) {
        return find(root, wanted, 1).stream().findFirst();
    }

    /** All matches that belong to the post itself. A quote may match, what it holds does not. */
    List<Element> all(Element root, Evaluator wanted) {
        return find(root, wanted, Integer.MAX_VALUE);
    }

    /** The post in which {@code root} is nested. */
    Optional<String> parentOf(Element root) {
        for (Element above = root.parent(); above != null; above = above.parent()) {
            Claim claim = claims.get(above);
            if (claim != null) {
                return Optional.of(onSite(claim.id()));
            }
        }
        return Optional.empty();
    }

    private List<Element> find(Element root, Evaluator wanted, int max) {
        return Lookup.find(root, wanted, max, candidates::contains, Markup::isQuote);
    }

    private Optional<Claim> claim(Element candidate, List<PostFace> faces) {
        for (PostFace face : faces) {
            Optional<PostId> id = face.claim(candidate, this);
            if (id.isPresent()) {
                return Optional.of(new Claim(face, id.get()));
            }
        }
        return Optional.empty();
    }

    private static Map<Element, List<PostFace>> candidates(Document document) {
        Map<Element, List<PostFace>> candidates = new LinkedHashMap<>();
        Map<Element, Set<String>> marks = new HashMap<>();
        for (Element element : document.body().getAllElements()) {
            if (element.attributesSize() == 0) {
                continue;
            }
            List<PostFace> faces = new ArrayList<>();
            Set<String> marked = new HashSet<>();
            for (PostFace face : FACES) {
                face.mark(element).ifPresent(mark -> {
                    faces.add(face);
                    marked.add(mark);
                });
            }
            if (!faces.isEmpty() && !isPartOf(element, marked, marks)) {
                candidates.put(element, faces);
                marks.put(element, marked);
            }
        }
        return candidates;
    }

    /** Whether the nearest candidate around {@code element} has one of its marks, as a post's own buttons do. */
    private static boolean isPartOf(Element element, Set<String> marked, Map<Element, Set<String>> marks) {
        for (Element above = element.parent(); above != null; above = above.parent()) {
            Set<String> around = marks.get(above);
            if (around != null) {
                return marked.stream().anyMatch(mark -> !mark.isEmpty() && around.contains(mark));
            }
        }
        return false;
    }
}
