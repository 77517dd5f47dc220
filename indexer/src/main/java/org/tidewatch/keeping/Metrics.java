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

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final String part;
    private final Map<String, Double> counts = new TreeMap<>();
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

    /** Writes the minute that has passed, if one has. Call it every few seconds. */
    public void flush() {
        List<Write> writes = new ArrayList<>();
        synchronized (this) {
            Instant now = minute();
            if (now.equals(minute)) {
                return;
            }
            counts.forEach((name, value) -> writes.add(write(name, value)));
            counts.replaceAll((name, value) -> 0.0);
            minute = now;
        }
        indices.writeAll(writes);
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
