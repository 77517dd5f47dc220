package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidewatch.filing.Filing;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.novelty.Alert;
import org.tidewatch.query.Fields;
import org.tidewatch.search.Consent;
import org.tidewatch.search.Incoming;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchStore;

/** An index with a set of searches that changes, workers that crawl and runs over history. Thread-safe but for the set. */
final class TestWorld implements AutoCloseable {

    private final Indices indices;
    private final Clock clock;
    private final SearchStore store;
    private final List<SavedSearch> standing = new ArrayList<>();
    private final List<LiveMatcher> matchers = new ArrayList<>();

    TestWorld(Indices indices, Clock clock) {
        this.indices = indices;
        this.clock = clock;
        this.store = new SearchStore(indices, Retention.Terms.DEFAULT, clock, new Consent(false));
        store.load().searches().forEach(versioned -> standing.add(versioned.search()));
    }

    /** A process that crawls: a matcher of its own, and filing. */
    final class Worker {
        private final LiveMatcher matcher = matcher();
        private final Filing filing = new Filing(indices, Retention.Terms.DEFAULT, clock, matcher);

        Worker(boolean looks) {
            matcher.follow();
            if (looks) {
                matcher.start();
            }
        }

        Filing.Filed file(Item... page) {
            return file(Arrays.stream(page).map(this::match).toList());
        }

        /** The way of an item up to where it waits to be filed. */
        Filing.Matched match(Item item) {
            return new Filing.Matched(item, matcher.match(item), clock.instant());
        }

        Filing.Filed file(List<Filing.Matched> page) {
            return filing.file(page);
        }
    }

    Worker worker() {
        return new Worker(true);
    }

    /** A process that never comes round to looking for a new set by itself. */
    Worker heedlessWorker() {
        return new Worker(false);
    }

    /** What a process that has just been started has to run over history with. */
    History history() {
        return history(Reach.loose(Fields.ofItems(), ZoneOffset.UTC));
    }

    History history(Reach reach) {
        return new History(indices, Retention.Terms.DEFAULT, clock, store, matcher(), reach);
    }

    private synchronized LiveMatcher matcher() {
        LiveMatcher matcher = new LiveMatcher(store);
        matchers.add(matcher);
        return matcher;
    }

    /** Puts the search in force, in place of the one with its id; the revision that brings it. */
    long apply(SavedSearch search) {
        put(search);
        return applyAll();
    }

    void put(SavedSearch search) {
        drop(search);
        standing.add(search);
    }

    void drop(SavedSearch search) {
        standing.removeIf(known -> known.id().equals(search.id()));
    }

    long applyAll() {
        return store.apply(standing, "test").revision();
    }

    /** As {@link #apply}, with something else than the usual asked of history. */
    long apply(SavedSearch search, boolean run, boolean quiet) {
        put(search);
        return store.apply(new Incoming(
                        standing.stream()
                                .map(one -> new Incoming.Offered(one, "test"))
                                .toList(),
                        Map.of(),
                        Set.of(),
                        true,
                        "A. Analyst",
                        new Lookback(run, quiet, 0)))
                .revision();
    }

    long remove(SavedSearch search) {
        drop(search);
        return applyAll();
    }

    HistoryRuns runs() {
        return new HistoryRuns(indices, Retention.Terms.DEFAULT);
    }

    Optional<HistoryRun> run(long revision) {
        return runs().of(revision);
    }

    Stored stored(Item item) {
        return indices.get(Room.ITEMS, item.id()).orElseThrow();
    }

    StoredItem standing(Item item) {
        return stored(item).as(StoredItem.class);
    }

    /** Match records of a search by item. */
    Map<String, MatchRecord> records(SavedSearch search) {
        Map<String, MatchRecord> records = new TreeMap<>();
        indices.refresh(Room.MATCHES);
        indices.scan(
                Room.MATCHES,
                Query.of(q -> q.term(t -> t.field("search").value(search.id()))),
                500,
                page -> page.forEach(stored -> {
                    MatchRecord record = stored.as(MatchRecord.class);
                    records.put(record.item(), record);
                }));
        return records;
    }

    /** Alerts that name a search, by item. */
    Map<String, List<Alert>> alerts(SavedSearch search) {
        Map<String, List<Alert>> alerts = new TreeMap<>();
        indices.refresh(Room.ALERTS);
        indices.scan(
                Room.ALERTS,
                Query.of(q -> q.term(t -> t.field("searches.id").value(search.id()))),
                500,
                page -> page.forEach(stored -> {
                    Alert alert = stored.as(Alert.class);
                    alerts.computeIfAbsent(alert.item(), item -> new ArrayList<>())
                            .add(alert);
                }));
        return alerts;
    }

    @Override
    public void close() throws IOException {
        matchers.forEach(LiveMatcher::close);
    }
}
