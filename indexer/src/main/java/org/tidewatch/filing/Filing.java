package org.tidewatch.filing;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;
import org.tidewatch.match.Matching;
import org.tidewatch.novelty.Alert;
import org.tidewatch.novelty.Novelty;
import org.tidewatch.text.Folding;
import org.tidewatch.url.CanonicalUrl;

/**
 * Files what a page showed: claims and alerts first, then the matches, the item itself last. The item's document is the
 * mark that all of it was done, so a replay after a crash at any point finishes the job and doubles nothing. Thread-safe
 * as long as one item is filed by one thread at a time.
 */
public final class Filing {

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
            "tags");

    private final Indices indices;
    private final Novelty novelty;
    private final Retention.Terms terms;
    private final Clock clock;

    public Filing(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.novelty = new Novelty(indices, terms, clock);
        this.terms = terms;
        this.clock = clock;
    }

    /** An item with what the matcher found in it. */
    public record Matched(Item item, Matching matching, Instant matchedAt) {}

    /**
     * What became of the items of one page.
     *
     * @param changed items that are new or say something else than before
     * @param refused items that Elasticsearch would not take, with its word; the others are filed
     */
    public record Filed(int items, int changed, List<Alert> alerts, Map<String, String> refused) {}

    /** Files all items of one page; returns when Elasticsearch has confirmed every write. */
    public Filed file(List<Matched> page) {
        Map<String, Stored> before = indices.get(
                Room.ITEMS, page.stream().map(matched -> matched.item().id()).toList());
        Map<String, Stored> ended = indices.get(
                Room.TOMBSTONES,
                page.stream().map(matched -> matched.item().id()).toList());
        List<Alert> alerts = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        int changed = 0;
        for (Matched matched : page) {
            Optional<Stored> known =
                    Optional.ofNullable(before.get(matched.item().id()));
            try {
                if (file(
                        matched,
                        known,
                        Optional.ofNullable(ended.get(matched.item().id())).map(Filing::endedAt),
                        alerts)) {
                    changed++;
                }
            } catch (IndexRefused e) {
                refused.put(matched.item().url(), String.valueOf(e.getMessage()));
            }
        }
        return new Filed(page.size(), changed, alerts, refused);
    }

    private boolean file(Matched matched, Optional<Stored> known, Optional<Instant> ended, List<Alert> alerts) {
        Item item = matched.item();
        Optional<StoredItem> was = known.map(stored -> stored.as(StoredItem.class));
        boolean saysTheSame = was.map(StoredItem::contentHash)
                .filter(item.contentHash()::equals)
                .isPresent();
        boolean unchanged = saysTheSame
                && was.get().matchedRevision() == matched.matching().revision()
                && was.get().state() == StoredItem.State.PRESENT
                && isDescribedAs(item, known.get());
        if (unchanged && seenAgain(item, known.get())) {
            return false;
        }
        int version = was.map(StoredItem::version).orElse(0) + (saysTheSame ? 0 : 1);
        List<Match> matches = matched.matching().matches();
        Novelty.Flagged flagged =
                novelty.flag(item, matches, matched.matchedAt(), was.flatMap(StoredItem::missedSince));
        alerts.addAll(flagged.alerts());
        fileMatches(item, version, matches, was);
        indices.upsert(Room.ITEMS, item.id(), known, document -> describe(document, matched, flagged, ended));
        return !saysTheSame;
    }

    /** Whether the stored document has the item's place, dates and labels, which its content hash leaves out. */
    private static boolean isDescribedAs(Item item, Stored known) {
        ObjectNode fresh = Json.document(item);
        return LABELS.stream()
                .allMatch(label -> fresh.path(label).equals(known.document().path(label)));
    }

    /** Notes that an unchanged item is still there; false when its document was ended meanwhile. */
    private boolean seenAgain(Item item, Stored known) {
        return indices.merge(Room.ITEMS, known, document -> {
                    document.set("seeds", union(document, item.seeds()));
                    return document.put("last_seen_at", item.fetchedAt().toString());
                })
                .isPresent();
    }

    private void fileMatches(Item item, int version, List<Match> matches, Optional<StoredItem> was) {
        Map<String, Match> present = new LinkedHashMap<>();
        matches.forEach(match -> present.put(matchId(match.search().id(), item.id()), match));
        Set<String> involved = new TreeSet<>(present.keySet());
        was.ifPresent(stored -> {
            stored.matches().search().forEach(search -> involved.add(matchId(search, item.id())));
            stored.matches().proposed().forEach(search -> involved.add(matchId(search, item.id())));
        });
        Map<String, Stored> known = indices.get(Room.MATCHES, involved);
        for (String id : involved) {
            Optional<Stored> before = Optional.ofNullable(known.get(id));
            Match match = present.get(id);
            if (match != null) {
                indices.upsert(
                        Room.MATCHES,
                        id,
                        before,
                        document -> describe(document, MatchRecord.of(item, version, match, matchRecord(document))));
            } else {
                before.ifPresent(stored -> indices.merge(
                        Room.MATCHES,
                        stored,
                        document -> describe(
                                document, matchRecord(document).orElseThrow().ended(item.fetchedAt()))));
            }
        }
    }

    private static Optional<MatchRecord> matchRecord(ObjectNode document) {
        return document.isEmpty() ? Optional.empty() : Optional.of(Json.record(document, MatchRecord.class));
    }

    private ObjectNode describe(ObjectNode document, MatchRecord record) {
        ObjectNode fresh = Json.document(record);
        carryRetention(document, fresh);
        return terms.mark(fresh, Retention.Keep.CANDIDATE, clock.instant());
    }

    private ObjectNode describe(
            ObjectNode document, Matched matched, Novelty.Flagged flagged, Optional<Instant> ended) {
        Item item = matched.item();
        Optional<StoredItem> was =
                document.isEmpty() ? Optional.empty() : Optional.of(Json.record(document, StoredItem.class));
        StoredItem stored = standing(matched, was, flagged, ended);
        Retention.Keep keep = stored.matches().flaggedAt().isPresent()
                        || matched.matching().matches().size() > 0
                ? Retention.Keep.CANDIDATE
                : Retention.Keep.UNFLAGGED;
        ObjectNode fresh = Json.document(item);
        fresh.setAll(Json.document(stored));
        fresh.set("seeds", union(document, item.seeds()));
        fresh.put("text_folded", Folding.fold(item.text()))
                .put("fold_version", Folding.VERSION)
                .put("canonical_rules", CanonicalUrl.RULES)
                .put("has_media", !item.media().isEmpty());
        fresh.set("link_hosts", Json.MAPPER.valueToTree(item.linkHosts()));
        if (keep == Retention.Keep.UNFLAGGED && terms.authorEnded(stored.firstSeenAt(), item.fetchedAt())) {
            fresh.remove("author");
        }
        carryRetention(document, fresh);
        return terms.mark(fresh, keep, item.fetchedAt());
    }

    private static StoredItem standing(
            Matched matched, Optional<StoredItem> was, Novelty.Flagged flagged, Optional<Instant> ended) {
        Item item = matched.item();
        List<Match> found = matched.matching().matches();
        List<String> approved = names(found, true);
        Optional<StoredItem.Review> review = was.flatMap(StoredItem::review);
        Optional<Instant> claimedAt =
                latest(was.flatMap(stored -> stored.matches().flaggedAt()), flagged.flaggedAt());
        Optional<Instant> flaggedAt =
                claimedAt.or(() -> approved.isEmpty() ? Optional.empty() : Optional.of(matched.matchedAt()));
        Optional<Instant> settledAt = latest(review.map(StoredItem.Review::at), ended);
        boolean candidate = settledAt
                .map(settled -> claimedAt.filter(at -> at.isAfter(settled)).isPresent())
                .orElse(flaggedAt.isPresent());
        Optional<Instant> matchedNow = found.isEmpty() ? Optional.empty() : Optional.of(matched.matchedAt());
        StoredItem.Matches matches = new StoredItem.Matches(
                approved,
                names(found, false),
                found.stream()
                        .filter(match -> match.search().alerts())
                        .map(match -> match.search().tier())
                        .min(Comparator.naturalOrder()),
                was.flatMap(stored -> stored.matches().firstAt()).or(() -> matchedNow),
                matchedNow.or(() -> was.flatMap(stored -> stored.matches().lastAt())),
                flaggedAt);
        boolean saysTheSame = was.map(StoredItem::contentHash)
                .filter(item.contentHash()::equals)
                .isPresent();
        return new StoredItem(
                StoredItem.State.PRESENT,
                Optional.empty(),
                was.map(StoredItem::firstSeenAt).orElse(item.fetchedAt()),
                item.fetchedAt(),
                was.map(StoredItem::version).orElse(0) + (saysTheSame ? 0 : 1),
                item.contentHash(),
                matched.matching().revision(),
                candidate,
                matches,
                review);
    }

    private static void carryRetention(ObjectNode from, ObjectNode to) {
        if (from.has("retention")) {
            to.set("retention", from.get("retention"));
        }
    }

    /**
     * Marks the items that were read from a page as gone: their absence is a datum, and they come back as present when
     * the page does.
     */
    public int gone(CanonicalUrl page, Instant at) {
        indices.refresh(Room.ITEMS);
        return changeAll(page, document -> document.put("state", "gone").put("gone_at", at.toString()));
    }

    /** Notes that a page still shows what it showed when it was read last; items filed within the last second may be missed. */
    public int seen(CanonicalUrl page, Instant at) {
        return changeAll(page, document -> document.put("last_seen_at", at.toString()));
    }

    private int changeAll(CanonicalUrl page, UnaryOperator<ObjectNode> change) {
        Query present = Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("page").value(page.value())))
                        .filter(f -> f.term(t -> t.field("state").value("present")))));
        List<Stored> items = new ArrayList<>();
        indices.scan(Room.ITEMS, present, 500, items::addAll);
        items.forEach(stored -> indices.merge(
                Room.ITEMS,
                stored,
                document -> page.value().equals(document.path("page").asText()) ? change.apply(document) : document));
        return items.size();
    }

    private static List<String> names(List<Match> matches, boolean approved) {
        return matches.stream()
                .filter(match -> match.search().alerts() == approved)
                .map(match -> match.search().id())
                .sorted()
                .toList();
    }

    private static JsonNode union(ObjectNode document, Set<String> seeds) {
        Set<String> all = new TreeSet<>(seeds);
        document.path("seeds").forEach(seed -> all.add(seed.asText()));
        return Json.MAPPER.valueToTree(all);
    }

    private static Optional<Instant> latest(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent()
                ? Optional.of(a.get().isAfter(b.get()) ? a.get() : b.get())
                : a.or(() -> b);
    }

    private static Instant endedAt(Stored tombstone) {
        return Instant.parse(tombstone.document().path("at").asText());
    }

    static String matchId(String search, String item) {
        return Id.of("match", search, item);
    }
}
