package org.tidewatch.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.item.Id;
import org.tidewatch.item.Kind;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;
import org.tidewatch.search.MailSchedule;

/** Builds alerts of invented content. */
public final class SampleAlert {

    private final String name;
    private String item;
    private Alert.Type kind = Alert.Type.NEW;
    private String url = "https://forum.falcon.example/threads/7#post-3";
    private String host = "forum.falcon.example";
    private String platform = "forum";
    private String language = "en";
    private String title = "Meeting of the Purple Falcon Front";
    private int tier = 2;
    private final List<Alert.Search> searches = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private Optional<Alert.First> first = Optional.empty();
    private Instant alertedAt = Instant.parse("2026-01-05T10:00:05Z");

    private SampleAlert(String name) {
        this.name = name;
        this.item = Id.of("item", name);
    }

    public static SampleAlert named(String name) {
        return new SampleAlert(name);
    }

    public SampleAlert ofItem(String itemName) {
        item = Id.of("item", itemName);
        return this;
    }

    public SampleAlert at(String newUrl, String newHost, String newPlatform) {
        url = newUrl;
        host = newHost;
        platform = newPlatform;
        return this;
    }

    public SampleAlert titled(String newTitle, String newLanguage) {
        title = newTitle;
        language = newLanguage;
        return this;
    }

    public SampleAlert tier(int newTier) {
        tier = newTier;
        return this;
    }

    public SampleAlert alertedAt(String at) {
        alertedAt = Instant.parse(at);
        return this;
    }

    public SampleAlert to(String... recipients) {
        return search("purple-falcon", "Purple Falcon slogans", tier, recipients);
    }

    public SampleAlert search(String id, String searchTitle, int searchTier, String... recipients) {
        return search(id, MailSchedule.BY_TIER, searchTitle, searchTier, recipients);
    }

    public SampleAlert search(String id, MailSchedule mail, String searchTitle, int searchTier, String... recipients) {
        searches.add(new Alert.Search(id, searchTitle, 3, searchTier, List.of(recipients), mail));
        return this;
    }

    /** One search with a schedule of its own. */
    public SampleAlert mailed(MailSchedule mail, String... recipients) {
        return search("falcon-" + mail, mail, "Purple Falcon slogans", tier, recipients);
    }

    public SampleAlert reason(String search, String clause, String before, String match, String after) {
        int start = before.length();
        reasons.add(new Reason(
                search,
                clause,
                "text",
                before + "⟦" + match + "⟧" + after,
                start,
                start + match.length(),
                List.of(),
                Id.of(before, match, after)));
        return this;
    }

    public SampleAlert copyOf(String firstUrl, String firstHost) {
        kind = Alert.Type.MIRROR;
        first = Optional.of(
                new Alert.First(Id.of("item", "first"), firstUrl, firstHost, Instant.parse("2026-01-03T08:30:00Z")));
        return this;
    }

    public Alert build() {
        if (searches.isEmpty()) {
            to("desk");
        }
        if (reasons.isEmpty()) {
            reason(searches.get(0).id(), "text:\"purple falcon\"", "They call it the ", "purple falcon", " at noon.");
        }
        return new Alert(
                Id.of("alert", name),
                kind,
                item,
                Kind.POST,
                url,
                host,
                platform,
                Optional.of(language),
                title,
                tier,
                searches,
                List.of(Id.of("fingerprint", name)),
                reasons,
                first,
                Optional.of(Instant.parse("2026-01-05T09:12:00Z")),
                Instant.parse("2026-01-05T10:00:00Z"),
                Instant.parse("2026-01-05T10:00:01Z"),
                alertedAt,
                Optional.empty());
    }

    /** Writes the alert as the novelty room does. */
    public Alert in(Indices indices) {
        Alert alert = build();
        indices.create(
                Room.ALERTS,
                alert.id(),
                Retention.Terms.DEFAULT.mark(Json.document(alert), Retention.Keep.CANDIDATE, alert.alertedAt()));
        return alert;
    }
}
