package org.tidewatch.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person judged an item to be. Decisions are only ever added; the latest one counts. Analysts may write them by
 * other means than this record, so it insists on what it needs.
 */
public record Decision(
        String item, Verdict verdict, String by, Instant at, String why, Optional<String> url, List<String> searches) {

    /** @throws IllegalArgumentException naming what is missing */
    public Decision {
        require("item", item);
        require("verdict", verdict);
        require("by", by);
        require("at", at);
        require("why", why);
        searches = searches == null ? List.of() : List.copyOf(searches);
    }

    private static void require(String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("A decision without \"" + key + "\"");
        }
    }

    public enum Verdict {
        @JsonProperty("confirmed")
        CONFIRMED,
        @JsonProperty("dismissed")
        DISMISSED,
        @JsonProperty("unsure")
        UNSURE
    }
}
