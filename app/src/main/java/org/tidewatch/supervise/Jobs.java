package org.tidewatch.supervise;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic jobs of a supervising process. A job that fails is logged, shown in the status, and run again at its next
 * turn; it never stops the others. Thread-safe.
 */
final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** More than there are jobs: one that waits for the index must not keep the supervision from running. */
    private static final int THREADS = 12;

    private static final int KEPT_ERRORS = 10;
    private static final Duration STOP = Duration.ofSeconds(10);

    /** A piece of periodic work; it may be interrupted. */
    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "job");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> scheduled = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final Map<String, String> states = new LinkedHashMap<>();
    private final Deque<String> errors = new ArrayDeque<>();

    Jobs(Clock clock) {
        this.clock = clock;
    }

    void every(Duration pause, String name, Job job) {
        note(name, "waiting");
        scheduled.add(
                executor.scheduleWithFixedDelay(() -> run(name, job), 0, pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void run(String name, Job job) {
        try {
            job.run();
            note(name, "ok");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!executor.isShutdown()) {
                LOG.error("Job {} failed and will be run again", name, e);
                note(name, "failing");
                error(name + ": " + e.getMessage());
            }
        }
    }

    private synchronized void note(String name, String state) {
        states.put(name, state);
    }

    /** Adds to the errors that the status shows, the latest {@value #KEPT_ERRORS}. */
    synchronized void error(String text) {
        String line = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + " " + text;
        errors.addLast(line);
        if (errors.size() > KEPT_ERRORS) {
            errors.removeFirst();
        }
    }

    synchronized List<Status.Part> parts() {
        List<Status.Part> parts = new ArrayList<>();
        states.forEach((name, state) ->
                parts.add(new Status.Part("job " + name, state, Optional.empty(), 0, Optional.empty())));
        return parts;
    }

    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        scheduled.forEach(job -> job.cancel(true));
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A job did not end within {} s", STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
