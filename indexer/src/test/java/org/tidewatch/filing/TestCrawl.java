package org.tidewatch.filing;

import co.elastic.clients.elasticsearch._types.FieldValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.match.Searches;
import org.tidewatch.novelty.Alert;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.TestSearch;

/** Matches and files items as the topology does, and looks at what then stands in the index. Thread-safe. */
public final class TestCrawl implements Searches {

    private final Indices indices;
    private final Clock clock;
    private final Filing filing;
    private final Presence presence;
    private final Matcher matcher;

    public TestCrawl(Indices indices, Clock clock, long revision, SavedSearch... searches) {
        this(indices, clock, TestSearch.set(revision, searches));
    }

    public TestCrawl(Indices indices, Clock clock, SearchSet set) {
        this.indices = indices;
        this.clock = clock;
        this.filing = new Filing(indices, Retention.Terms.DEFAULT, clock, this);
        this.presence = new Presence(indices);
        this.matcher = new Matcher(set);
    }

    /** Files one page with these items. */
    public Filing.Filed file(Item... page) {
        return filing.file(Arrays.stream(page)
                .map(item -> new Filing.Matched(item, matcher.match(item), clock.instant()))
                .toList());
    }

    public Filing filing() {
        return filing;
    }

    public Presence presence() {
        return presence;
    }

    @Override
    public long revision() {
        return matcher.revision();
    }

    @Override
    public Matching match(Item item) {
        return matcher.match(item);
    }

    /** As if no newer set stood. */
    @Override
    public long upToDate() {
        return matcher.revision();
    }

    /** All alerts of the items, in the order in which they were made. */
    public List<Alert> alerts(Item... items) {
        return ofItems(Room.ALERTS, items).stream()
                .map(stored -> stored.as(Alert.class))
                .sorted((a, b) -> a.alertedAt().compareTo(b.alertedAt()))
                .toList();
    }

    public List<MatchRecord> matches(Item... items) {
        return ofItems(Room.MATCHES, items).stream()
                .map(stored -> stored.as(MatchRecord.class))
                .toList();
    }

    public StoredItem standing(Item item) {
        return stored(item).as(StoredItem.class);
    }

    public Stored stored(Item item) {
        return indices.get(Room.ITEMS, item.id()).orElseThrow();
    }

    /** The documents of a room that name one of the items. */
    public List<Stored> ofItems(Room room, Item... items) {
        indices.refresh(room);
        return indices.search(room, search -> search.size(100)
                .query(q -> q.terms(t -> t.field("item")
                        .terms(v -> v.value(Arrays.stream(items)
                                .map(item -> FieldValue.of(item.id()))
                                .toList())))));
    }

    /** Takes documents away as if a crash had come before they were written. */
    public void unwrite(Room room, List<Stored> documents) {
        indices.writeAll(documents.stream()
                .map(stored -> new Write.Delete(room, stored.id(), Optional.empty()))
                .toList());
    }

    /** Changes an item's document as another writer would. */
    public void change(Item item, UnaryOperator<ObjectNode> change) {
        indices.merge(Room.ITEMS, item.id(), change);
    }
}
