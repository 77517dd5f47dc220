package org.tidewatch.match;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A query as it was made ready, and a tally of what it costs. Thread-safe. */
final class Standing {

    private final String id;
    private final Criterion criterion;
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger matched = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    Standing(String id, Criterion criterion) {
        this.id = id;
        this.criterion = criterion;
    }

    String id() {
        return id;
    }

    Criterion criterion() {
        return criterion;
    }

    void tried(int times, long nanosTogether) {
        tried.addAndGet(times);
        nanos.addAndGet(nanosTogether);
    }

    void matched() {
        matched.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }

    /** The tally since it was taken last. */
    Cost takeCost() {
        return new Cost(
                id,
                tried.getAndSet(0),
                Duration.ofNanos(nanos.getAndSet(0)),
                matched.getAndSet(0),
                failed.getAndSet(0));
    }
}
