package org.tidewatch.novelty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tidewatch.item.Id;
import org.tidewatch.item.Kind;
import org.tidewatch.match.Reason;
import org.tidewatch.search.MailSchedule;

/**
 * A fact: these searches newly flagged this item. Written once, never changed but for {@code routedAt}, which says that
 * the deliveries it calls for exist.
 *
 * @param tier the most urgent tier of its searches, 1 to 4
 * @param first for a mirror or a return: where the passage was flagged first
 * @param publishedAt what the page says of itself
 * @param matchedAt when the matcher saw it
 * @param alertedAt when this record was made
 */
public record Alert(
        String id,
        Type kind,
        String item,
        Kind itemKind,
        String url,
        String host,
        String platform,
        Optional<String> language,
        String title,
        int tier,
        List<Search> searches,
        List<String> fingerprints,
        List<Reason> reasons,
        Optional<First> first,
        Optional<Instant> publishedAt,
        Instant fetchedAt,
        Instant matchedAt,
        Instant alertedAt,
        Optional<Instant> routedAt) {

    public enum Type {
        /** A passage that its search had never flagged. */
        @JsonProperty("new")
        NEW,
        /** A passage known from elsewhere, seen on this host for the first time. */
        @JsonProperty("mirror")
        MIRROR,
        /** An item that was gone is there again with a passage it was flagged for before. */
        @JsonProperty("return")
        RETURN
    }

    /**
     * A search that flagged the item, as it stood then; {@code recipients} are names of the configuration.
     *
     * @param mail when it is mailed; records of before searches had a say in it hold none, which is by tier
     */
    public record Search(String id, String title, int version, int tier, List<String> recipients, MailSchedule mail) {
        public Search {
            mail = Objects.requireNonNullElse(mail, MailSchedule.BY_TIER);
        }
    }

    /** Where a passage was flagged first. */
    public record First(String item, String url, String host, Instant at) {}

    /**
     * Same item and same news, same alert: a replay finds it made.
     *
     * @param news what makes the alert another one: new passages, or since when the item was gone
     */
    static String idOf(Type kind, String item, List<String> news) {
        return Id.of(kind.name(), item, String.join(",", news.stream().sorted().toList()));
    }
}
