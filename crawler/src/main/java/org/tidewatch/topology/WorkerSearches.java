package org.tidewatch.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.SearchMetrics;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.search.SearchStore;

/**
 * The saved searches of a worker process: one matcher and one count for all its tasks, since a large set takes memory and
 * time to load. The first task opens it, the last one closes it. Thread-safe.
 */
final class WorkerSearches implements AutoCloseable {

    private static final Map<ElasticAccess, WorkerSearches> OPEN = new HashMap<>();

    private final ElasticAccess access;
    private final Indices indices;
    private final LiveMatcher matcher;
    private final SearchMetrics metrics;
    private int users;

    private WorkerSearches(CrawlSettings settings) {
        this.access = settings.elastic();
        this.indices = Indices.open(access.settings(System.getenv()));
        this.matcher = new LiveMatcher(new SearchStore(indices, settings.retention(), Clock.systemUTC()));
        this.metrics =
                new SearchMetrics(indices, settings.retention(), Clock.systemUTC(), "matching-" + UUID.randomUUID());
    }

    /** Those of this process; {@link #close} them once. */
    static WorkerSearches open(CrawlSettings settings) {
        synchronized (OPEN) {
            WorkerSearches shared = OPEN.computeIfAbsent(settings.elastic(), access -> new WorkerSearches(settings));
            if (shared.users++ == 0) {
                shared.matcher.start();
            }
            return shared;
        }
    }

    LiveMatcher matcher() {
        return matcher;
    }

    /** Writes what the searches did since the last call. */
    void flush() {
        matcher.takeCosts().forEach(cost -> metrics.add(cost.search(), cost.matched(), cost.failed(), cost.spent()));
        metrics.flush(matcher.set().searches().stream()
                .map(versioned -> versioned.search().id())
                .toList());
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(access);
        }
        matcher.close();
        try {
            indices.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
