package org.tidewatch.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Outcome;

/** What came of asking for one page. */
public sealed interface FetchResult {

    Outcome outcome();

    /** The server's status code; 0 when it gave none, or none that counts. */
    default int status() {
        return 0;
    }

    /**
     * A page, whole and decompressed.
     *
     * @param status 200 to 299 without 206
     * @param content the caller's own
     * @param etag fit to be sent back as it is, as is {@code lastModified}
     * @param robotsTag the X-Robots-Tag headers, in order
     * @param at when the last byte was read
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Page(
            int status,
            byte[] content,
            Optional<String> contentType,
            Optional<String> etag,
            Optional<String> lastModified,
            List<String> robotsTag,
            Instant at)
            implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.FETCHED;
        }
    }

    /** 304, in answer to a conditional request. */
    record NotModified() implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.UNCHANGED;
        }

        @Override
        public int status() {
            return 304;
        }
    }

    /** A redirect, not followed; one without a location leads nowhere and counts as the server's error. */
    record Redirected(int status, Optional<String> location) implements FetchResult {
        @Override
        public Outcome outcome() {
            return location.isPresent() ? Outcome.REDIRECTED : Outcome.SERVER_ERROR;
        }
    }

    /** 404, 410 or 451. */
    record Gone(int status) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.GONE;
        }
    }

    /** 401, 403 or 429. */
    record Blocked(int status, Optional<Duration> retryAfter) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.BLOCKED;
        }
    }

    /** Any other answer. */
    record ServerError(int status) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.SERVER_ERROR;
        }
    }

    /** More than {@code limit} bytes, by what the server says or by what it sends. */
    record TooLarge(long limit) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.TOO_LARGE;
        }
    }

    record TimedOut(String detail) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.TIMED_OUT;
        }
    }

    record AddressRefused(String detail) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.ADDRESS_REFUSED;
        }
    }

    /** The name, the connection or the answer failed: also a body that is damaged or ends too early. */
    record Unreachable(String detail) implements FetchResult {
        @Override
        public Outcome outcome() {
            return Outcome.UNREACHABLE;
        }
    }
}
