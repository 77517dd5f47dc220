package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When what a search flags is mailed. */
public enum MailSchedule {
    /** At once for the urgent tiers, by digest for the others. */
    @JsonProperty("by_tier")
    BY_TIER,
    @JsonProperty("immediate")
    IMMEDIATE,
    @JsonProperty("digest")
    DIGEST,
    /** Flagged and counted, never mailed. */
    @JsonProperty("none")
    NONE
}
