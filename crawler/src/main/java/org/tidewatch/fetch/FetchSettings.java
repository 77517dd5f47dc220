package org.tidewatch.fetch;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How pages are asked for: the {@code crawl} section of the configuration as far as it concerns fetching. Travels as
 * JSON in Storm's configuration.
 *
 * @param connectTimeout for one attempt to connect to one address
 * @param totalTimeout for a whole fetch, from resolving the name to the last byte
 * @param maxBytes largest page, in bytes after decompression
 * @param maxRobotsBytes how much of a robots.txt is read; RFC 9309, section 2.5 asks for 500 KiB or more
 * @param allowed addresses that may be connected to although they are not public
 * @param connectTo host name (lower case, no port) to the address that is connected to in its place
 * @param acceptLanguage value of the Accept-Language header
 */
public record FetchSettings(
        Agent agent,
        Duration connectTimeout,
        Duration totalTimeout,
        long maxBytes,
        int maxRobotsBytes,
        AddressRules allowed,
        Map<String, HostAddress> connectTo,
        String acceptLanguage) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_TOTAL_TIMEOUT = Duration.ofSeconds(30);
    public static final long DEFAULT_MAX_BYTES = 20 << 20;
    public static final int DEFAULT_MAX_ROBOTS_BYTES = 512 << 10;
    public static final String DEFAULT_ACCEPT_LANGUAGE = "*";

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final long LEAST_BYTES = 1 << 10;
    private static final long MOST_BYTES = 512 << 20;
    private static final int LEAST_ROBOTS_BYTES = 500 << 10;
    private static final int MOST_ROBOTS_BYTES = 16 << 20;
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");

    /** @throws IllegalArgumentException for a missing or impossible value; the message names the configuration key */
    public FetchSettings {
        required("crawl.agent", agent);
        positive("crawl.connect_timeout", connectTimeout, required("crawl.timeout", totalTimeout));
        positive("crawl.timeout", totalTimeout, LONGEST_TIMEOUT);
        within("crawl.max_bytes", maxBytes, LEAST_BYTES, MOST_BYTES);
        within("crawl.max_robots_bytes", maxRobotsBytes, LEAST_ROBOTS_BYTES, MOST_ROBOTS_BYTES);
        required("crawl.allow_addresses", allowed);
        connectTo = required("crawl.connect_to", connectTo).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        if (!HEADER_VALUE
                .matcher(required("crawl.accept_language", acceptLanguage))
                .matches()) {
            throw new IllegalArgumentException(
                    "crawl.accept_language must be printable ASCII such as \"ar, en;q=0.5\": " + acceptLanguage);
        }
    }

    /** The defaults, with public addresses only. */
    public static FetchSettings of(Agent agent) {
        return new FetchSettings(
                agent,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_TOTAL_TIMEOUT,
                DEFAULT_MAX_BYTES,
                DEFAULT_MAX_ROBOTS_BYTES,
                AddressRules.PUBLIC_ONLY,
                Map.of(),
                DEFAULT_ACCEPT_LANGUAGE);
    }

    public FetchSettings withTimeouts(Duration connect, Duration total) {
        return new FetchSettings(agent, connect, total, maxBytes, maxRobotsBytes, allowed, connectTo, acceptLanguage);
    }

    public FetchSettings withMaxBytes(long bytes) {
        return new FetchSettings(
                agent, connectTimeout, totalTimeout, bytes, maxRobotsBytes, allowed, connectTo, acceptLanguage);
    }

    public FetchSettings withAllowed(AddressRules rules) {
        return new FetchSettings(
                agent, connectTimeout, totalTimeout, maxBytes, maxRobotsBytes, rules, connectTo, acceptLanguage);
    }

    public FetchSettings withConnectTo(Map<String, HostAddress> hosts) {
        return new FetchSettings(
                agent, connectTimeout, totalTimeout, maxBytes, maxRobotsBytes, allowed, hosts, acceptLanguage);
    }

    /**
     * Who asks. The name is both the product of the User-Agent header and the token by which robots.txt addresses us.
     *
     * @param contact e-mail address or http(s) URL where a site's owner reaches the people behind the crawler
     */
    public record Agent(String name, String contact) {

        private static final Pattern PRODUCT_TOKEN = Pattern.compile("[A-Za-z_-]+");
        private static final Pattern CONTACT =
                Pattern.compile("[\\x21-\\x7e&&[^@()<>]]+@[\\x21-\\x7e&&[^@()<>]]+|https?://[\\x21-\\x7e&&[^()<>]]+");

        /** @throws IllegalArgumentException for a name or contact that is missing or cannot be sent */
        public Agent {
            if (!PRODUCT_TOKEN.matcher(required("crawl.agent.name", name)).matches()) {
                throw new IllegalArgumentException(
                        "crawl.agent.name may hold letters, '_' and '-' only (RFC 9309, section 2.2.1), "
                                + "so that robots.txt can address it: " + name);
            }
            if (!CONTACT.matcher(required("crawl.agent.contact", contact)).matches()) {
                throw new IllegalArgumentException(
                        "crawl.agent.contact must be an e-mail address or an http(s) URL where site owners reach you: "
                                + contact);
            }
        }

        /** The User-Agent header: {@code name/1.0 (+contact)}. */
        public String header() {
            return name + "/1.0 (+" + contact + ")";
        }
    }

    /** Jackson hands over null for what a document lacks. */
    private static <T> T required(String key, @Nullable T value) {
        return Optional.ofNullable(value).orElseThrow(() -> new IllegalArgumentException(key + " is not set"));
    }

    private static void positive(String key, @Nullable Duration value, Duration most) {
        Duration given = required(key, value);
        if (given.isNegative() || given.isZero() || given.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " must be longer than zero and at most " + most + ": " + given);
        }
    }

    private static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be between " + least + " and " + most + " bytes: " + value);
        }
    }
}
