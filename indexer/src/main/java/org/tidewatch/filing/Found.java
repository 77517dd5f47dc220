package org.tidewatch.filing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a search came upon an item. */
public enum Found {
    /** As the item was crawled. */
    @JsonProperty("live")
    LIVE,
    /** Later: the item had been matched before the search, or this version of it, stood. */
    @JsonProperty("history")
    HISTORY
}
