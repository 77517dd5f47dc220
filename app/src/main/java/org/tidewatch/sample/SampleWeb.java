package org.tidewatch.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An invented, harmless small web on one loopback port, told apart by the {@code Host} header. It changes by numbered
 * steps when {@link #advance} is called. Under the address of the port itself it shows a person what there is.
 * Thread-safe.
 */
public final class SampleWeb implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleWeb.class);
    private static final int THREADS = 8;

    private final Content content;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, SampleWeb::daemon);
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private volatile Content.Snapshot now;

    private SampleWeb(Content content, Clock clock, Timeline timeline) throws IOException {
        this.content = content;
        this.clock = clock;
        this.now = content.at(timeline);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Serves the web as it is after {@code step} steps. What came with these steps has the same times at every such
     * start; what comes with later steps has the clock's.
     *
     * @param content the folder with {@code web/} and {@code steps.yaml}
     * @throws BrokenContent naming file and line
     * @throws IllegalArgumentException if there is no such step
     */
    public static SampleWeb start(Path content, Clock clock, int step) throws IOException {
        Content read = Content.read(content);
        if (step < 0 || step > read.steps().size()) {
            throw new IllegalArgumentException(
                    "The sample web has steps 0 to " + read.steps().size() + ", not " + step);
        }
        SampleWeb web = new SampleWeb(read, clock, Timeline.startingAt(step));
        web.server.start();
        return web;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Names of the hosts, without ports. */
    public Set<String> hosts() {
        return Collections.unmodifiableSet(now.hosts().keySet());
    }

    /** Steps taken so far. */
    public int step() {
        return now.timeline().step();
    }

    public int lastStep() {
        return content.steps().size();
    }

    /** Takes the next step, and says what it changed; empty after the last. */
    public synchronized Optional<Change> advance() {
        if (step() == lastStep()) {
            return Optional.empty();
        }
        now = content.at(now.timeline().then(clock.instant()));
        return Optional.of(content.steps().get(step() - 1));
    }

    /** Requests so far by {@code "host path"} (path with query), a watcher's views not counted. */
    public Map<String, Long> requests() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((address, count) -> counts.put(address, count.sum()));
        return counts;
    }

    /** Stops serving at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    Content.Snapshot now() {
        return now;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = hostOf(exchange);
            String address = addressOf(exchange.getRequestURI());
            if (isOwnAddress(host)) {
                Exchange.answer(exchange, new Showcase(now, lastStep()).answer(address));
                return;
            }
            Optional<Answer> answer = now.answer(host, address);
            if (answer.isPresent()) {
                requests.computeIfAbsent(host + " " + address, key -> new LongAdder())
                        .increment();
            }
            Exchange.answer(
                    exchange,
                    answer.orElseGet(() ->
                            Answer.nothing(404, "<p>The sample web has no host " + Prose.escape(host) + ".</p>")));
        } catch (IllegalStateException e) {
            LOG.error("The sample web cannot answer {}", exchange.getRequestURI(), e);
            throw e;
        }
    }

    private static String hostOf(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Host");
        return header == null ? "" : header.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
    }

    private static boolean isOwnAddress(String host) {
        return host.isEmpty() || host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static String addressOf(URI target) {
        String path = target.getRawPath();
        return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sample-web");
        thread.setDaemon(true);
        return thread;
    }
}
