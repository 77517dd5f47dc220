package org.tidewatch.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.fetch.FetchResult.AddressRefused;
import org.tidewatch.fetch.FetchResult.Blocked;
import org.tidewatch.fetch.FetchResult.Page;
import org.tidewatch.fetch.FetchResult.Redirected;
import org.tidewatch.fetch.FetchResult.TimedOut;
import org.tidewatch.fetch.FetchResult.TooLarge;
import org.tidewatch.fetch.FetchResult.Unreachable;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/**
 * What the stages after the fetch and the frontier know of it: everything but the content. Travels as JSON in one
 * metadata entry.
 *
 * @param status the server's status code, 0 if it gave none
 * @param detail for people: what failed, and where there is one the remedy
 * @param redirectTarget where a redirect leads, if to an address that can be followed
 * @param retryAfter how long a server that refuses us asks to be left alone
 * @param fetchedAt when the fetch ended
 * @param bytes size of the content after decompression
 */
public record FetchReport(
        Outcome outcome,
        int status,
        Optional<String> detail,
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> contentType,
        List<String> robotsTag,
        Optional<CanonicalUrl> redirectTarget,
        Optional<Duration> retryAfter,
        Instant fetchedAt,
        long bytes) {

    public FetchReport {
        robotsTag = List.copyOf(robotsTag);
    }

    /** A report that knows nothing but what happened. */
    public static FetchReport of(Outcome outcome, int status, Optional<String> detail, Instant at) {
        return new FetchReport(
                outcome,
                status,
                detail,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                at,
                0);
    }

    /** @param now stands for the end of the fetch where the result has no time of its own */
    public static FetchReport of(CanonicalUrl url, FetchResult result, Instant now) {
        if (result instanceof Page page) {
            return new FetchReport(
                    page.outcome(),
                    page.status(),
                    Optional.empty(),
                    page.etag(),
                    page.lastModified(),
                    page.contentType(),
                    page.robotsTag(),
                    Optional.empty(),
                    Optional.empty(),
                    page.at(),
                    page.content().length);
        }
        if (result instanceof Redirected redirected) {
            return redirect(url, redirected.status(), redirected.location(), now);
        }
        FetchReport report = of(result.outcome(), result.status(), detail(result), now);
        return result instanceof Blocked blocked ? report.withRetryAfter(blocked.retryAfter()) : report;
    }

    /** A redirect that leads to nothing that can be followed counts as the server's error. */
    public static FetchReport redirect(CanonicalUrl from, int status, Optional<String> location, Instant at) {
        Optional<CanonicalUrl> target = location.flatMap(from::resolve);
        if (target.isEmpty()) {
            String detail = location.map(to -> "Redirects to what cannot be followed: " + Answer.oneLine(to))
                    .orElse("Redirects without saying where to");
            return of(Outcome.SERVER_ERROR, status, Optional.of(detail), at);
        }
        return new FetchReport(
                Outcome.REDIRECTED,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                target,
                Optional.empty(),
                at,
                0);
    }

    private FetchReport withRetryAfter(Optional<Duration> wait) {
        return new FetchReport(
                outcome,
                status,
                detail,
                etag,
                lastModified,
                contentType,
                robotsTag,
                redirectTarget,
                wait,
                fetchedAt,
                bytes);
    }

    /** What is worth saying of a failure; an answered request says it by its status. */
    static Optional<String> detail(FetchResult result) {
        if (result instanceof TooLarge tooLarge) {
            return Optional.of("Larger than " + tooLarge.limit() + " bytes (crawl.max_bytes)");
        }
        if (result instanceof TimedOut timedOut) {
            return Optional.of(timedOut.detail());
        }
        if (result instanceof AddressRefused refused) {
            return Optional.of(refused.detail());
        }
        if (result instanceof Unreachable unreachable) {
            return Optional.of(unreachable.detail());
        }
        return result.status() == 0 ? Optional.empty() : Optional.of("The server answered " + result.status());
    }
}
