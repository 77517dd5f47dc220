package org.tidewatch.keeping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;

/**
 * Counts of each saved search by the hour: items it matched, items it failed on, time it took; zeros too, so that one that
 * never fires shows. A part is one life of one process, so that no life overwrites what an earlier one has counted: the
 * figures of an hour are the sums over its parts. Thread-safe.
 */
public final class SearchMetrics {

    /** What the documents are called, in the field {@code name}. */
    public static final String NAME = "search_hour";

    private static final int CHUNK = 2_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final String part;
    private final Map<String, Count> counts = new HashMap<>();
    private final Set<String> unwritten = new HashSet<>();
    private Instant hour;

    private record Count(long fires, long errors, double millis) {
        static final Count ZERO = new Count(0, 0, 0);

        Count plus(Count other) {
            return new Count(fires + other.fires, errors + other.errors, millis + other.millis);
        }
    }

    public SearchMetrics(Indices indices, Retention.Terms terms, Clock clock, String part) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
        this.part = part;
        this.hour = hour();
    }

    /**
     * Counts what a search did since it was counted last.
     *
     * @param fires items that it matched, {@code errors} items that it failed on
     */
    public void add(String search, long fires, long errors, Duration time) {
        add(search, new Count(fires, errors, time.toNanos() / 1e6));
    }

    private synchronized void add(String search, Count more) {
        counts.merge(search, more, Count::plus);
        unwritten.add(search);
    }

    /**
     * Writes what has changed since the last call; of an hour that is over, the searches too that were not counted.
     *
     * @param standing ids of the searches in force
     * @throws org.tidewatch.index.IndexUnavailable when the index cannot be reached; the next call tries again
     */
    public synchronized void flush(Collection<String> standing) {
        boolean over = !hour().equals(hour);
        if (over) {
            standing.forEach(search -> {
                if (counts.putIfAbsent(search, Count.ZERO) == null) {
                    unwritten.add(search);
                }
            });
        }
        List<String> open = List.copyOf(unwritten);
        for (int from = 0; from < open.size(); from += CHUNK) {
            List<String> some = open.subList(from, Math.min(open.size(), from + CHUNK));
            List<Write> writes = new ArrayList<>();
            some.forEach(search -> writes.add(write(search, counts.getOrDefault(search, Count.ZERO))));
            indices.writeAll(writes);
            some.forEach(unwritten::remove);
        }
        if (over) {
            counts.clear();
            hour = hour();
        }
    }

    private Write write(String search, Count count) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("part", part)
                .put("minute", hour.toString())
                .put("name", NAME)
                .put("search", search)
                .put("fires", count.fires())
                .put("errors", count.errors())
                .put("millis", count.millis());
        return new Write.Put(
                Room.METRICS, part + "-" + hour + "-" + search, terms.mark(document, Retention.Keep.OPERATIONAL, hour));
    }

    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }
}
