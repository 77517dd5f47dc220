package org.tidewatch.item;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tidewatch.url.CanonicalUrl;

/**
 * What is matched and referred: one page, one post or one file, as a fetch showed it. Serialises as the document of the
 * {@code items} index, less what the index adds (folded text, projections, retention).
 *
 * @param id see {@link #idOfPost} and {@link #idOfPage}
 * @param url where a person finds the item; a post's permalink, which may carry a fragment
 * @param page canonical URL of the page the item was read from
 * @param text the item's own words
 * @param quoted words of others that the item quotes; a quote is not the quoter's words
 * @param links addresses the item links to, canonical, at most {@link #MAX_LINKS}
 * @param seeds ids of the seeds that led here ({@code list/seed})
 */
public record Item(
        String id,
        Kind kind,
        String url,
        CanonicalUrl page,
        String host,
        String hostKey,
        String platform,
        Optional<Account> author,
        Optional<Post> post,
        String title,
        String text,
        String quoted,
        Optional<Instant> publishedAt,
        Optional<Instant> modifiedAt,
        Instant fetchedAt,
        Optional<String> language,
        String contentType,
        List<Media> media,
        List<String> links,
        SortedSet<String> seeds,
        SortedSet<String> tags) {

    /** Links kept of one item. */
    public static final int MAX_LINKS = 500;

    /** Longest text of one field, in characters; what is longer is cut, and the cut is a recorded outcome. */
    public static final int MAX_TEXT = 1_000_000;

    public static String idOfPost(String platform, String host, String postId) {
        return Id.of("post", platform, host, postId);
    }

    public static String idOfPage(CanonicalUrl url) {
        return Id.of("page", url.value());
    }

    /** The same item, known to more seeds. */
    public Item withSeeds(SortedSet<String> all) {
        return new Item(
                id,
                kind,
                url,
                page,
                host,
                hostKey,
                platform,
                author,
                post,
                title,
                text,
                quoted,
                publishedAt,
                modifiedAt,
                fetchedAt,
                language,
                contentType,
                media,
                links,
                all,
                tags);
    }

    /** Hosts that the item links to. */
    @JsonIgnore
    public SortedSet<String> linkHosts() {
        SortedSet<String> hosts = new TreeSet<>();
        links.forEach(link -> CanonicalUrl.of(link).ifPresent(url -> hosts.add(url.host())));
        return hosts;
    }

    /** Hash of what the item says, without when or how it was fetched: equal hashes mean an unchanged item. */
    @JsonIgnore
    public String contentHash() {
        return Id.of(title, text, quoted, author.toString(), media.toString(), links.toString());
    }
}
