package org.tidewatch.item;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an item is: a page as a whole, one post of a thread or channel, or a file. */
public enum Kind {
    @JsonProperty("page")
    PAGE,
    @JsonProperty("post")
    POST,
    @JsonProperty("file")
    FILE
}
