package org.tidewatch.alert;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.tidewatch.delivery.MailSettings;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.search.SavedSearch;

/**
 * Who is told what, when and how.
 *
 * @param immediateTiers alerts of these tiers are mailed at once, each in a mail of its own; the rest by digest
 * @param digestEvery length of a digest's window, for recipients that name none; 1 minute to 7 days
 */
public record AlertSettings(MailSettings mail, Set<Integer> immediateTiers, Duration digestEvery) {

    public static final Set<Integer> DEFAULT_IMMEDIATE_TIERS = Set.of(1, 2);
    public static final Duration DEFAULT_DIGEST_EVERY = Duration.ofHours(1);

    /** @throws IllegalArgumentException naming the key that is wrong */
    public AlertSettings {
        for (int tier : new TreeSet<>(immediateTiers)) {
            if (tier < SavedSearch.MIN_TIER || tier > SavedSearch.MAX_TIER) {
                throw new IllegalArgumentException("mail.immediate_tiers: tiers are " + SavedSearch.MIN_TIER + " to "
                        + SavedSearch.MAX_TIER + ", not " + tier);
            }
        }
        immediateTiers = Set.copyOf(immediateTiers);
        Recipient.checkDigest("mail.digest_every", digestEvery);
    }

    boolean immediate(int tier) {
        return immediateTiers.contains(tier);
    }

    Duration digestEvery(Recipient recipient) {
        return recipient.digest().orElse(digestEvery);
    }
}
