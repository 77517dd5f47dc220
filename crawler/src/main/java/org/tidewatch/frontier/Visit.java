package org.tidewatch.frontier;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import org.tidewatch.url.CanonicalUrl;

/**
 * One turn of a URL through the topology: what the frontier knows of it when it comes due, and all that the stages need
 * to treat it rightly. Travels as JSON in one metadata entry.
 *
 * @param seeds ids of the seeds that led here ({@code list/seed})
 * @param depth links followed from the seed
 * @param redirects redirects followed since the last page that was no redirect
 * @param platform the platform that the seed names, for hosts that are not recognised by themselves
 * @param etag entity tag of the last answer, for a conditional request (RFC 9110, section 13)
 * @param lastModified the last answer's Last-Modified header, as sent
 * @param signature hash of the main text when it was last read
 * @param failures failed fetches in a row
 * @param budgetPerDay URLs of this host that are fetched a day at most
 * @param flagged whether an item of this page was ever flagged: its absence is a datum too
 */
public record Visit(
        CanonicalUrl url,
        PageKind kind,
        SortedSet<String> seeds,
        SortedSet<String> tags,
        int depth,
        int redirects,
        Scope scope,
        Optional<String> platform,
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> signature,
        int priority,
        int failures,
        boolean flagged,
        Revisit revisit,
        int budgetPerDay) {

    /** What a URL is expected to hold; a page that turns out to be a feed or sitemap is read as one. */
    public enum PageKind {
        @JsonProperty("page")
        PAGE,
        @JsonProperty("feed")
        FEED,
        @JsonProperty("sitemap")
        SITEMAP
    }

    /** The range within which the pause until the next fetch adapts to how often the main text changes. */
    public record Revisit(Duration min, Duration max, Duration current) {}
}
