package org.tidewatch.url;

import java.util.Locale;

/**
 * Says which addresses a block or a forget means: one host with everything below it ({@code paste.example} covers
 * {@code www.paste.example}), or one URL prefix when it names a scheme.
 */
public record HostRule(String value) {

    /** @throws IllegalArgumentException if {@code value} is neither a host name nor an http or https URL */
    public HostRule {
        if (value.contains("://")) {
            value = CanonicalUrl.require(value).value();
        } else {
            value = value.strip().toLowerCase(Locale.ROOT);
            if (!value.matches("[\\p{L}\\p{N}.:-]+")) {
                throw new IllegalArgumentException("Neither a host name nor a URL: " + value);
            }
        }
    }

    public boolean isUrl() {
        return value.contains("://");
    }

    public boolean covers(CanonicalUrl url) {
        if (isUrl()) {
            return url.value().startsWith(value);
        }
        return url.hostKey().equals(value)
                || url.host().equals(value)
                || url.host().endsWith("." + value);
    }
}
