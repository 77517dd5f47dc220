package org.tidewatch.keeping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;

/**
 * Counts of one part of the system, written once a minute, zeros too. A part is one process or task; the id of a
 * document is part, minute and name. Thread-safe.
 */
public final class Metrics {

    private static final int MAX_UNWRITTEN = 10_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final String part;
    private final Map<String, Double> counts = new TreeMap<>();
    private final List<Write> unwritten = new ArrayList<>();
    private Instant minute;

    /** @param names counted from the start, so that a quiet minute shows as zero */
    public Metrics(Indices indices, Retention.Terms terms, Clock clock, String part, List<String> names) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
        this.part = part;
        this.minute = minute();
        names.forEach(name -> counts.put(name, 0.0));
    }

    public synchronized void add(String name, double amount) {
        counts.merge(name, amount, Double::sum);
    }

    /** Sets a gauge, such as a lag or a queue's size. */
    public synchronized void set(String name, double value) {
        counts.put(name, value);
    }

    /**
     * Writes the minute that has passed, if one has, and what an earlier call could not write. Call it every few seconds.
     *
     * @throws org.tidewatch.index.IndexUnavailable when the index cannot be reached; the next call tries again
     */
    public void flush() {
        List<Write> writes;
        synchronized (this) {
            Instant now = minute();
            if (!now.equals(minute)) {
                counts.forEach((name, value) -> unwritten.add(write(name, value)));
                counts.replaceAll((name, value) -> 0.0);
                minute = now;
                unwritten
                        .subList(0, Math.max(0, unwritten.size() - MAX_UNWRITTEN))
                        .clear();
            }
            writes = List.copyOf(unwritten);
        }
        indices.writeAll(writes);
        synchronized (this) {
            unwritten.removeAll(writes);
        }
    }

    private Write write(String name, double value) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("part", part)
                .put("minute", minute.toString())
                .put("name", name)
                .put("value", value);
        return new Write.Put(
                Room.METRICS,
                part + "-" + minute + "-" + name,
                terms.mark(document, Retention.Keep.OPERATIONAL, minute));
    }

    private Instant minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }
}
