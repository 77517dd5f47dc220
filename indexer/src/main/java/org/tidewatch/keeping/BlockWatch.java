package org.tidewatch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/** The blocks, at most {@link #FRESH} old, for the stages that ask at every URL. Thread-safe. */
public final class BlockWatch {

    public static final Duration FRESH = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(BlockWatch.class);

    private final Blocks blocks;
    private final Clock clock;
    private List<HostRule> rules = List.of();
    private Instant loaded = Instant.EPOCH;

    public BlockWatch(Blocks blocks, Clock clock) {
        this.blocks = blocks;
        this.clock = clock;
    }

    /** While the index cannot be reached these are the rules last seen. */
    public synchronized List<HostRule> rules() {
        Instant now = clock.instant();
        if (loaded.equals(Instant.EPOCH) || loaded.plus(FRESH).isBefore(now)) {
            try {
                rules = blocks.load();
            } catch (IndexUnavailable e) {
                LOG.warn(
                        "Blocks could not be read again, the {} known ones stay in force: {}",
                        rules.size(),
                        e.getMessage());
            }
            loaded = now;
        }
        return rules;
    }

    public boolean covers(CanonicalUrl url) {
        return rules().stream().anyMatch(rule -> rule.covers(url));
    }
}
