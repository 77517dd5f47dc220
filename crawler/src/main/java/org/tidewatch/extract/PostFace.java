package org.tidewatch.extract;

import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * One way in which sites mark up posts. Thread-safe. A page is walked once, and each element is shown to every face: so
 * {@link #claim} must be quick to say no, by an attribute at best.
 */
interface PostFace {

    /** The id of the post whose outermost element is {@code element}, or empty when it is none of this face. */
    Optional<PostId> claim(Element element);

    /** Reads a post that this face has claimed. */
    FoundPost read(Element root, PostId id, Posts posts);

    /**
     * What a page calls a post.
     *
     * @param onSite whether the name holds for the whole site, or for the thread only ({@code id="comment-2"})
     */
    record PostId(String value, boolean onSite) {}
}
