package org.tidewatch.filing;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;
import org.tidewatch.match.Matching;
import org.tidewatch.novelty.Novelty;
import org.tidewatch.url.CanonicalUrl;

/**
 * What one reading of an item's document makes of the item and its matches.
 *
 * @param document as it was read; empty when there was none
 * @param was what it says
 * @param again whether the item is the stored one, matched again, and not one that was just fetched
 * @param isFresh whether this filing has brought what the item says, in this or an earlier attempt
 */
record Reading(
        ObjectNode document,
        Optional<StoredItem> was,
        Item item,
        Matching matching,
        Instant matchedAt,
        boolean again,
        boolean isFresh) {

    /** Fields that filing owns; whatever else stands on an item's document is left as it is. */
    private static final Set<String> OWNED = Stream.of(Item.class, StoredItem.class)
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .map(component -> SnakeCaseStrategy.INSTANCE.translate(component.getName()))
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> LABELS = List.of(
            "kind",
            "url",
            "page",
            "host",
            "host_key",
            "platform",
            "post",
            "published_at",
            "modified_at",
            "language",
            "content_type",
            "seeds",
            "tags");

    static Optional<StoredItem> standing(ObjectNode document) {
        return document.isEmpty() ? Optional.empty() : Optional.of(Json.record(document, StoredItem.class));
    }

    boolean saysTheSame() {
        return again
                || was.map(StoredItem::contentHash)
                        .filter(item.contentHash()::equals)
                        .isPresent();
    }

    /** Whether nothing is to be filed but that the item was seen. */
    boolean isKnown() {
        return saysTheSame()
                && was.filter(stored -> stored.matchedRevision() == matching.revision()
                                && stored.state() == StoredItem.State.PRESENT)
                        .isPresent()
                && isDescribed();
    }

    /** Whether the document has the item's place, dates and labels, which its content hash leaves out. */
    private boolean isDescribed() {
        ObjectNode fresh = Json.document(item);
        return LABELS.stream().allMatch(label -> fresh.path(label).equals(document.path(label)));
    }

    int version() {
        return was.map(StoredItem::version).orElse(0) + (saysTheSame() ? 0 : 1);
    }

    /** Later when the item as it is had been matched before the search came in as it is. */
    Found found(Match match) {
        return saysTheSame()
                        && !isFresh
                        && was.filter(stored -> stored.matchedRevision()
                                        < match.versioned().history().revision())
                                .isPresent()
                ? Found.HISTORY
                : Found.LIVE;
    }

    /** Searches that are to alert nobody of what they find later. */
    Set<String> quiet() {
        return matching.matches().stream()
                .filter(match -> match.versioned().history().quiet() && found(match) == Found.HISTORY)
                .map(match -> match.search().id())
                .collect(Collectors.toSet());
    }

    /** When matches that are no more have ended: when the item was fetched without them, or the search changed. */
    Instant endedAt() {
        return again ? matchedAt : item.fetchedAt();
    }

    /** Searches that the document names as matching. */
    Set<String> matchedBefore() {
        return was.stream()
                .flatMap(stored ->
                        Stream.concat(stored.matches().search().stream(), stored.matches().proposed().stream()))
                .collect(Collectors.toSet());
    }

    /**
     * The item's document after this reading.
     *
     * @param forgotten when the item was ended before, if it was: a flag older than that is settled
     */
    ObjectNode filed(Novelty.Flagged flagged, Optional<Instant> forgotten, Retention.Terms terms) {
        StoredItem standing = standing(flagged, forgotten);
        Retention.Keep keep = standing.matches().flaggedAt().isPresent()
                        || !matching.matches().isEmpty()
                ? Retention.Keep.CANDIDATE
                : Retention.Keep.UNFLAGGED;
        return again ? kept(standing, keep, terms) : shown(standing, keep, terms);
    }

    private ObjectNode shown(StoredItem standing, Retention.Keep keep, Retention.Terms terms) {
        ObjectNode filed = document.deepCopy();
        filed.remove(OWNED);
        filed.setAll(Json.document(item));
        filed.setAll(Json.document(standing));
        filed.put("canonical_rules", CanonicalUrl.RULES)
                .put("has_media", !item.media().isEmpty());
        filed.set("link_hosts", Json.MAPPER.valueToTree(item.linkHosts()));
        if (keep == Retention.Keep.UNFLAGGED && terms.authorEnded(standing.firstSeenAt(), item.fetchedAt())) {
            filed.remove("author");
        }
        FoldedTwins.write(filed);
        return terms.mark(filed, keep, item.fetchedAt());
    }

    /** As it was but for what the searches say; its term begins anew only when it becomes a candidate now. */
    private ObjectNode kept(StoredItem standing, Retention.Keep keep, Retention.Terms terms) {
        ObjectNode filed = document.deepCopy();
        filed.put("candidate", standing.candidate()).put("matched_revision", standing.matchedRevision());
        filed.set("matches", Json.document(standing.matches()));
        FoldedTwins.write(filed);
        boolean wasCandidate = filed.at("/retention/class").asText().equals("candidate");
        return keep == Retention.Keep.CANDIDATE && !wasCandidate ? terms.mark(filed, keep, matchedAt) : filed;
    }

    private StoredItem standing(Novelty.Flagged flagged, Optional<Instant> forgotten) {
        List<Match> found = matching.matches();
        List<String> approved = names(true);
        Optional<StoredItem.Review> review = was.flatMap(StoredItem::review);
        Optional<Instant> claimedAt =
                latest(was.flatMap(stored -> stored.matches().flaggedAt()), flagged.flaggedAt());
        Optional<Instant> flaggedAt =
                claimedAt.or(() -> approved.isEmpty() ? Optional.empty() : Optional.of(matchedAt));
        Optional<Instant> settledAt = latest(review.map(StoredItem.Review::at), forgotten);
        boolean candidate = settledAt
                .map(settled -> claimedAt.filter(at -> at.isAfter(settled)).isPresent())
                .orElse(flaggedAt.isPresent());
        Optional<Instant> matchedNow = found.isEmpty() ? Optional.empty() : Optional.of(matchedAt);
        StoredItem.Matches matches = new StoredItem.Matches(
                approved,
                names(false),
                found.stream()
                        .filter(match -> match.search().alerts())
                        .map(match -> match.search().tier())
                        .min(Comparator.naturalOrder()),
                was.flatMap(stored -> stored.matches().firstAt()).or(() -> matchedNow),
                matchedNow.or(() -> was.flatMap(stored -> stored.matches().lastAt())),
                flaggedAt);
        return new StoredItem(
                StoredItem.State.PRESENT,
                Optional.empty(),
                was.map(StoredItem::firstSeenAt).orElse(item.fetchedAt()),
                item.fetchedAt(),
                version(),
                item.contentHash(),
                matching.revision(),
                candidate,
                matches,
                review);
    }

    private List<String> names(boolean approved) {
        return matching.matches().stream()
                .filter(match -> match.search().alerts() == approved)
                .map(match -> match.search().id())
                .sorted()
                .toList();
    }

    private static Optional<Instant> latest(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent()
                ? Optional.of(a.get().isAfter(b.get()) ? a.get() : b.get())
                : a.or(() -> b);
    }
}
