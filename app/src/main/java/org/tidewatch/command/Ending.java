package org.tidewatch.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long command end in order on Ctrl-C and SIGTERM: the signal opens a latch that the command waits for, and the
 * process stays until the command has closed everything. A command that does not get there by itself is interrupted.
 */
final class Ending implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final long BOUND_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);

    private Ending() {}

    /** Opens {@code asked} when the process is told to end. Close it after everything else has been closed. */
    static Ending onSignal(CountDownLatch asked) {
        Ending ending = new Ending();
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            ending.awaitDone(main);
                        },
                        "end-in-order"));
        return ending;
    }

    private void awaitDone(Thread main) {
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                main.interrupt();
                if (!done.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("Not everything ended within " + BOUND_SECONDS + " s.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
