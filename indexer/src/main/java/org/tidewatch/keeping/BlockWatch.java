package org.tidewatch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private @Nullable List<HostRule> rules;
    private Instant loaded = Instant.EPOCH;

    public BlockWatch(Blocks blocks, Clock clock) {
        this.blocks = blocks;
        this.clock = clock;
    }

    /**
     * The rules in force; while the index cannot be reached those last seen.
     *
     * @throws IndexUnavailable when none were ever seen: what may be blocked is not let through
     */
    public synchronized List<HostRule> rules() {
        Instant now = clock.instant();
        List<HostRule> known = rules;
        if (known != null && !loaded.plus(FRESH).isBefore(now)) {
            return known;
        }
        List<HostRule> current = known == null ? blocks.load() : reload(known);
        rules = current;
        loaded = now;
        return current;
    }

    private List<HostRule> reload(List<HostRule> known) {
        try {
            return blocks.load();
        } catch (IndexUnavailable e) {
            LOG.warn(
                    "Blocks could not be read again, the {} known ones stay in force: {}",
                    known.size(),
                    e.getMessage());
            return known;
        }
    }

    /** @throws IndexUnavailable as {@link #rules} */
    public boolean covers(CanonicalUrl url) {
        return rules().stream().anyMatch(rule -> rule.covers(url));
    }
}
