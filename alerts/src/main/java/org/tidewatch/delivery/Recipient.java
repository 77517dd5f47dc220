package org.tidewatch.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/**
 * A person or desk that gets alerts.
 *
 * @param id name in the configuration, by which searches call for it
 * @param name to show
 * @param digest how often it gets a digest, when not as often as all others; 1 minute to 7 days
 */
public record Recipient(String id, String name, MailAddress address, Language language, Optional<Duration> digest) {

    public enum Language {
        @JsonProperty("en")
        EN
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    public Recipient {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("mail.recipients." + id
                    + ": a recipient's name is letters, digits, '.', '_' and '-', at most 64 of them");
        }
        if (name.isBlank() || name.length() > 100 || name.matches("(?s).*[\\p{Cc}\\u2028\\u2029].*")) {
            throw new IllegalArgumentException("mail.recipients." + id + ".name: one line of 1 to 100 characters");
        }
        digest.ifPresent(every -> checkDigest("mail.recipients." + id + ".digest", every));
    }

    /**
     * @param key of the configuration, for the message
     * @throws IllegalArgumentException if {@code every} is under a minute or over 7 days
     */
    public static void checkDigest(String key, Duration every) {
        if (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(key + ": 1m to 7d, not " + every);
        }
    }
}
