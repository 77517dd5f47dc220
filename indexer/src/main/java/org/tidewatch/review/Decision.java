package org.tidewatch.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a person judged an item to be. Decisions are only ever added; the latest one counts. */
public record Decision(
        String item, Verdict verdict, String by, Instant at, String why, Optional<String> url, List<String> searches) {

    public enum Verdict {
        @JsonProperty("confirmed")
        CONFIRMED,
        @JsonProperty("dismissed")
        DISMISSED,
        @JsonProperty("unsure")
        UNSURE
    }
}
