package org.tidewatch.seed;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import org.tidewatch.url.CanonicalUrl;

/**
 * One place to begin looking, with who wants it looked at and why.
 *
 * @param list slug of the list it is in; {@code list/id} names the seed everywhere
 * @param depth links followed from the seed at most
 * @param budgetPerDay fetches a day and host at most
 * @param minRevisit shortest, {@code maxRevisit} longest pause between two fetches of one URL
 */
public record Seed(
        String list,
        String id,
        CanonicalUrl url,
        Kind kind,
        String label,
        String why,
        String proposedBy,
        Optional<String> approvedBy,
        Optional<LocalDate> approvedOn,
        Optional<String> language,
        Optional<String> platform,
        Optional<String> topic,
        SortedSet<String> tags,
        Reach scope,
        int depth,
        int budgetPerDay,
        Duration minRevisit,
        Duration maxRevisit,
        State state) {

    public static final int DEFAULT_DEPTH = 3;
    public static final int DEFAULT_BUDGET_PER_DAY = 5_000;
    public static final Duration DEFAULT_MIN_REVISIT = Duration.ofMinutes(15);
    public static final Duration DEFAULT_MAX_REVISIT = Duration.ofDays(7);

    public enum Kind {
        @JsonProperty("page")
        PAGE,
        @JsonProperty("feed")
        FEED,
        @JsonProperty("sitemap")
        SITEMAP
    }

    /** How far links are followed: this page, its folder, its host, its registered domain. */
    public enum Reach {
        @JsonProperty("page")
        PAGE,
        @JsonProperty("path")
        PATH,
        @JsonProperty("host")
        HOST,
        @JsonProperty("domain")
        DOMAIN
    }

    public enum State {
        @JsonProperty("proposed")
        PROPOSED,
        @JsonProperty("approved")
        APPROVED,
        @JsonProperty("paused")
        PAUSED,
        @JsonProperty("retired")
        RETIRED
    }

    public String name() {
        return list + "/" + id;
    }

    /** Only approved seeds are crawled. */
    public boolean crawled() {
        return state == State.APPROVED;
    }
}
