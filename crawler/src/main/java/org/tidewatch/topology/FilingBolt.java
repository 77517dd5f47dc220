package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.persistence.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.frontier.Completion;
import org.tidewatch.index.IndexUnavailable;

/** Files matched pages; the tuple goes on to the status stage when the index has confirmed everything. */
public final class FilingBolt extends BaseRichBolt {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FilingBolt.class);
    private static final int FLUSH_EVERY_SECONDS = 5;

    private transient OutputCollector collector;
    private transient PageFiling filing;

    @SuppressWarnings("NullAway.Init")
    public FilingBolt() {}

    @Override
    public void prepare(Map<String, Object> storm, TopologyContext context, OutputCollector output) {
        collector = output;
        filing = PageFiling.open(CrawlSettings.from(storm), "filing-" + context.getThisTaskIndex());
    }

    @Override
    public void execute(Tuple tuple) {
        try {
            if (TupleUtils.isTick(tuple)) {
                filing.flushMetrics();
                collector.ack(tuple);
                return;
            }
            MatchedPage page = (MatchedPage) tuple.getValueByField("page");
            Completion completion = filing.file(page);
            collector.emit(
                    Constants.StatusStreamName,
                    tuple,
                    new Values(
                            page.page().visit().url().value(),
                            ToMetadata.of(page.page().visit(), completion),
                            Status.FETCHED));
            collector.ack(tuple);
        } catch (IndexUnavailable e) {
            LOG.warn("A page could not be filed and will be fetched again: {}", e.getMessage());
            collector.fail(tuple);
        }
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
        return Map.of(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, FLUSH_EVERY_SECONDS);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declareStream(Constants.StatusStreamName, new Fields("url", "metadata", "status"));
    }

    @Override
    public void cleanup() {
        try {
            filing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
