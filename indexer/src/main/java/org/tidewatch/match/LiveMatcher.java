package org.tidewatch.match;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.item.Item;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.SearchStore;

/**
 * A matcher that follows the saved searches: it looks for a new revision of the set every second once {@link #start} was
 * called, and whenever it is asked to. One is enough for a process. Thread-safe.
 *
 * <p>Note on implementation. The compiled set is one reference that is swapped; nobody who matches ever waits for a load.
 * Loads are made one at a time, and take over what has not changed. A set that cannot be loaded is reported by {@link #trouble} and tried again at every look,
 * while the last good one stays in force; {@link #upToDate} does not try it again, or every page would pay for it.
 */
public final class LiveMatcher implements Searches, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveMatcher.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long NONE = -1;

    private final SearchStore store;
    private final BiFunction<Optional<Matcher>, SearchSet, Matcher> compile;
    private final Object loading = new Object();
    private volatile @Nullable Compiled current;
    private volatile long failed = NONE;
    private volatile Optional<String> trouble = Optional.empty();
    private @Nullable ScheduledExecutorService follower;
    private @Nullable Future<?> looking;

    public LiveMatcher(SearchStore store) {
        this(store, (before, set) -> before.map(known -> known.next(set)).orElseGet(() -> new Matcher(set)));
    }

    LiveMatcher(SearchStore store, BiFunction<Optional<Matcher>, SearchSet, Matcher> compile) {
        this.store = store;
        this.compile = compile;
    }

    /** Follows from now on, in a thread of its own, until {@link #close}. */
    public synchronized void start() {
        if (follower == null) {
            ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "saved-searches");
                thread.setDaemon(true);
                return thread;
            });
            looking = fresh.scheduleWithFixedDelay(this::follow, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
            follower = fresh;
        }
    }

    /** Whether a set has been read yet; before that nothing may be matched, or the items would pass unseen. */
    public boolean ready() {
        return current != null;
    }

    /** Looks once whether there is a new revision and takes it up; while the index cannot be reached all stays as it is. */
    public void follow() {
        try {
            takeUp(store.revision());
        } catch (IndexUnavailable e) {
            LOG.warn("Saved searches could not be read again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Saved searches could not be read again", e);
        }
    }

    @Override
    public long upToDate() {
        long inForce = store.revision();
        if (inForce > revision() && inForce != failed) {
            takeUp(inForce);
        }
        return revision();
    }

    private void takeUp(long revision) {
        synchronized (loading) {
            Optional<Compiled> before = Optional.ofNullable(current);
            if (revision() >= revision) {
                return;
            }
            try {
                SearchSet set = before.flatMap(known ->
                                store.changesSince(known.set().revision()).map(known.set()::with))
                        .orElseGet(store::load);
                Matcher fresh = compile.apply(before.map(Compiled::matcher), set);
                fresh.unreadable()
                        .forEach(failure ->
                                LOG.error("Saved search {} matches nothing: {}", failure.search(), failure.reason()));
                LOG.info("Matching with revision {} of the saved searches", fresh.revision());
                current = new Compiled(set, fresh);
                failed = NONE;
                trouble = Optional.empty();
            } catch (IndexUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("Revision {} of the saved searches cannot be taken up", revision, e);
                failed = revision;
                trouble = Optional.of("revision " + revision + " of the saved searches cannot be taken up: " + e);
            }
        }
    }

    /** Revision of the set in use, or -1 before the first was read. */
    @Override
    public long revision() {
        Compiled compiled = current;
        return compiled == null ? NONE : compiled.set().revision();
    }

    /** @throws IndexUnavailable before the first set was read */
    @Override
    public Matching match(Item item) {
        Compiled compiled = current;
        if (compiled == null) {
            throw new IndexUnavailable("No saved searches were read yet", null);
        }
        return compiled.matcher().match(item);
    }

    /** The set in use; empty before the first was read. */
    public SearchSet set() {
        Compiled compiled = current;
        return compiled == null ? SearchSet.EMPTY : compiled.set();
    }

    /** Searches of the set in use that cannot be read, and so match nothing. */
    public List<Matching.Failure> unreadable() {
        Compiled compiled = current;
        return compiled == null ? List.of() : compiled.matcher().unreadable();
    }

    /** What each search has cost since this was asked last. */
    public List<Cost> takeCosts() {
        Compiled compiled = current;
        return compiled == null ? List.of() : compiled.matcher().takeCosts();
    }

    /** Why the newest set is not in use, while it is not. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Follows no longer; what it has it goes on matching with. */
    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.cancel(true);
        }
        if (follower != null) {
            follower.shutdownNow();
        }
    }

    private record Compiled(SearchSet set, Matcher matcher) {}
}
