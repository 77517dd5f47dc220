package org.tidewatch.filing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Matching;
import org.tidewatch.match.Searches;
import org.tidewatch.novelty.Alert;
import org.tidewatch.novelty.Novelty;

/**
 * Files items: claims and alerts first, then the match records, the item itself last. The item's document is the mark
 * that all of it was done, so a replay after a crash at any point finishes the job and doubles nothing. Thread-safe; one
 * item may be filed by several at the same moment, in one process or in many.
 *
 * <p>Note on implementation: several writers. An item's document is written only as it was read (its sequence number),
 * and everything about the item is worked out from that reading. Whoever comes too late begins again from a fresh
 * reading, and then sets right the match records that his earlier attempts have touched. So of two that overlap, the one
 * whose item is written last has also written its match records last. Records that a crash left behind are found by a
 * search before an item's records are written.
 *
 * <p>Note on implementation: no gap. When an item has been written, the revision of the searches is read in real time;
 * if it has grown beyond the one that the item was matched with, the item is matched and filed again, until the two are
 * equal. A run over history begins after the new revision can be read, and makes all items searchable first. So an item
 * that was written before that moment is seen by the run, and one that was written after it by this reading. A crash
 * between the writing and the reading fails the page, which is then fetched again.
 */
public final class Filing {

    private final Indices indices;
    private final Novelty novelty;
    private final MatchRecords records;
    private final Retention.Terms terms;
    private final Clock clock;
    private final Searches searches;

    public Filing(Indices indices, Retention.Terms terms, Clock clock, Searches searches) {
        this.indices = indices;
        this.novelty = new Novelty(indices, terms, clock);
        this.records = new MatchRecords(indices, terms, clock);
        this.terms = terms;
        this.clock = clock;
        this.searches = searches;
    }

    /** An item with what the matcher found in it. */
    public record Matched(Item item, Matching matching, Instant matchedAt) {}

    /**
     * What became of the items of one page.
     *
     * @param changed items that are new or say something else than before
     * @param flagged items that an approved search matches
     * @param refused items that Elasticsearch would not take, with its word; the others are filed
     */
    public record Filed(int items, int changed, int flagged, List<Alert> alerts, Map<String, String> refused) {}

    /**
     * What became of an item that was matched again.
     *
     * @param matches searches that match it, {@code found} those of them that did not before
     */
    public record Again(Set<String> matches, Set<String> found, List<Alert> alerts, List<Matching.Failure> failures) {}

    /** Files all items of one page; returns when Elasticsearch has confirmed every write. */
    public Filed file(List<Matched> page) {
        Map<String, Shown> open = new LinkedHashMap<>();
        page.forEach(matched -> open.put(matched.item().id(), new Shown(matched)));
        List<Shown> all = new ArrayList<>(open.values());
        Map<String, Stored> ended = indices.get(Room.TOMBSTONES, open.keySet());
        LeftOpen leftOpen = new LeftOpen(open.keySet());
        all.forEach(shown ->
                shown.begin(leftOpen, Optional.ofNullable(ended.get(shown.id())).map(Filing::endedAt)));
        Map<String, String> refused = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Map<String, Stored> known = indices.get(Room.ITEMS, open.keySet());
            for (Shown shown : List.copyOf(open.values())) {
                try {
                    indices.upsert(Room.ITEMS, shown.id(), Optional.ofNullable(known.get(shown.id())), shown);
                } catch (IndexRefused e) {
                    refused.put(shown.url(), String.valueOf(e.getMessage()));
                    open.remove(shown.id());
                    all.remove(shown);
                }
            }
            long inForce = searches.upToDate();
            open.values().removeIf(shown -> shown.revision() >= inForce);
        }
        return new Filed(
                page.size(),
                (int) all.stream().filter(shown -> shown.isFresh).count(),
                (int) all.stream().filter(Shown::isFlagged).count(),
                all.stream().flatMap(shown -> shown.alerts().stream()).toList(),
                refused);
    }

    /**
     * Matches an item again as it is stored, and files what comes of it; when and how it was fetched and seen stays as it
     * is. Does nothing to an item that the searches in force have seen already.
     *
     * @param known the item as the caller has read it
     * @param anyway also for one that they have seen
     * @return empty when the item is there no more
     * @throws IllegalArgumentException when the document is no item
     */
    public Optional<Again> again(Stored known, boolean anyway) {
        Kept kept = new Kept(known.id(), anyway);
        if (indices.merge(Room.ITEMS, known, kept).isEmpty()) {
            kept.attempts.undo(clock.instant());
            return Optional.empty();
        }
        return Optional.of(kept.outcome());
    }

    private Attempts attempts(Supplier<Set<String>> leftOpen) {
        return new Attempts(novelty, records, terms, leftOpen);
    }

    private Optional<Instant> forgotten(String item) {
        return indices.get(Room.TOMBSTONES, item).map(Filing::endedAt);
    }

    private static Instant endedAt(Stored tombstone) {
        return Instant.parse(tombstone.document().path("at").asText());
    }

    /** Match records of a page's items that have not ended, read when they are first asked for. */
    private final class LeftOpen {
        private final Set<String> items;
        private @Nullable Map<String, Set<String>> read;

        LeftOpen(Set<String> items) {
            this.items = Set.copyOf(items);
        }

        Set<String> of(String item) {
            Map<String, Set<String>> known = read;
            if (known == null) {
                known = records.open(items);
                read = known;
            }
            return known.getOrDefault(item, Set.of());
        }
    }

    /** An item that a page shows. */
    private final class Shown implements UnaryOperator<ObjectNode> {
        private Matched matched;
        private Attempts attempts = attempts(Set::of);
        private Optional<Instant> forgotten = Optional.empty();
        private int tries;
        private boolean isFresh;

        Shown(Matched matched) {
            this.matched = matched;
        }

        void begin(LeftOpen leftOpen, Optional<Instant> ended) {
            attempts = attempts(() -> leftOpen.of(id()));
            forgotten = ended;
        }

        @Override
        public ObjectNode apply(ObjectNode document) {
            Optional<StoredItem> was = Reading.standing(document);
            renew(document, was.map(StoredItem::matchedRevision).orElse(0L));
            Reading reading =
                    new Reading(document, was, matched.item(), matched.matching(), matched.matchedAt(), false, isFresh);
            isFresh |= !reading.saysTheSame();
            if (reading.isKnown() && !attempts.haveTouched()) {
                return document.put("last_seen_at", matched.item().fetchedAt().toString());
            }
            if (tries++ > 0) {
                forgotten = forgotten(id());
            }
            return attempts.file(reading, forgotten);
        }

        /** Matches with newer searches if there are, and as an item of all the seeds that have led to it. */
        private void renew(ObjectNode document, long seen) {
            if (seen > Math.max(revision(), searches.revision())) {
                searches.upToDate();
            }
            SortedSet<String> seeds = new TreeSet<>(matched.item().seeds());
            document.path("seeds").forEach(seed -> seeds.add(seed.asText()));
            boolean moreSeeds = !seeds.equals(matched.item().seeds());
            if (moreSeeds || searches.revision() > revision()) {
                Item item = moreSeeds ? matched.item().withSeeds(seeds) : matched.item();
                matched = new Matched(item, searches.match(item), clock.instant());
            }
        }

        String id() {
            return matched.item().id();
        }

        String url() {
            return matched.item().url();
        }

        long revision() {
            return matched.matching().revision();
        }

        boolean isFlagged() {
            return matched.matching().matches().stream()
                    .anyMatch(match -> match.search().alerts());
        }

        List<Alert> alerts() {
            return attempts.alerts();
        }
    }

    /** An item as it is stored. */
    private final class Kept implements UnaryOperator<ObjectNode> {
        private final String id;
        private final boolean anyway;
        private final Attempts attempts;
        private Set<String> matches = Set.of();
        private Set<String> found = Set.of();
        private List<Matching.Failure> failures = List.of();

        Kept(String id, boolean anyway) {
            this.id = id;
            this.anyway = anyway;
            this.attempts = attempts(() -> new LeftOpen(Set.of(id)).of(id));
        }

        @Override
        public ObjectNode apply(ObjectNode document) {
            StoredItem was = Json.record(document, StoredItem.class);
            if (was.matchedRevision() > searches.revision()) {
                searches.upToDate();
            }
            boolean seen = was.matchedRevision() >= searches.revision();
            if (seen && !anyway && !attempts.haveTouched()) {
                return document;
            }
            Item item = Json.record(document, Item.class);
            Matching matching = searches.match(item);
            Reading reading = new Reading(document, Optional.of(was), item, matching, clock.instant(), true, false);
            matches = matching.matches().stream()
                    .map(match -> match.search().id())
                    .collect(Collectors.toSet());
            found = new TreeSet<>(matches);
            found.removeAll(reading.matchedBefore());
            failures = matching.failures();
            return attempts.file(reading, forgotten(id));
        }

        Again outcome() {
            return new Again(matches, found, attempts.alerts(), failures);
        }
    }
}
