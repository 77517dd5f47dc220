package org.tidewatch.supervise;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.topology.CrawlSettings;

/** The crawl's process, kept alive. Thread-safe. */
final class CrawlChild implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CrawlChild.class);

    private final DataFolder folder;
    private final CrawlSettings settings;
    private final long heapBytes;
    private final Clock clock;
    private final RestartDelay delay;
    private @Nullable CrawlProcess process;
    private @Nullable Instant startAt;
    private boolean closed;

    CrawlChild(DataFolder folder, CrawlSettings settings, long heapBytes, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.heapBytes = heapBytes;
        this.clock = clock;
        this.delay = new RestartDelay(clock.instant());
    }

    /** Starts the crawl when it is not running and its pause is over; says so when it has ended. */
    synchronized Optional<String> look() throws IOException {
        Instant now = clock.instant();
        if (closed) {
            return Optional.empty();
        }
        CrawlProcess running = process;
        if (running == null) {
            process = CrawlProcess.start(folder, settings, heapBytes);
            return Optional.empty();
        }
        if (running.isAlive()) {
            return Optional.empty();
        }
        Instant planned = startAt;
        if (planned == null) {
            startAt = delay.ended(now);
            String message =
                    "The crawl ended with exit code " + running.onExit().join() + "; it is started again at " + startAt
                            + ". Its log: " + folder.logs().resolve("crawl.log");
            LOG.error(message);
            return Optional.of(message);
        }
        if (!now.isBefore(planned)) {
            process = CrawlProcess.start(folder, settings, heapBytes);
            delay.started(now);
            startAt = null;
        }
        return Optional.empty();
    }

    synchronized int restarts() {
        return delay.restarts();
    }

    synchronized Status.Part part() {
        CrawlProcess running = process;
        boolean alive = running != null && running.isAlive();
        return new Status.Part(
                "crawl",
                alive ? "running" : "waiting to be started again",
                alive && running != null ? Optional.of(running.pid()) : Optional.empty(),
                delay.restarts(),
                Optional.empty());
    }

    @Override
    public synchronized void close() {
        closed = true;
        CrawlProcess running = process;
        if (running != null) {
            try {
                running.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
