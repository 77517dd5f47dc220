package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.Collection;
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
    private final Map<Element, Claim> claims = new LinkedHashMap<>();
    private final boolean full;

    private record Claim(PostFace face, PostId id) {}

    Posts(Document document, CanonicalUrl page, References references, int maxPosts) {
        this.references = references;
        this.thread = Paging.thread(page);
        boolean tooMany = false;
        for (Element element : document.body().getAllElements()) {
            Optional<Claim> claim = claim(element);
            if (claim.isPresent() && !isPartOf(element, claim.get().id())) {
                tooMany = claims.size() >= maxPosts;
                if (tooMany) {
                    break;
                }
                claims.put(element, claim.get());
            }
        }
        this.full = tooMany;
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
        return all(root, wanted).stream().findFirst();
    }

    List<Element> all(Element root, Evaluator wanted) {
        List<Element> own = new ArrayList<>();
        for (Element match : root.select(wanted)) {
            if (belongsTo(match, root)) {
                own.add(match);
            }
        }
        return own;
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

    private boolean belongsTo(Element match, Element root) {
        for (Element above = match; above != null && !above.equals(root); above = above.parent()) {
            if (claims.containsKey(above) || Markup.isQuote(above)) {
                return false;
            }
        }
        return true;
    }

    private boolean isPartOf(Element element, PostId id) {
        for (Element above = element.parent(); above != null; above = above.parent()) {
            Claim claim = claims.get(above);
            if (claim != null) {
                return claim.id().value().equals(id.value());
            }
        }
        return false;
    }

    private static Optional<Claim> claim(Element element) {
        if (element.attributesSize() == 0) {
            return Optional.empty();
        }
        for (PostFace face : FACES) {
            Optional<PostId> id = face.claim(element);
            if (id.isPresent()) {
                return Optional.of(new Claim(face, id.get()));
            }
        }
        return Optional.empty();
    }
}
