package org.tidewatch.alert;

import java.time.Instant;
import java.util.List;
import org.tidewatch.index.Stored;

/** Of an alert that is not routed yet: as much as routing needs, since thousands can wait. */
record Waiting(String id, String item, int tier, Instant alertedAt, List<Search> searches) {

    record Search(String id, List<String> recipients) {}

    /** @throws IllegalArgumentException if the document is no alert */
    static Waiting of(Stored stored) {
        Waiting waiting = stored.as(Waiting.class);
        if (waiting.id() == null
                || waiting.item() == null
                || waiting.alertedAt() == null
                || waiting.searches() == null) {
            throw new IllegalArgumentException("Not an alert: id, item, alerted_at or searches is missing");
        }
        return waiting;
    }
}
