package org.tidewatch.novelty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.tidewatch.item.Id;

/**
 * That a search has flagged a passage: for the first time anywhere ({@link Kind#PASSAGE}), or for the first time on a
 * further host ({@link Kind#SIGHTING}). Holds hashes and names, no text.
 *
 * @param alert the alert that tells of this claim, or {@link #QUIET}
 */
record Claim(
        Kind kind,
        String search,
        String fingerprint,
        int foldVersion,
        String hostKey,
        String platform,
        String item,
        String alert,
        Instant at) {

    /** In place of an alert: flagged without telling anybody. */
    static final String QUIET = "quiet";

    enum Kind {
        @JsonProperty("passage")
        PASSAGE,
        @JsonProperty("sighting")
        SIGHTING
    }

    @JsonIgnore
    String id() {
        return kind == Kind.PASSAGE ? passageId() : Id.of("sighting", search, fingerprint, hostKey);
    }

    @JsonIgnore
    boolean isQuiet() {
        return alert.equals(QUIET);
    }

    /** Id of the claim that this passage was flagged at all. */
    @JsonIgnore
    String passageId() {
        return Id.of("passage", search, fingerprint);
    }

    /** The same passage, claimed as seen on this host. */
    Claim sighting() {
        return new Claim(Kind.SIGHTING, search, fingerprint, foldVersion, hostKey, platform, item, alert, at);
    }

    Claim claimedBy(String alertId) {
        return new Claim(kind, search, fingerprint, foldVersion, hostKey, platform, item, alertId, at);
    }
}
