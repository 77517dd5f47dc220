package org.tidewatch.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.filing.Filing;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Outcomes;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Searches;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.SearchStore;

/**
 * Runs searches that are new, changed or in force again over the items that were matched before them, one run at a time
 * for all that have come in since the last. A run is kept in the index with the place it has reached, so that it goes on
 * there after a kill. Items that it looks at are matched with all searches in force and filed as the crawl files them.
 *
 * <p>Note on implementation. {@link Filing} says why no item slips between a run and the crawl. What may still stay behind
 * is an item whose filing was broken off between its writing and the reading of the revision, and that is not crawled
 * again. So once an hour, and at the start, all searches are asked whether anything is left below their revision.
 *
 * <p>Thread-safe, though two at the same time do nothing that one would not: let a lease say whose turn it is.
 */
public final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration CHECK = Duration.ofHours(1);

    private final Indices indices;
    private final Clock clock;
    private final SearchStore store;
    private final Searches searches;
    private final Reach reach;
    private final Filing filing;
    private final Outcomes outcomes;
    private final HistoryRuns runs;
    private long settled = -1;
    private Instant checkedAt = Instant.MIN;

    /** @param reach which items to ask {@code searches} about */
    public History(
            Indices indices, Retention.Terms terms, Clock clock, SearchStore store, Searches searches, Reach reach) {
        this.indices = indices;
        this.clock = clock;
        this.store = store;
        this.searches = searches;
        this.reach = reach;
        this.filing = new Filing(indices, terms, clock, searches);
        this.outcomes = new Outcomes(indices, terms, clock);
        this.runs = new HistoryRuns(indices, terms);
    }

    /**
     * Takes up the run that is under way, or begins the one that is due, and brings it to its end. Quick when there is
     * nothing to do.
     *
     * @param mayGoOn whether this process still has the lease; asked every few items
     */
    public synchronized void pass(BooleanSupplier mayGoOn) {
        long inForce = store.revision();
        try {
            if (inForce != settled) {
                run(mayGoOn);
            } else if (!clock.instant().isBefore(checkedAt)) {
                check(mayGoOn);
            }
        } catch (Rounds.Stopped e) {
            LOG.info("The run over history was broken off and goes on at the next turn");
        }
    }

    private void run(BooleanSupplier mayGoOn) throws Rounds.Stopped {
        Optional<HistoryRun> last = runs.latest(1).stream().findFirst();
        Optional<HistoryRun> broken = last.filter(run -> run.finishedAt().isEmpty());
        long since = broken.map(HistoryRun::since)
                .or(() -> last.map(HistoryRun::revision))
                .orElse(0L);
        SearchStore.Changes changes = store.changesSince(since)
                .or(() -> store.changesSince(0))
                .orElseThrow(() -> new IllegalStateException("Every set has had revision 0"));
        if (searches.upToDate() < changes.revision()) {
            return;
        }
        List<Pursuit> pursuits = pursuits(changes);
        if (broken.isEmpty() && changes.since() == changes.revision()) {
            settled = changes.revision();
            return;
        }
        Optional<HistoryRun> resumed = broken.filter(known -> known.revision() == changes.revision());
        HistoryRun run = resumed.orElseGet(() -> begun(changes, pursuits));
        if (resumed.isEmpty()) {
            broken.ifPresent(runs::remove);
        }
        Keeper keeper = new Keeper(run);
        Rounds rounds = new Rounds(indices, filing, outcomes, pursuits, mayGoOn, keeper::reached);
        rounds.go(run.place());
        rounds.reconcile();
        keeper.finished();
        settled = changes.revision();
    }

    private HistoryRun begun(SearchStore.Changes changes, List<Pursuit> pursuits) {
        Rounds counting = new Rounds(indices, filing, outcomes, pursuits, () -> true, (page, place) -> {});
        HistoryRun run = HistoryRun.begun(
                changes.since(),
                changes.revision(),
                pursuits.stream().map(Pursuit::search).toList(),
                counting.count(),
                clock.instant());
        runs.write(run);
        LOG.info(
                "{} searches of revision {} run over history, over about {} items",
                run.searches(),
                run.revision(),
                run.total());
        return run;
    }

    private void check(BooleanSupplier mayGoOn) throws Rounds.Stopped {
        SearchStore.Changes all =
                store.changesSince(0).orElseThrow(() -> new IllegalStateException("Every set has had revision 0"));
        if (searches.upToDate() < all.revision()) {
            return;
        }
        long[] left = {0};
        new Rounds(indices, filing, outcomes, pursuits(all), mayGoOn, (page, place) -> left[0] += page.done())
                .go(Optional.empty());
        if (left[0] > 0) {
            LOG.warn("{} items had been left behind by the searches in force and were matched again", left[0]);
        }
        checkedAt = clock.instant().plus(CHECK);
    }

    private List<Pursuit> pursuits(SearchStore.Changes changes) {
        List<Pursuit> pursuits = new ArrayList<>();
        for (SearchSet.Versioned versioned : changes.standing()) {
            Lookback history = versioned.history();
            String id = versioned.search().id();
            if (history.revision() <= changes.since()) {
                pursuits.add(new Pursuit(id, changes.revision(), Optional.empty()));
            } else if (history.run()) {
                try {
                    pursuits.add(new Pursuit(id, history.revision(), Optional.of(reach.of(versioned.search()))));
                } catch (QueryRefused e) {
                    LOG.error("Saved search {} does not run over history: {}", id, e.getMessage());
                }
            }
        }
        changes.ended().forEach(id -> pursuits.add(new Pursuit(id, changes.revision(), Optional.empty())));
        pursuits.sort(Comparator.comparing(Pursuit::search));
        return pursuits;
    }

    /** Keeps a run's record up to date. */
    private final class Keeper {
        private HistoryRun run;

        Keeper(HistoryRun run) {
            this.run = run;
        }

        void reached(HistoryRun.Tally page, HistoryRun.Place place) {
            run = run.further(page, place, clock.instant());
            runs.write(run);
            searches.upToDate();
        }

        void finished() {
            run = run.finished(HistoryRun.Tally.NONE, clock.instant());
            runs.write(run);
            LOG.info(
                    "The run over history for revision {} is done: {} items, {} new matches, {} alerts",
                    run.revision(),
                    run.done(),
                    run.found(),
                    run.alerts());
        }
    }
}
