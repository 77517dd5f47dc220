package org.tidewatch.frontier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.frontier.Visit.Revisit;
import org.tidewatch.item.Id;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/**
 * What the frontier knows of a URL.
 *
 * @param nextFetchAt when it is due; absent when nothing asks for it any more
 * @param priority lower comes first, see the constants
 * @param failures failed fetches in a row
 * @param flagged whether an item of it was ever flagged
 */
public record Entry(
        CanonicalUrl url,
        String hostKey,
        PageKind kind,
        Outcome outcome,
        Optional<String> outcomeDetail,
        int status,
        Optional<Instant> nextFetchAt,
        Instant firstSeenAt,
        Optional<Instant> lastFetchAt,
        Optional<Instant> lastChangeAt,
        SortedSet<String> seeds,
        SortedSet<String> tags,
        int depth,
        int redirects,
        Scope scope,
        Optional<String> platform,
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> signature,
        int priority,
        int fetches,
        int changes,
        int failures,
        boolean flagged,
        Revisit revisit,
        int budgetPerDay,
        int canonicalRules) {

    /** A person asked for it now. */
    public static final int NOW = 0;
    /** A page that carried matches. */
    public static final int FLAGGED = 1;
    /** A seed itself. */
    public static final int SEED = 2;
    /** Found on the way. */
    public static final int DISCOVERED = 3;

    public static String idOf(CanonicalUrl url) {
        return Id.of("url", url.value());
    }

    @JsonIgnore
    public String id() {
        return idOf(url);
    }

    @JsonIgnore
    public Visit visit() {
        return new Visit(
                url,
                kind,
                seeds,
                tags,
                depth,
                redirects,
                scope,
                platform,
                etag,
                lastModified,
                signature,
                priority,
                failures,
                flagged,
                revisit,
                budgetPerDay);
    }

    /** A URL that a visit led to, one link or redirect on. */
    static Entry found(Visit from, CanonicalUrl url, PageKind kind, boolean redirect, Instant now) {
        return new Entry(
                url,
                url.hostKey(),
                kind,
                Outcome.DISCOVERED,
                Optional.empty(),
                0,
                Optional.of(now),
                now,
                Optional.empty(),
                Optional.empty(),
                from.seeds(),
                from.tags(),
                redirect ? from.depth() : from.depth() + 1,
                redirect ? from.redirects() + 1 : 0,
                from.scope(),
                from.platform(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                redirect ? from.priority() : DISCOVERED,
                0,
                0,
                0,
                false,
                new Revisit(
                        from.revisit().min(),
                        from.revisit().max(),
                        from.revisit().min()),
                from.budgetPerDay(),
                CanonicalUrl.RULES);
    }
}
