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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
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
        String hash = item.contentHash();
        Optional<StoredItem> was = known.map(stored -> stored.as(StoredItem.class));
        boolean unchanged = was.isPresent()
                && was.get().contentHash().equals(hash)
                && was.get().matchedRevision() == matched.matching().revision()
                && was.get().state() == StoredItem.State.PRESENT;
        if (unchanged) {
            write(item, known, document -> document.put(
                            "last_seen_at", item.fetchedAt().toString())
                    .set("seeds", union(document, item.seeds())));
            return false;
        }
        List<Match> matches = matched.matching().matches();
        Novelty.Flagged flagged = novelty.flag(item, matches, matched.matchedAt());
        alerts.addAll(flagged.alerts());
        fileMatches(item, matches, was);
        write(item, known, document -> describe(document, matched, hash, flagged, ended));
        return was.isEmpty() || !was.get().contentHash().equals(hash);
    }

    private void fileMatches(Item item, List<Match> matches, Optional<StoredItem> was) {
        Map<String, Match> present = new LinkedHashMap<>();
        matches.forEach(match -> present.put(matchId(match.search().id(), item.id()), match));
        Set<String> involved = new TreeSet<>(present.keySet());
        was.ifPresent(stored -> {
            stored.matches().search().forEach(search -> involved.add(matchId(search, item.id())));
            stored.matches().proposed().forEach(search -> involved.add(matchId(search, item.id())));
        });
        Map<String, Stored> known = indices.get(Room.MATCHES, involved);
        List<Write> writes = new ArrayList<>();
        for (String id : involved) {
            Optional<MatchRecord> before =
                    Optional.ofNullable(known.get(id)).map(stored -> stored.as(MatchRecord.class));
            Match match = present.get(id);
            Optional<MatchRecord> after = match == null
                    ? before.map(record -> record.ended(item.fetchedAt()))
                    : Optional.of(MatchRecord.of(item, match, before));
            after.ifPresent(record -> writes.add(new Write.Put(
                    Room.MATCHES, id, terms.mark(Json.document(record), Retention.Keep.CANDIDATE, clock.instant()))));
        }
        indices.writeAll(writes);
    }

    private void describe(
            ObjectNode document, Matched matched, String hash, Novelty.Flagged flagged, Optional<Instant> ended) {
        Item item = matched.item();
        Optional<StoredItem> was =
                document.has("content_hash") ? Optional.of(Json.record(document, StoredItem.class)) : Optional.empty();
        Optional<StoredItem.Review> review = was.flatMap(StoredItem::review);
        List<String> approved = names(matched.matching().matches(), true);
        List<String> proposed = names(matched.matching().matches(), false);
        Optional<Instant> claimedAt =
                latest(was.flatMap(stored -> stored.matches().flaggedAt()), flagged.flaggedAt());
        Optional<Instant> flaggedAt =
                claimedAt.or(() -> approved.isEmpty() ? Optional.empty() : Optional.of(matched.matchedAt()));
        Optional<Instant> settledAt = latest(review.map(StoredItem.Review::at), ended);
        boolean candidate = settledAt
                .map(settled -> claimedAt.map(at -> at.isAfter(settled)).orElse(false))
                .orElse(flaggedAt.isPresent());
        boolean matchesNow = !matched.matching().matches().isEmpty();
        StoredItem.Matches matches = new StoredItem.Matches(
                approved,
                proposed,
                matched.matching().matches().stream()
                        .filter(match -> match.search().alerts())
                        .map(match -> match.search().tier())
                        .min(Comparator.naturalOrder()),
                was.flatMap(stored -> stored.matches().firstAt())
                        .or(() -> matchesNow ? Optional.of(matched.matchedAt()) : Optional.empty()),
                matchesNow
                        ? Optional.of(matched.matchedAt())
                        : was.flatMap(stored -> stored.matches().lastAt()),
                flaggedAt);
        StoredItem stored = new StoredItem(
                StoredItem.State.PRESENT,
                Optional.empty(),
                was.map(StoredItem::firstSeenAt).orElse(item.fetchedAt()),
                item.fetchedAt(),
                was.map(StoredItem::version).orElse(0)
                        + (was.isPresent() && was.get().contentHash().equals(hash) ? 0 : 1),
                hash,
                matched.matching().revision(),
                candidate,
                matches,
                review);
        ObjectNode fresh = Json.document(item);
        fresh.setAll(Json.document(stored));
        fresh.set("seeds", union(document, item.seeds()));
        fresh.put("text_folded", Folding.fold(item.title() + "\n" + item.text()))
                .put("fold_version", Folding.VERSION)
                .put("canonical_rules", CanonicalUrl.RULES)
                .put("has_media", !item.media().isEmpty());
        fresh.set("link_hosts", Json.MAPPER.valueToTree(linkHosts(item)));
        if (document.has("retention")) {
            fresh.set("retention", document.get("retention"));
        }
        document.removeAll();
        document.setAll(fresh);
        terms.mark(
                document,
                flaggedAt.isPresent() || matchesNow ? Retention.Keep.CANDIDATE : Retention.Keep.UNFLAGGED,
                item.fetchedAt());
    }

    /** Writes the item over what is there now, reading again when someone else changed it meanwhile. */
    private void write(Item item, Optional<Stored> known, Consumer<ObjectNode> change) {
        Optional<Stored> base = known;
        while (true) {
            ObjectNode document =
                    base.map(stored -> stored.document().deepCopy()).orElseGet(Json.MAPPER::createObjectNode);
            change.accept(document);
            Write write = base.isPresent()
                    ? new Write.Replace(Room.ITEMS, base.get(), document)
                    : new Write.Create(Room.ITEMS, item.id(), document);
            if (indices.writeAll(List.of(write)).get(0) instanceof Write.Done) {
                return;
            }
            base = indices.get(Room.ITEMS, item.id());
        }
    }

    /**
     * Marks the items that were read from a page as gone: their absence is a datum, and they come back as present when
     * the page does.
     */
    public int gone(CanonicalUrl page, Instant at) {
        return changeAll(page, document -> document.put("state", "gone").put("gone_at", at.toString()));
    }

    /** Notes that a page still shows what it showed when it was read last. */
    public int seen(CanonicalUrl page, Instant at) {
        return changeAll(page, document -> document.put("last_seen_at", at.toString()));
    }

    private int changeAll(CanonicalUrl page, UnaryOperator<ObjectNode> change) {
        Query present = Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("page").value(page.value())))
                        .filter(f -> f.term(t -> t.field("state").value("present")))));
        List<Stored> items = new ArrayList<>();
        indices.scan(Room.ITEMS, present, 500, items::addAll);
        items.forEach(stored -> indices.merge(Room.ITEMS, stored.id(), change));
        return items.size();
    }

    private static Set<String> linkHosts(Item item) {
        Set<String> hosts = new TreeSet<>();
        item.links().forEach(link -> CanonicalUrl.of(link).ifPresent(url -> hosts.add(url.host())));
        return hosts;
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
