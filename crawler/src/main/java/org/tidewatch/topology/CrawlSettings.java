package org.tidewatch.topology;

import java.time.Duration;
import java.util.Map;
import org.tidewatch.extract.ExtractSettings;
import org.tidewatch.fetch.FetchSettings;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.Retention;

/**
 * All that the topology needs to know; travels as JSON under one key of Storm's configuration, without secrets.
 *
 * @param delay pause between two fetches from one host, unless robots.txt asks for a longer one
 * @param threads fetches at the same time
 * @param maxUrlsPerHost URLs known of one host at most
 * @param tasks parallel tasks of each of extraction, matching and filing
 */
public record CrawlSettings(
        ElasticAccess elastic,
        FetchSettings fetch,
        ExtractSettings extract,
        Retention.Terms retention,
        Duration delay,
        int threads,
        int maxUrlsPerHost,
        int tasks) {

    static final String KEY = "tidewatch.crawl";

    /** Refuses what cannot be meant, naming the key. */
    public CrawlSettings {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("crawl.delay: not negative");
        }
        if (threads < 1 || threads > 1_000) {
            throw new IllegalArgumentException("crawl.threads: 1 to 1000, not " + threads);
        }
        if (maxUrlsPerHost < 1) {
            throw new IllegalArgumentException("crawl.max_urls_per_host: at least 1, not " + maxUrlsPerHost);
        }
        if (tasks < 1 || tasks > 64) {
            throw new IllegalArgumentException("crawl.tasks: 1 to 64, not " + tasks);
        }
    }

    static CrawlSettings from(Map<String, Object> storm) {
        return Json.parse(String.valueOf(storm.get(KEY)), CrawlSettings.class);
    }
}
