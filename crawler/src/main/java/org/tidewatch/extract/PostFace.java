package org.tidewatch.extract;

import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * One way in which sites mark up posts. Thread-safe. A page is walked once and each element shown to every face; what
 * may be a post is then looked at closely, and read when all posts of the page are known.
 */
interface PostFace {

    /**
     * The attribute's value that makes {@code element} a candidate, or empty when it is none; an empty string when only
     * its type does. Elements within each other that have the same mark are one post.
     */
    Optional<String> mark(Element element);

    /** The id of the post that a candidate is, or empty when it turns out to be none of this face. */
    Optional<PostId> claim(Element candidate, Posts posts);

    /** Reads a post that this face has claimed. */
    FoundPost read(Element root, PostId id, Posts posts);

    /**
     * What a page calls a post.
     *
     * @param onSite whether the name holds for the whole site, or for the thread only ({@code id="comment-2"})
     */
    record PostId(String value, boolean onSite) {}
}
