package org.tidewatch.delivery;

import java.time.Duration;

/**
 * How a delivery that did not come through is tried again.
 *
 * @param maxAttempts that reached the server; after so many the delivery has failed. Time when the server cannot be
 *     reached at all is not counted
 * @param first pause after the first attempt; each further one doubles it
 * @param longest pause
 */
public record Retry(int maxAttempts, Duration first, Duration longest) {

    /** About a day. */
    public static final Retry DEFAULT = new Retry(30, Duration.ofSeconds(30), Duration.ofHours(1));

    /** @throws IllegalArgumentException naming the key that is wrong */
    public Retry {
        if (maxAttempts < 1 || maxAttempts > 1_000) {
            throw new IllegalArgumentException("mail.max_attempts: 1 to 1000, not " + maxAttempts);
        }
        if (first.compareTo(Duration.ofMillis(10)) < 0 || first.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("mail.retry_after: 10ms to 1h, not " + first);
        }
        if (longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("mail.retry_longest: mail.retry_after to 1d, not " + longest);
        }
    }

    /** @param attempts made so far, at least 1 */
    Duration pause(int attempts) {
        Duration pause = first;
        for (int i = 1; i < attempts && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
