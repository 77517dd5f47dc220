package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.bolt.FetcherBolt;
import com.digitalpebble.stormcrawler.bolt.URLPartitionerBolt;
import com.digitalpebble.stormcrawler.persistence.Status;
import com.digitalpebble.stormcrawler.protocol.ProtocolResponse;
import java.util.Locale;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.tuple.Fields;
import org.apache.storm.utils.Utils;
import org.tidewatch.fetch.GuardedProtocol;
import org.tidewatch.index.Json;

/**
 * The way of a page, as a Storm topology: frontier, by host, fetch, extract, match, file, status. Every tuple is acked
 * only when the stage that took it has what it caused confirmed.
 */
public final class CrawlTopology {

    public static final String NAME = "tidewatch";

    /** Bound on one page's way, politeness queues included. */
    private static final int MESSAGE_TIMEOUT_SECONDS = 600;

    /** What has waited longer for its host's turn goes back to the frontier, before Storm fails it. */
    private static final int QUEUE_TIMEOUT_SECONDS = 500;

    /** A site that asks for a longer pause is not crawled, and its URLs are recorded as refused. */
    private static final int MAX_CRAWL_DELAY_SECONDS = 300;

    private CrawlTopology() {}

    public static StormTopology build(CrawlSettings settings) {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("frontier", new FrontierSpout(), 1);
        builder.setBolt("partition", new URLPartitionerBolt(), 1).shuffleGrouping("frontier");
        builder.setBolt("fetch", new FetcherBolt(), 1).fieldsGrouping("partition", new Fields("key"));
        builder.setBolt("extract", new ExtractBolt(), settings.tasks()).localOrShuffleGrouping("fetch");
        builder.setBolt("match", new MatchBolt(), settings.tasks()).localOrShuffleGrouping("extract");
        builder.setBolt("file", new FilingBolt(), settings.tasks()).fieldsGrouping("match", new Fields("host"));
        builder.setBolt("status", new StatusBolt(), settings.tasks())
                .fieldsGrouping("fetch", Constants.StatusStreamName, new Fields("url"))
                .fieldsGrouping("extract", Constants.StatusStreamName, new Fields("url"))
                .fieldsGrouping("file", Constants.StatusStreamName, new Fields("url"));
        return builder.createTopology();
    }

    /** The map that Storm and StormCrawler want: the only place where one is made. */
    public static Config configuration(CrawlSettings settings) {
        Config config = new Config();
        config.putAll(defaults());
        config.put(CrawlSettings.KEY, Json.text(settings));
        config.put(GuardedProtocol.SETTINGS_KEY, Json.text(settings.fetch()));
        config.put("protocols", "http,https");
        config.put("http.protocol.implementation", GuardedProtocol.class.getName());
        config.put("https.protocol.implementation", GuardedProtocol.class.getName());
        config.put("http.agent.name", settings.fetch().agent().name());
        config.put("fetcher.server.delay", settings.delay().toMillis() / 1000.0);
        config.put("fetcher.server.delay.force", true);
        config.put("fetcher.threads.number", settings.threads());
        config.put("fetcher.max.crawl.delay", MAX_CRAWL_DELAY_SECONDS);
        config.put("fetcher.max.crawl.delay.force", false);
        config.put("fetcher.timeout.queue", QUEUE_TIMEOUT_SECONDS);
        config.put("redirections.allowed", false);
        config.put("sitemap.discovery", false);
        config.put("partition.url.mode", "byHost");
        config.put("status.updater.use.cache", false);
        config.put("max.fetch.errors", Integer.MAX_VALUE);
        config.put("spout.ttl.purgatory", 3);
        config.put("spout.min.delay.queries", 500);
        config.put(ProtocolResponse.PROTOCOL_MD_PREFIX_PARAM, ToMetadata.PROTOCOL_PREFIX);
        config.put("metadata.persist", ToMetadata.KEPT);
        config.put("metadata.track.path", false);
        config.put("metadata.track.depth", false);
        config.setMaxSpoutPending(1_000);
        config.setMessageTimeoutSecs(MESSAGE_TIMEOUT_SECONDS);
        config.setNumWorkers(1);
        config.setFallBackOnJavaSerialization(false);
        config.registerSerialization(Metadata.class);
        config.registerSerialization(Status.class);
        config.registerSerialization(ReadPage.class, JsonSerializer.OfReadPage.class);
        config.registerSerialization(MatchedPage.class, JsonSerializer.OfMatchedPage.class);
        return config;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> defaults() {
        Map<String, Object> file = Utils.findAndReadConfigFile("crawler-default.yaml", true);
        Object config = file.get("config");
        if (config instanceof Map) {
            return (Map<String, Object>) config;
        }
        throw new IllegalStateException(
                String.format(Locale.ROOT, "crawler-default.yaml has no config section but %s", file.keySet()));
    }
}
