package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.persistence.Status;
import java.time.Instant;
import java.util.Optional;
import org.tidewatch.fetch.FetchReport;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.Json;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/** The border at which StormCrawler's metadata becomes our records again. */
public final class FromMetadata {

    private static final String EXCEPTION = "fetch.exception";

    private FromMetadata() {}

    /**
     * The visit, or empty where StormCrawler made the tuple by itself (a sitemap that a robots.txt names, when
     * {@code metadata.transfer} does not list {@link ToMetadata#VISIT}). Of a tuple with status DISCOVERED it is the
     * visit of the page that led there.
     *
     * @throws IllegalArgumentException if the entry is not a visit's JSON
     */
    public static Optional<Visit> visit(Metadata metadata) {
        return Optional.ofNullable(metadata.getFirstValue(ToMetadata.VISIT)).map(json -> Json.parse(json, Visit.class));
    }

    /**
     * What came of the fetch: the report of our protocol where the FetcherBolt asked it, otherwise one made of what the
     * bolt itself noted when it did not ask, or when asking threw.
     *
     * @param status what the tuple on the status stream says; FETCHED on the default stream
     * @param now time of a report that the bolt's notes are made into; they have none
     * @throws IllegalArgumentException if the entry is not a report's JSON
     */
    public static FetchReport report(Metadata metadata, Status status, Instant now) {
        String json = metadata.getFirstValue(ToMetadata.REPORT, ToMetadata.PROTOCOL_PREFIX);
        if (json != null) {
            return Json.parse(json, FetchReport.class);
        }
        String exception = metadata.getFirstValue(EXCEPTION);
        if (exception != null) {
            return thrown(exception, now);
        }
        String cause = metadata.getFirstValue(Constants.STATUS_ERROR_CAUSE);
        return FetchReport.of(
                notAsked(status, cause == null ? "" : cause),
                0,
                Optional.ofNullable(cause).map(FromMetadata::explained),
                now);
    }

    /** How the visit ended: what a later stage has said of it, otherwise what came of the fetch. */
    public static Completion completion(Metadata metadata, Status status, Instant now) {
        String json = metadata.getFirstValue(ToMetadata.COMPLETION);
        return json == null ? completion(report(metadata, status, now)) : Json.parse(json, Completion.class);
    }

    static Completion completion(FetchReport report) {
        return new Completion(
                report.outcome(),
                report.status(),
                report.detail(),
                report.etag(),
                report.lastModified(),
                Optional.empty(),
                report.retryAfter(),
                false,
                report.fetchedAt());
    }

    /** Where a redirect leads. */
    static Optional<CanonicalUrl> redirectTarget(Metadata metadata, Status status, Instant now) {
        return metadata.getFirstValue(ToMetadata.COMPLETION) == null
                ? report(metadata, status, now).redirectTarget()
                : Optional.empty();
    }

    /** The bolt sorts what a protocol throws into two messages and the names of exception classes. */
    private static FetchReport thrown(String exception, Instant now) {
        Outcome outcome = exception.equals("Socket timeout fetching") ? Outcome.TIMED_OUT : Outcome.UNREACHABLE;
        return FetchReport.of(outcome, 0, Optional.of("The fetch failed with " + exception), now);
    }

    private static Outcome notAsked(Status status, String cause) {
        return switch (status) {
            case DISCOVERED -> Outcome.DISCOVERED;
            case FETCHED -> Outcome.FETCHED;
            case REDIRECTION -> Outcome.REDIRECTED;
            case FETCH_ERROR, ERROR ->
                cause.equals("robots.txt") || cause.equals("crawl_delay")
                        ? Outcome.ROBOTS_REFUSED
                        : Outcome.UNREACHABLE;
        };
    }

    private static String explained(String cause) {
        return switch (cause) {
            case "robots.txt" -> "Disallowed by robots.txt";
            case "crawl_delay" -> "robots.txt asks for a longer pause than fetcher.max.crawl.delay allows";
            default -> cause;
        };
    }
}
