package org.tidewatch.frontier;

import com.fasterxml.jackson.annotation.JsonProperty;
import crawlercommons.domains.EffectiveTldFinder;
import org.tidewatch.url.CanonicalUrl;

/**
 * How far from a seed its links are followed: {@code base} is the seed's own URL, {@code maxDepth} the number of links
 * from it.
 */
public record Scope(Rule rule, CanonicalUrl base, int maxDepth) {

    public enum Rule {
        /** The seed alone. */
        @JsonProperty("page")
        PAGE,
        /** Whatever lies below the seed's folder. */
        @JsonProperty("path")
        PATH,
        /** Whatever has the seed's host and port. */
        @JsonProperty("host")
        HOST,
        /** Whatever has the seed's registered domain (Public Suffix List). */
        @JsonProperty("domain")
        DOMAIN
    }

    public boolean admits(CanonicalUrl url, int depth) {
        return depth <= maxDepth
                && switch (rule) {
                    case PAGE -> url.equals(base);
                    case PATH ->
                        url.hostKey().equals(base.hostKey()) && url.path().startsWith(folder());
                    case HOST -> url.hostKey().equals(base.hostKey());
                    case DOMAIN -> domain(url).equals(domain(base));
                };
    }

    private String folder() {
        String path = base.uri().getRawPath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String domain(CanonicalUrl url) {
        String assigned = EffectiveTldFinder.getAssignedDomain(url.host());
        return assigned == null ? url.host() : assigned;
    }
}
