package org.tidewatch.topology;

import java.time.Clock;
import java.util.Map;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.tidewatch.filing.Filing;
import org.tidewatch.match.LiveMatcher;

/** Matches the items of a page against the saved searches of its worker, which follow as people change them. */
public final class MatchBolt extends BaseRichBolt {

    private static final long serialVersionUID = 1L;

    private transient OutputCollector collector;
    private transient WorkerSearches searches;
    private transient Clock clock;

    @SuppressWarnings("NullAway.Init")
    public MatchBolt() {}

    @Override
    public void prepare(Map<String, Object> storm, TopologyContext context, OutputCollector output) {
        clock = Clock.systemUTC();
        collector = output;
        searches = WorkerSearches.open(CrawlSettings.from(storm));
    }

    @Override
    public void execute(Tuple tuple) {
        LiveMatcher matcher = searches.matcher();
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
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields("host", "page"));
    }

    @Override
    public void cleanup() {
        searches.close();
    }
}
