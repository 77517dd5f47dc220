package org.tidewatch.fetch;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.bolt.FetcherBolt;
import com.digitalpebble.stormcrawler.persistence.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.storm.Config;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Utils;

/** StormCrawler's own FetcherBolt without a topology around it: takes a URL, tells what the bolt emits for it. */
final class FetcherBoltRun {

    private static final int SPOUT = 1;
    private static final int FETCH = 2;

    private final BlockingQueue<Emitted> emitted = new LinkedBlockingQueue<>();
    private final FetcherBolt bolt = new FetcherBolt();
    private final TopologyContext context;

    /** @param status empty on the default stream */
    record Emitted(String stream, String url, byte[] content, Metadata metadata, Status status) {}

    FetcherBoltRun(Config config) {
        context = new TopologyContext(
                new StormTopology(),
                config,
                Map.of(SPOUT, "frontier", FETCH, "fetch"),
                Map.of("frontier", List.of(SPOUT), "fetch", List.of(FETCH)),
                Map.of("frontier", Map.of(Utils.DEFAULT_STREAM_ID, new Fields("url", "metadata"))),
                Map.of(),
                "test",
                "",
                "",
                FETCH,
                6700,
                List.of(FETCH),
                Map.of(),
                Map.of(),
                new HashMap<>(),
                new HashMap<>(),
                new AtomicBoolean(false),
                new StormMetricRegistry());
        bolt.prepare(config, context, new OutputCollector(new Recorder()));
    }

    /** What the bolt emits first for {@code url}. */
    Emitted fetch(String url, Metadata metadata) throws InterruptedException {
        bolt.execute(new TupleImpl(context, new Values(url, metadata), "frontier", SPOUT, Utils.DEFAULT_STREAM_ID));
        Emitted first = emitted.poll(30, TimeUnit.SECONDS);
        if (first == null) {
            throw new AssertionError("The FetcherBolt emitted nothing for " + url);
        }
        return first;
    }

    /** What the bolt has emitted and nobody has taken. */
    int left() {
        return emitted.size();
    }

    private final class Recorder implements IOutputCollector {

        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            emitted.add(
                    stream.equals(Constants.StatusStreamName)
                            ? new Emitted(
                                    stream, (String) values.get(0), new byte[0], (Metadata) values.get(1), (Status)
                                            values.get(2))
                            : new Emitted(
                                    stream,
                                    (String) values.get(0),
                                    (byte[]) values.get(1),
                                    (Metadata) values.get(2),
                                    Status.FETCHED));
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
            throw new UnsupportedOperationException("The FetcherBolt emits to streams only");
        }

        @Override
        public void ack(Tuple tuple) {}

        @Override
        public void fail(Tuple tuple) {
            throw new AssertionError("The FetcherBolt failed " + tuple);
        }

        @Override
        public void resetTimeout(Tuple tuple) {}

        @Override
        public void flush() {}

        @Override
        public void reportError(Throwable error) {
            throw new AssertionError(error);
        }
    }
}
