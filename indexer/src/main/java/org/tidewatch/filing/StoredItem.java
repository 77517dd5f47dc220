package org.tidewatch.filing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the {@code items} index adds to an item: where it stands between fetches.
 *
 * @param version grows with every change of what the item says
 * @param matchedRevision revision of the search set that saw this version
 * @param candidate flagged and waiting for a person
 * @param matches projection of the {@code matches} index
 * @param review projection of the latest decision
 */
public record StoredItem(
        State state,
        Optional<Instant> goneAt,
        Instant firstSeenAt,
        Instant lastSeenAt,
        int version,
        String contentHash,
        long matchedRevision,
        boolean candidate,
        Matches matches,
        Optional<Review> review) {

    private static final String DISMISSED = "dismissed";

    public enum State {
        @JsonProperty("present")
        PRESENT,
        @JsonProperty("gone")
        GONE
    }

    /** Searches that match now: approved ones in {@code search}, others in {@code proposed}. */
    public record Matches(
            List<String> search,
            List<String> proposed,
            Optional<Integer> tier,
            Optional<Instant> firstAt,
            Optional<Instant> lastAt,
            Optional<Instant> flaggedAt) {

        public static final Matches NONE = new Matches(
                List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Since when the item is gone; empty while it is there, and for one that a person dismissed: nobody waits for it. */
    Optional<Instant> missedSince() {
        return review.filter(latest -> latest.state().equals(DISMISSED)).isPresent() ? Optional.empty() : goneAt;
    }

    /** The latest decision of a person; {@code state} is its verdict as JSON has it. */
    public record Review(String state, String by, Instant at, String why) {}
}
