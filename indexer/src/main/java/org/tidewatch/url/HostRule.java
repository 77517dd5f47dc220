package org.tidewatch.url;

/**
 * Says which addresses a block or a forget means: one host with everything below it ({@code paste.example} covers
 * {@code www.paste.example}; with a port, that port alone), or, when it names a scheme, one URL with everything below it,
 * by http and https alike ({@code https://paste.example/x} covers {@code http://paste.example/x/2} and
 * {@code https://paste.example/x?p=1}, not {@code https://paste.example/xy}).
 */
public record HostRule(String value) {

    private static final String AFTER_SCHEME = "://";

    /** @throws IllegalArgumentException if {@code value} is neither a host name nor an http or https URL */
    public HostRule {
        String given = value.strip();
        if (given.contains(AFTER_SCHEME)) {
            value = CanonicalUrl.require(given).value();
        } else if (given.matches("[\\p{L}\\p{M}\\p{N}.:\\[\\]-]+")) {
            value = CanonicalUrl.of("http://" + given + "/")
                    .map(CanonicalUrl::hostKey)
                    .orElseThrow(() -> refused(given));
        } else {
            throw refused(given);
        }
    }

    private static IllegalArgumentException refused(String given) {
        return new IllegalArgumentException("Neither a host name nor a URL: " + given);
    }

    public boolean isUrl() {
        return value.contains(AFTER_SCHEME);
    }

    /** What every address that the rule covers has after its scheme, be it at the beginning (a URL) or somewhere. */
    public String common() {
        String common = withoutScheme(value);
        return common.endsWith("/") ? common.substring(0, common.length() - 1) : common;
    }

    public boolean covers(CanonicalUrl url) {
        if (!isUrl()) {
            return url.hostKey().equals(value)
                    || url.host().equals(value)
                    || url.host().endsWith("." + value);
        }
        String address = withoutScheme(url.value());
        int end = common().length();
        return address.startsWith(common()) && (address.length() == end || "/?&".indexOf(address.charAt(end)) >= 0);
    }

    private static String withoutScheme(String url) {
        int scheme = url.indexOf(AFTER_SCHEME);
        return scheme < 0 ? url : url.substring(scheme + AFTER_SCHEME.length());
    }
}
