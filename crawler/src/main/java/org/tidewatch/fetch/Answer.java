package org.tidewatch.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.tidewatch.url.CanonicalUrl;

/** The headers of a response that matter to us, each within bounds: a server may send 256 KiB of them. */
record Answer(Headers headers) {

    private static final int LONGEST_VALUE = 512;
    private static final int MOST_ROBOTS_TAGS = 16;
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final Pattern SENDABLE = Pattern.compile("[\\x20-\\x7e]{1," + LONGEST_VALUE + "}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** {@code value} if it can be a request header as it is; one that is too long or not ASCII is not remembered. */
    static Optional<String> sendable(String value) {
        return Optional.of(value).filter(text -> SENDABLE.matcher(text).matches());
    }

    /** Text from outside as one line of bounded length without control characters. */
    static String oneLine(String text) {
        String start = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
        return start.replaceAll("\\p{Cntrl}+", " ");
    }

    Optional<String> location() {
        return value("Location")
                .filter(location -> !location.isBlank() && location.length() <= CanonicalUrl.MAX_LENGTH);
    }

    Optional<String> contentType() {
        return value("Content-Type").map(Answer::oneLine);
    }

    Optional<String> etag() {
        return value("ETag").flatMap(Answer::sendable);
    }

    Optional<String> lastModified() {
        return value("Last-Modified").flatMap(Answer::sendable);
    }

    List<String> robotsTag() {
        return headers.values("X-Robots-Tag").stream()
                .limit(MOST_ROBOTS_TAGS)
                .map(Answer::oneLine)
                .toList();
    }

    List<String> contentEncoding() {
        return headers.values("Content-Encoding");
    }

    /** Retry-After, in seconds or as a date (RFC 9110, section 10.2.3); from zero to a week. */
    Optional<Duration> retryAfter(Instant now) {
        return value("Retry-After")
                .map(String::strip)
                .flatMap(text -> wait(text, now))
                .map(Answer::bounded);
    }

    private static Optional<Duration> wait(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
