package org.tidewatch.extract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that may take too long, or too much stack, on a thread of its own, a few at a time. Work that is out of time
 * is interrupted; its place is free again when it has really ended. Thread-safe.
 */
final class TimeLimit {

    private final Duration limit;
    private final Semaphore places;

    TimeLimit(Duration limit, int places) {
        this.limit = limit;
        this.places = new Semaphore(places);
    }

    /**
     * @throws TimeoutException if the work, or the wait for a place, takes longer than the limit
     * @throws ExecutionException with whatever the work has thrown, errors included
     * @throws InterruptedException if the caller is interrupted; the work then is, too
     */
    <T> T run(String name, Callable<T> work) throws TimeoutException, ExecutionException, InterruptedException {
        if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("no place within " + limit);
        }
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        places.release();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }
}
