package org.tidewatch.topology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.KillOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.Json;

/**
 * The crawl as a process of its own, on a Storm that runs inside it. Reads its settings as one line of JSON from standard
 * input and crawls until that input ends or it is told to terminate.
 */
public final class LocalCrawl {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCrawl.class);

    private LocalCrawl() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        if (line == null) {
            throw new IOException("No settings on standard input");
        }
        CrawlSettings settings = Json.parse(line, CrawlSettings.class);
        LocalCluster cluster = new LocalCluster();
        AtomicBoolean closed = new AtomicBoolean();
        Runnable close = () -> {
            if (closed.compareAndSet(false, true)) {
                close(cluster);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(close, "close-crawl"));
        cluster.submitTopology(
                CrawlTopology.NAME, CrawlTopology.configuration(settings), CrawlTopology.build(settings));
        LOG.info("Crawling");
        while (input.readLine() != null) {
            LOG.debug("Standard input carries nothing but the settings; its end is what is waited for");
        }
        close.run();
        Runtime.getRuntime().halt(0);
    }

    private static void close(LocalCluster cluster) {
        try {
            KillOptions now = new KillOptions();
            now.set_wait_secs(0);
            cluster.killTopologyWithOpts(CrawlTopology.NAME, now);
            cluster.close();
        } catch (Exception e) {
            LOG.warn("The crawl did not close in order; what was under way is fetched again at the next start", e);
        }
    }
}
