package org.tidewatch.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** What an address of the sample web answers. Immutable. */
final class Answer {

    static final String HTML = "text/html; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private final int status;
    private final String type;
    private final byte[] body;
    private final Instant modified;
    private final Optional<String> location;

    private Answer(int status, String type, byte[] body, Instant modified, Optional<String> location) {
        this.status = status;
        this.type = type;
        this.body = body.clone();
        this.modified = modified.truncatedTo(ChronoUnit.SECONDS);
        this.location = location;
    }

    static Answer ok(String type, byte[] body, Instant modified) {
        return new Answer(200, type, body, modified, Optional.empty());
    }

    static Answer ok(String type, String body, Instant modified) {
        return ok(type, body.getBytes(StandardCharsets.UTF_8), modified);
    }

    /** A redirect of status 302. */
    static Answer found(String location) {
        byte[] body = ("See " + location + "\n").getBytes(StandardCharsets.UTF_8);
        return new Answer(302, TEXT, body, Instant.EPOCH, Optional.of(location));
    }

    /** A page that says why there is nothing: status 404 or 410. */
    static Answer nothing(int status, String html) {
        return new Answer(status, HTML, html.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, Optional.empty());
    }

    int status() {
        return status;
    }

    /** Media type, with the charset when the header declares one. */
    String type() {
        return type;
    }

    byte[] body() {
        return body.clone();
    }

    /** To the second, as HTTP dates are. */
    Instant modified() {
        return modified;
    }

    Optional<String> location() {
        return location;
    }

    /** A weak tag: it is the same for the plain and the compressed body (RFC 9110 section 8.8.1). */
    String etag() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
