package org.tidewatch.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tidewatch.frontier.Scope;
import org.tidewatch.frontier.Visit;
import org.tidewatch.url.CanonicalUrl;

/** Visits as the frontier would hand them out. */
final class Visits {

    private Visits() {}

    /** The first visit to a seed. */
    static Visit first(String url) {
        return again(url, Optional.empty(), Optional.empty());
    }

    static Visit again(String url, Optional<String> etag, Optional<String> lastModified) {
        CanonicalUrl address = CanonicalUrl.require(url);
        return new Visit(
                address,
                Visit.PageKind.PAGE,
                new TreeSet<>(List.of("forums/karstbay")),
                new TreeSet<>(List.of("forum")),
                0,
                0,
                new Scope(Scope.Rule.HOST, address, 3),
                Optional.empty(),
                etag,
                lastModified,
                Optional.empty(),
                1,
                0,
                false,
                new Visit.Revisit(Duration.ofHours(1), Duration.ofDays(7), Duration.ofHours(6)),
                1_000);
    }
}
