package org.tidewatch.delivery;

import java.util.function.Supplier;

/**
 * Runs a step that must be completed once it is begun, such as the record of a mail that the server has taken. An
 * interrupt, which would end a call to Elasticsearch without an answer, is kept for afterwards.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** @param step may be begun again from its start */
    public static <T> T call(Supplier<T> step) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return step.get();
                } catch (RuntimeException e) {
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
