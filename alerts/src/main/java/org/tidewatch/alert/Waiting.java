package org.tidewatch.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.tidewatch.index.Stored;
import org.tidewatch.search.MailSchedule;

/** Of an alert that is not routed yet: as much as routing needs, since thousands can wait. */
record Waiting(String id, String item, int tier, Instant alertedAt, List<Search> searches) {

    record Search(String id, int tier, List<String> recipients, MailSchedule mail) {
        Search {
            mail = Objects.requireNonNullElse(mail, MailSchedule.BY_TIER);
        }

        boolean isMailed() {
            return mail != MailSchedule.NONE;
        }
    }

    /** The most urgent tier of the searches that are mailed by their tier, if there is one. */
    OptionalInt scheduledTier() {
        return searches.stream()
                .filter(search -> search.mail() == MailSchedule.BY_TIER)
                .mapToInt(Search::tier)
                .min();
    }

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
