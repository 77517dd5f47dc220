package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What an analyst would type into Kibana, made to stand: matched against every item as it is crawled.
 *
 * @param id slug, the file's name; stable for the search's life
 * @param tier urgency: 1 threat to life, 2 crisis, 3 designated entity, 4 promotional
 * @param purpose what the search is for; {@code basis} the legal basis, policy or entity it rests on
 * @param recipients names of the configuration's recipients
 */
public record SavedSearch(
        String id,
        String title,
        Question question,
        int tier,
        String purpose,
        String basis,
        String owner,
        List<String> recipients,
        MailSchedule mail,
        LocalDate reviewBy,
        State state,
        Optional<String> proposedBy,
        Optional<String> approvedBy,
        Examples examples) {

    public static final int MIN_TIER = 1;
    public static final int MAX_TIER = 4;

    public enum State {
        /** Matches are recorded, nothing is flagged or mailed, until a second person approves. */
        @JsonProperty("proposed")
        PROPOSED,
        @JsonProperty("active")
        ACTIVE,
        /** Kept, not matched. */
        @JsonProperty("disabled")
        DISABLED,
        /** Ended for good; what it matched keeps its history. */
        @JsonProperty("retired")
        RETIRED
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    public SavedSearch {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("id: lower-case words joined by '-', not \"" + id + "\"");
        }
        if (tier < MIN_TIER || tier > MAX_TIER) {
            throw new IllegalArgumentException("tier: " + MIN_TIER + " to " + MAX_TIER + ", not " + tier);
        }
        if (state == State.ACTIVE && approvedBy.isPresent() && approvedBy.equals(proposedBy)) {
            throw new IllegalArgumentException("approved_by: someone other than proposed_by (\""
                    + approvedBy.orElseThrow() + "\") approves a search");
        }
        recipients = List.copyOf(recipients);
    }

    /** Whether items are matched against it. */
    public boolean stands() {
        return state == State.PROPOSED || state == State.ACTIVE;
    }

    /** Whether what it matches is flagged, alerted and mailed. */
    public boolean alerts() {
        return state == State.ACTIVE;
    }

    public SavedSearch withState(State other) {
        return new SavedSearch(
                id,
                title,
                question,
                tier,
                purpose,
                basis,
                owner,
                recipients,
                mail,
                reviewBy,
                other,
                proposedBy,
                approvedBy,
                examples);
    }
}
