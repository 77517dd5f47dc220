package org.tidewatch.frontier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidewatch.item.Outcome;

/**
 * How a visit ended, as the frontier records it.
 *
 * @param status HTTP status, 0 when there was no answer
 * @param signature hash of the main text, when the page was read
 * @param retryAfter how long a server that refuses us asks to be left alone
 * @param flagged whether an item of the page matches an approved search
 */
public record Completion(
        Outcome outcome,
        int status,
        Optional<String> detail,
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> signature,
        Optional<Duration> retryAfter,
        boolean flagged,
        Instant fetchedAt) {

    public Completion withSignature(Optional<String> of) {
        return new Completion(outcome, status, detail, etag, lastModified, of, retryAfter, flagged, fetchedAt);
    }

    public Completion withFlagged(boolean matched) {
        return new Completion(outcome, status, detail, etag, lastModified, signature, retryAfter, matched, fetchedAt);
    }

    public static Completion failed(Outcome outcome, String detail, Instant at) {
        return new Completion(
                outcome,
                0,
                Optional.of(detail),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                at);
    }
}
