package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.persistence.AbstractQueryingSpout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.BlockWatch;
import org.tidewatch.keeping.Blocks;

/** Asks the frontier for due visits and sends them into the topology. */
public final class FrontierSpout extends AbstractQueryingSpout {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FrontierSpout.class);

    /** A spout that waits for the index cannot take acks, so it rather asks again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int HOSTS = 200;
    private static final int PER_HOST = 50;

    private transient Indices indices;
    private transient Frontier frontier;
    private transient BlockWatch blocks;
    private transient Clock clock;

    @SuppressWarnings("NullAway.Init")
    public FrontierSpout() {}

    @Override
    public void open(Map<String, Object> storm, TopologyContext context, SpoutOutputCollector collector) {
        super.open(storm, context, collector);
        CrawlSettings settings = CrawlSettings.from(storm);
        clock = Clock.systemUTC();
        indices = Indices.open(settings.elastic().withPatience(PATIENCE).settings(System.getenv()));
        frontier = new Frontier(indices, settings.retention(), clock, settings.maxUrlsPerHost());
        blocks = new BlockWatch(new Blocks(indices, settings.retention(), clock), clock);
    }

    @Override
    protected void populateBuffer() {
        try {
            for (Visit visit : frontier.due(HOSTS, PER_HOST)) {
                if (blocks.covers(visit.url())) {
                    frontier.complete(
                            visit, Completion.failed(Outcome.HOST_BLOCKED, "Blocked by a person", clock.instant()));
                } else if (!beingProcessed.containsKey(visit.url().value())) {
                    buffer.add(visit.url().value(), ToMetadata.of(visit));
                }
            }
        } catch (IndexUnavailable e) {
            LOG.warn("No due URLs for now: {}", e.getMessage());
        } finally {
            markQueryReceivedNow();
        }
    }

    @Override
    public void close() {
        try {
            indices.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
