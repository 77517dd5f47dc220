package org.tidewatch.extract;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidewatch.url.CanonicalUrl;

/**
 * Turns the references of one page into addresses, as a browser does: white space and characters that RFC 3986 does
 * not allow are encoded, {@code ?page=2} keeps the page's path (section 5.3; {@link URI#resolve} does not), and
 * {@code <base href>} counts. Every reference is resolved once. Not thread-safe.
 */
final class References {

    private static final Pattern AUTHORITY = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
    private static final Pattern OTHER_SCHEME = Pattern.compile("^(?!(?i:https?:))[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=%";

    private final CanonicalUrl page;
    private final URI base;
    private final Map<String, Optional<CanonicalUrl>> resolved = new HashMap<>();

    References(CanonicalUrl page, Optional<String> baseHref) {
        this.page = page;
        this.base = baseHref.flatMap(href -> absolute(page.uri(), href))
                .filter(url -> CanonicalUrl.of(url).isPresent())
                .map(URI::create)
                .orElse(page.uri());
    }

    /** The canonical address that {@code reference} leads to, unless that is nothing a crawler can fetch. */
    Optional<CanonicalUrl> resolve(String reference) {
        return resolved.computeIfAbsent(reference, any -> absolute(base, any).flatMap(CanonicalUrl::of));
    }

    /** As {@link #resolve}, keeping the fragment: {@code #p57} stands on this page whatever {@code <base>} says. */
    Optional<String> withFragment(String reference) {
        int hash = reference.indexOf('#');
        String fragment = hash < 0 ? "" : encoded(reference.substring(hash).strip());
        if (reference.strip().startsWith("#")) {
            return Optional.of(page.value() + fragment);
        }
        return resolve(reference).map(url -> url.value() + fragment);
    }

    /** The address of an anchor on this page. */
    String onPage(String anchor) {
        return page.value() + encoded("#" + anchor);
    }

    private static Optional<String> absolute(URI base, String reference) {
        String trimmed = reference.strip().replaceAll("[\\t\\n\\r]", "");
        if (trimmed.isEmpty()
                || trimmed.length() > CanonicalUrl.MAX_LENGTH
                || OTHER_SCHEME.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        try {
            String encoded = encoded(trimmed);
            String whole = base.toString();
            if (encoded.startsWith("?")) {
                return Optional.of(until(until(whole, '#'), '?') + encoded);
            }
            if (encoded.startsWith("#")) {
                return Optional.of(until(whole, '#') + encoded);
            }
            return Optional.of(base.resolve(new URI(encoded)).toString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String until(String text, char end) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    private static String encoded(String reference) {
        String slashed = reference.replace('\\', '/');
        Matcher authority = AUTHORITY.matcher(slashed);
        int start = authority.find() ? authority.end() : 0;
        StringBuilder encoded = new StringBuilder(slashed.length() + 16).append(slashed, 0, start);
        slashed.codePoints().skip(slashed.codePointCount(0, start)).forEach(codePoint -> {
            if (codePoint < 128 && (Character.isLetterOrDigit(codePoint) || ALLOWED.indexOf(codePoint) >= 0)) {
                encoded.appendCodePoint(codePoint);
            } else {
                for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(octet));
                }
            }
        });
        return STRAY_PERCENT.matcher(encoded).replaceAll("%25");
    }
}
