package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.persistence.AbstractStatusUpdaterBolt;
import com.digitalpebble.stormcrawler.persistence.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Tuple;
import org.tidewatch.filing.Presence;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.Indices;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.BlockWatch;
import org.tidewatch.keeping.Blocks;
import org.tidewatch.keeping.Outcomes;
import org.tidewatch.url.CanonicalUrl;

/** Brings the end of every visit, and the targets of redirects, into the frontier. */
public final class StatusBolt extends AbstractStatusUpdaterBolt {

    private static final long serialVersionUID = 1L;

    private transient Indices indices;
    private transient Frontier frontier;
    private transient Presence presence;
    private transient Outcomes outcomes;
    private transient BlockWatch blocks;
    private transient Clock clock;

    @SuppressWarnings("NullAway.Init")
    public StatusBolt() {}

    @Override
    public void prepare(Map<String, Object> storm, TopologyContext context, OutputCollector collector) {
        super.prepare(storm, context, collector);
        CrawlSettings settings = CrawlSettings.from(storm);
        clock = Clock.systemUTC();
        indices = Indices.open(settings.elastic().settings(System.getenv()));
        frontier = new Frontier(indices, settings.retention(), clock, settings.maxUrlsPerHost());
        presence = new Presence(indices);
        outcomes = new Outcomes(indices, settings.retention(), clock);
        blocks = new BlockWatch(new Blocks(indices, settings.retention(), clock), clock);
    }

    @Override
    protected void store(String url, Status status, Metadata metadata, Optional<Date> nextFetch, Tuple tuple) {
        Visit visit = FromMetadata.visit(metadata)
                .orElseThrow(() -> new IllegalStateException("The frontier sends every URL with its visit: " + url));
        FromMetadata.redirectTarget(metadata, status, clock.instant()).ifPresent(target -> follow(visit, target));
        complete(visit, FromMetadata.completion(metadata, status, clock.instant()));
        ack(tuple, url);
    }

    private void follow(Visit visit, CanonicalUrl target) {
        frontier.admitRedirect(visit, target, blocks.rules())
                .turned()
                .forEach(turned ->
                        outcomes.record(turned.url(), visit.seeds(), turned.outcome(), "admit", 0, turned.why()));
    }

    private void complete(Visit visit, Completion completion) {
        if (completion.outcome() == Outcome.GONE) {
            presence.gone(visit.url(), completion.fetchedAt());
        } else if (completion.outcome() == Outcome.UNCHANGED) {
            presence.seen(visit.url(), completion.fetchedAt());
        }
        switch (completion.outcome()) {
            case FETCHED, UNCHANGED, REDIRECTED, DISCOVERED -> {}
            default ->
                outcomes.record(
                        visit.url(),
                        visit.seeds(),
                        completion.outcome(),
                        "fetch",
                        completion.status(),
                        completion.detail().orElse(""));
        }
        frontier.complete(visit, completion);
    }

    @Override
    public void cleanup() {
        try {
            indices.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
