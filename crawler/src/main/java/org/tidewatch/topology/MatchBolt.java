package org.tidewatch.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.TupleUtils;
import org.tidewatch.filing.Filing;
import org.tidewatch.index.Indices;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.search.SearchStore;

/** Matches the items of a page against the saved searches, which it follows as they change. */
public final class MatchBolt extends BaseRichBolt {

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LOOK_EVERY_SECONDS = 1;

    private transient OutputCollector collector;
    private transient Indices indices;
    private transient LiveMatcher matcher;
    private transient Clock clock;

    @SuppressWarnings("NullAway.Init")
    public MatchBolt() {}

    @Override
    public void prepare(Map<String, Object> storm, TopologyContext context, OutputCollector output) {
        CrawlSettings settings = CrawlSettings.from(storm);
        clock = Clock.systemUTC();
        collector = output;
        indices = Indices.open(settings.elastic().withPatience(PATIENCE).settings(System.getenv()));
        matcher = new LiveMatcher(new SearchStore(indices, settings.retention(), clock));
    }

    @Override
    public void execute(Tuple tuple) {
        if (TupleUtils.isTick(tuple)) {
            matcher.follow();
            collector.ack(tuple);
            return;
        }
        if (!matcher.ready()) {
            matcher.follow();
        }
        if (!matcher.ready()) {
            collector.fail(tuple);
            return;
        }
        ReadPage page = (ReadPage) tuple.getValueByField("page");
        MatchedPage matched = new MatchedPage(
                page,
                page.items().stream()
                        .map(item -> new Filing.Matched(item, matcher.match(item), clock.instant()))
                        .toList());
        collector.emit(tuple, new Values(page.visit().url().hostKey(), matched));
        collector.ack(tuple);
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
        return Map.of(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, LOOK_EVERY_SECONDS);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields("host", "page"));
    }

    @Override
    public void cleanup() {
        try {
            matcher.close();
            indices.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
