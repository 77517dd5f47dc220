package org.tidewatch.supervise;

import java.time.Duration;
import java.time.Instant;

/**
 * When a child that ended is started again: at once after a long life, after 1, 2, 4 ... {@link #LONGEST} when it keeps
 * ending. Not thread-safe.
 */
final class RestartDelay {

    static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONG_LIFE = Duration.ofMinutes(5);

    private Instant begun;
    private Duration pause = Duration.ofSeconds(1);
    private int restarts;

    RestartDelay(Instant begun) {
        this.begun = begun;
    }

    /** Notes that the child ended; returns when it may be started again. */
    Instant ended(Instant now) {
        if (Duration.between(begun, now).compareTo(LONG_LIFE) > 0) {
            pause = Duration.ofSeconds(1);
        }
        Instant at = now.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        return at;
    }

    void started(Instant now) {
        begun = now;
        restarts++;
    }

    int restarts() {
        return restarts;
    }
}
