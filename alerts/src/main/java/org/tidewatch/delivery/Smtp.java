package org.tidewatch.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The mail server that takes our mail.
 *
 * @param password secret, not in {@link #toString}
 * @param connectTimeout for the connection; {@code timeout} for each answer and each write after it
 */
public record Smtp(
        String host,
        int port,
        Security security,
        Optional<String> user,
        Optional<String> password,
        Duration connectTimeout,
        Duration timeout) {

    public static final int DEFAULT_PORT = 587;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /** How the connection is protected. */
    public enum Security {
        /** Not at all: for a server on the same machine or a trusted wire. */
        @JsonProperty("none")
        NONE,
        /** STARTTLS is required (RFC 3207) and the certificate checked. */
        @JsonProperty("starttls")
        STARTTLS,
        /** TLS from the first byte (RFC 8314), the certificate checked. */
        @JsonProperty("tls")
        TLS
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    public Smtp {
        if (!host.matches("[A-Za-z0-9.:_\\[\\]-]+")) {
            throw new IllegalArgumentException("mail.smtp.host: a host name or address, not \"" + host + "\"");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("mail.smtp.port: 1 to 65535, not " + port);
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    user.isPresent()
                            ? "mail.smtp.password: missing, though mail.smtp.user is given"
                            : "mail.smtp.user: missing, though mail.smtp.password is given");
        }
        if (password.isPresent() && security == Security.NONE && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException("mail.smtp.security: none would send mail.smtp.password readable to "
                    + host + "; use starttls or tls");
        }
        checkTimeout("mail.smtp.connect_timeout", connectTimeout);
        checkTimeout("mail.smtp.timeout", timeout);
    }

    private static void checkTimeout(String key, Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(key + ": 100ms to 10m, not " + timeout);
        }
    }

    /** Whether the server is on this machine. */
    boolean local() {
        return LOOPBACK.contains(host);
    }

    @Override
    public String toString() {
        return "smtp " + host + ":" + port + " (" + security
                + user.map(name -> ", user " + name).orElse("") + ")";
    }
}
