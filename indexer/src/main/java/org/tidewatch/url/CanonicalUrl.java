package org.tidewatch.url;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import crawlercommons.filters.basic.BasicURLNormalizer;
import crawlercommons.filters.basic.BasicURLNormalizer.IdnNormalization;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one spelling of an http or https address under which Tidewatch knows it: lower-case host (IDN as punycode), no
 * default port, no user info, no fragment, no tracking or session parameters, dot segments resolved, percent-encoding
 * normal (RFC 3986 section 6.2.2). Two addresses with the same canonical form are one URL of the frontier.
 *
 * <p>{@link #RULES} names the version of these rules; it is stored beside every id made from a canonical URL.
 */
public record CanonicalUrl(@JsonValue String value) implements Comparable<CanonicalUrl> {

    /** Version of the canonical rules; grows when a rule changes the form of any address. */
    public static final int RULES = 1;

    /** Longest address that is followed, in characters; longer ones are nearly always traps. */
    public static final int MAX_LENGTH = 2_000;

    private static final List<String> DROPPED_PARAMETERS = List.of(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "utm_id",
            "fbclid",
            "gclid",
            "dclid",
            "yclid",
            "msclkid",
            "mc_cid",
            "mc_eid",
            "igshid",
            "_openstat",
            "phpsessid",
            "jsessionid",
            "sid",
            "PHPSESSID",
            "JSESSIONID",
            "sessionid");

    private static final BasicURLNormalizer NORMALIZER = BasicURLNormalizer.newBuilder()
            .idnNormalization(IdnNormalization.PUNYCODE)
            .queryParamsToRemove(DROPPED_PARAMETERS)
            .build();

    /** @throws IllegalArgumentException if {@code value} is no http or https address with a host */
    public CanonicalUrl {
        URI uri = parse(value).orElseThrow(() -> new IllegalArgumentException("Not an http or https URL: " + value));
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("URL without a host: " + value);
        }
    }

    /** The canonical form of {@code raw}, or empty when it is not an http or https address Tidewatch can follow. */
    public static Optional<CanonicalUrl> of(String raw) {
        String trimmed = raw.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int fragment = trimmed.indexOf('#');
        String whole = fragment < 0 ? trimmed : trimmed.substring(0, fragment);
        String lower = whole.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return Optional.empty();
        }
        String filtered = NORMALIZER.filter(whole);
        if (filtered == null) {
            return Optional.empty();
        }
        return parse(filtered)
                .filter(uri -> uri.getHost() != null)
                .map(CanonicalUrl::withoutUserInfo)
                .map(CanonicalUrl::new);
    }

    /** As {@link #of}, for JSON and callers that hold an address known to be good. */
    @JsonCreator
    public static CanonicalUrl require(String raw) {
        return of(raw).orElseThrow(() -> new IllegalArgumentException("Not an http or https URL: " + raw));
    }

    /** The canonical form of a reference found on this page, or empty when it leads to nothing fetchable. */
    public Optional<CanonicalUrl> resolve(String reference) {
        String trimmed = reference.strip();
        if (trimmed.isEmpty() || trimmed.startsWith("#")) {
            return Optional.empty();
        }
        return parse(trimmed.replace(" ", "%20"))
                .map(uri().resolve("")::resolve)
                .map(URI::toString)
                .flatMap(CanonicalUrl::of);
    }

    public URI uri() {
        return URI.create(value);
    }

    /** Host name without port, lower-case. */
    public String host() {
        return uri().getHost();
    }

    /** What politeness and routing go by: the host, with its port when that is not the default. */
    public String hostKey() {
        URI uri = uri();
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Path with query, never empty. */
    public String path() {
        URI uri = uri();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    @Override
    public int compareTo(CanonicalUrl other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String withoutUserInfo(URI uri) {
        return uri.getRawUserInfo() == null ? uri.toString() : uri.toString().replace(uri.getRawUserInfo() + "@", "");
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
