package org.tidewatch.topology;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.tidewatch.fetch.Gate;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.BlockWatch;
import org.tidewatch.keeping.Blocks;

/** The blocks, for the fetch stage of a topology. */
public final class CrawlGate {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private CrawlGate() {}

    /** The gate of the crawl whose settings Storm's configuration holds; open when it holds none. */
    public static Gate of(Map<String, Object> storm, Clock clock) {
        if (!storm.containsKey(CrawlSettings.KEY)) {
            return Gate.OPEN;
        }
        CrawlSettings settings = CrawlSettings.from(storm);
        Indices indices = Indices.open(settings.elastic().withPatience(PATIENCE).settings(System.getenv()));
        return new BlockWatch(new Blocks(indices, settings.retention(), clock), clock)::covers;
    }
}
