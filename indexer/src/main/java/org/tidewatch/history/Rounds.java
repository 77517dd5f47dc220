package org.tidewatch.history;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.tidewatch.filing.Filing;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.Outcomes;
import org.tidewatch.url.CanonicalUrl;

/**
 * The way of one run through the items: round after round over all that its searches may match and an earlier revision
 * has seen last, until a round finds none. An item that was matched again is no longer looked for, so a round that begins
 * anywhere, or anew, does nothing twice. One thread's own.
 */
final class Rounds {

    /** Searches that one query looks for; a query that the server finds too large is halved. */
    private static final int GROUP = 64;

    /** Items read at once: few, since each may hold megabytes. */
    private static final int PAGE = 50;

    private static final int TERMS = 500;
    private static final String STAGE = "history";

    private final Indices indices;
    private final Filing filing;
    private final Outcomes outcomes;
    private final List<Pursuit> pursuits;
    private final BooleanSupplier mayGoOn;
    private final Progress progress;
    private final Set<String> failed = new HashSet<>();

    /** Hears of every page of items that is done. */
    @FunctionalInterface
    interface Progress {
        void done(HistoryRun.Tally page, HistoryRun.Place reached);
    }

    /** Ends a run before its end. */
    @SuppressWarnings("serial")
    static final class Stopped extends Exception {}

    /** @param mayGoOn asked before every page */
    Rounds(
            Indices indices,
            Filing filing,
            Outcomes outcomes,
            List<Pursuit> pursuits,
            BooleanSupplier mayGoOn,
            Progress progress) {
        this.indices = indices;
        this.filing = filing;
        this.outcomes = outcomes;
        this.pursuits = pursuits;
        this.mayGoOn = mayGoOn;
        this.progress = progress;
    }

    /** How many items there are to look at now; those that several groups of searches look for count once for each. */
    long count() {
        indices.refresh(Room.ITEMS);
        long count = 0;
        Deque<List<Pursuit>> groups = groups();
        while (!groups.isEmpty()) {
            List<Pursuit> group = groups.pop();
            try {
                count += indices.count(Room.ITEMS, Pursuit.any(group));
            } catch (IndexRefused e) {
                groups.addAll(smaller(group, e));
            }
        }
        return count;
    }

    /** Goes all rounds. */
    void go(Optional<HistoryRun.Place> from) throws Stopped {
        Optional<HistoryRun.Place> begin = from;
        boolean found = true;
        while (found) {
            indices.refresh(Room.ITEMS);
            found = round(begin) || begin.isPresent();
            begin = Optional.empty();
        }
    }

    /** One round; whether there was anything to look at. */
    private boolean round(Optional<HistoryRun.Place> from) throws Stopped {
        boolean found = false;
        Deque<List<Pursuit>> groups = groups();
        Optional<HistoryRun.Place> begin = from.filter(
                place -> groups.stream().anyMatch(group -> name(group).equals(place.group())));
        while (!groups.isEmpty()) {
            List<Pursuit> group = groups.pop();
            if (begin.isPresent() && !name(group).equals(begin.get().group())) {
                continue;
            }
            try {
                found |= look(group, begin.map(HistoryRun.Place::after).orElse(""));
            } catch (IndexRefused e) {
                smaller(group, e).forEach(groups::push);
            }
            begin = Optional.empty();
        }
        return found;
    }

    private boolean look(List<Pursuit> group, String from) throws Stopped {
        Query query = Pursuit.any(group);
        String after = from;
        boolean found = false;
        while (true) {
            stopUnless(mayGoOn.getAsBoolean());
            List<Stored> page = page(query, after);
            if (page.isEmpty()) {
                return found;
            }
            HistoryRun.Tally tally = HistoryRun.Tally.NONE;
            for (Stored stored : page) {
                if (!failed.contains(stored.id())) {
                    found = true;
                    tally = tally.plus(again(stored, false));
                }
            }
            after = page.get(page.size() - 1).id();
            progress.done(tally, new HistoryRun.Place(name(group), after));
        }
    }

    private List<Stored> page(Query query, String after) {
        return indices.search(Room.ITEMS, search -> {
            search.query(query)
                    .size(PAGE)
                    .trackTotalHits(t -> t.enabled(false))
                    .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc)));
            if (!after.isEmpty()) {
                search.searchAfter(FieldValue.of(after));
            }
        });
    }

    /**
     * Files again the items of records that say that a search matches while the item says that it does not: what a crash
     * between the two left.
     */
    void reconcile() throws Stopped {
        indices.refresh(Room.MATCHES);
        List<String> searches = pursuits.stream().map(Pursuit::search).toList();
        for (int from = 0; from < searches.size(); from += TERMS) {
            List<FieldValue> some = searches.subList(from, Math.min(searches.size(), from + TERMS)).stream()
                    .map(FieldValue::of)
                    .toList();
            Query open = Query.of(q ->
                    q.bool(b -> b.filter(f -> f.terms(t -> t.field("search").terms(v -> v.value(some))))
                            .mustNot(m -> m.exists(e -> e.field("ended_at")))));
            List<String> odd = new ArrayList<>();
            indices.scan(Room.MATCHES, open, TERMS, page -> odd.addAll(unknown(page)));
            for (Stored item : indices.get(Room.ITEMS, odd).values()) {
                stopUnless(mayGoOn.getAsBoolean());
                again(item, true);
            }
        }
    }

    /** The items of these records that do not know of them. */
    private Set<String> unknown(List<Stored> records) {
        Set<String> items = new TreeSet<>();
        records.forEach(stored -> items.add(stored.document().path("item").asText()));
        Map<String, Stored> known = indices.get(Room.ITEMS, items);
        Set<String> odd = new TreeSet<>();
        for (Stored stored : records) {
            String search = stored.document().path("search").asText();
            Optional.ofNullable(known.get(stored.document().path("item").asText()))
                    .filter(item -> !failed.contains(item.id()))
                    .filter(item -> !names(item, "search", search) && !names(item, "proposed", search))
                    .ifPresent(item -> odd.add(item.id()));
        }
        return odd;
    }

    private static boolean names(Stored item, String kind, String search) {
        for (JsonNode named : item.document().path("matches").path(kind)) {
            if (named.asText().equals(search)) {
                return true;
            }
        }
        return false;
    }

    private HistoryRun.Tally again(Stored stored, boolean anyway) {
        try {
            Optional<Filing.Again> again = filing.again(stored, anyway);
            again.ifPresent(one -> one.failures()
                    .forEach(failure -> record(
                            stored, Outcome.MATCH_FAILED, "search " + failure.search() + ": " + failure.reason())));
            return again.map(one -> new HistoryRun.Tally(
                            1, one.found().size(), one.alerts().size(), 0))
                    .orElse(new HistoryRun.Tally(1, 0, 0, 0));
        } catch (IndexUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            failed.add(stored.id());
            record(stored, Outcome.INDEX_REFUSED, e.toString());
            return new HistoryRun.Tally(1, 0, 0, 1);
        }
    }

    private void record(Stored stored, Outcome outcome, String detail) {
        Set<String> seeds = new TreeSet<>();
        stored.document().path("seeds").forEach(seed -> seeds.add(seed.asText()));
        CanonicalUrl.of(stored.document().path("url").asText())
                .ifPresent(url -> outcomes.record(url, seeds, outcome, STAGE, 0, detail));
    }

    private Deque<List<Pursuit>> groups() {
        Deque<List<Pursuit>> groups = new ArrayDeque<>();
        for (int from = 0; from < pursuits.size(); from += GROUP) {
            groups.add(pursuits.subList(from, Math.min(pursuits.size(), from + GROUP)));
        }
        return groups;
    }

    private static String name(List<Pursuit> group) {
        return group.get(0).search();
    }

    /** In the order in which they are to be pushed. */
    private static List<List<Pursuit>> smaller(List<Pursuit> group, IndexRefused refusal) {
        if (group.size() > 1) {
            int half = group.size() / 2;
            return List.of(group.subList(half, group.size()), group.subList(0, half));
        }
        if (group.get(0).isEverywhere()) {
            throw refusal;
        }
        return List.of(List.of(group.get(0).everywhere()));
    }

    private static void stopUnless(boolean mayGoOn) throws Stopped {
        if (!mayGoOn || Thread.currentThread().isInterrupted()) {
            throw new Stopped();
        }
    }
}
