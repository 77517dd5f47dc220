package org.tidewatch.supervise;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.config.Configuration;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.server.ElasticsearchServer;
import org.tidewatch.server.Exit;
import org.tidewatch.server.ServerException;
import org.tidewatch.server.ServerSettings;

/**
 * The index that a supervising process works with: a cluster that the configuration names, or the embedded server, kept
 * alive on one port. Thread-safe.
 */
final class ElasticChild implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticChild.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final ElasticAccess access;
    private final Clock clock;
    private final RestartDelay delay;
    private final @Nullable ServerSettings settings;
    private @Nullable ElasticsearchServer server;
    private @Nullable Instant startAt;
    private boolean closed;

    private ElasticChild(
            ElasticAccess access,
            Clock clock,
            @Nullable ServerSettings settings,
            @Nullable ElasticsearchServer server) {
        this.access = access;
        this.clock = clock;
        this.settings = settings;
        this.server = server;
        this.delay = new RestartDelay(clock.instant());
    }

    static ElasticChild start(Watch.Plan plan, Console console, Clock clock)
            throws ServerException, InterruptedException {
        return start(plan.configuration(), plan.folder(), plan.elasticsearchZip(), console::line, clock);
    }

    static ElasticChild start(
            Configuration configuration, DataFolder folder, Path zip, Consumer<String> progress, Clock clock)
            throws ServerException, InterruptedException {
        Configuration.Elasticsearch wanted = configuration.elasticsearch();
        Optional<ElasticAccess> named = wanted.access();
        if (named.isPresent()) {
            return new ElasticChild(named.get(), clock, null, null);
        }
        ServerSettings settings = new ServerSettings(
                zip,
                ServerSettings.defaultCache(),
                folder.elasticsearch(),
                wanted.heapBytes(),
                START_TIMEOUT,
                wanted.port().map(OptionalInt::of).orElse(OptionalInt.empty()));
        ElasticsearchServer server = ElasticsearchServer.start(settings, progress);
        URI uri = server.uri();
        return new ElasticChild(
                wanted.access(uri, server.user(), server.passwordFile()),
                clock,
                settings.withHttpPort(uri.getPort()),
                server);
    }

    ElasticAccess access() {
        return access;
    }

    /** Starts the embedded server again when it has ended and its pause is over. */
    synchronized void look(Consumer<String> errors) throws InterruptedException {
        ElasticsearchServer running = server;
        ServerSettings again = settings;
        if (closed || running == null || again == null || running.isAlive()) {
            return;
        }
        Instant now = clock.instant();
        if (startAt == null) {
            startAt = delay.ended(now);
            Exit exit = running.onExit().join();
            String message =
                    "Elasticsearch ended with exit code " + exit.code() + "; it is started again at " + startAt;
            LOG.error("{}. The end of its log:{}{}", message, System.lineSeparator(), exit.log());
            errors.accept(message);
            return;
        }
        if (now.isBefore(startAt)) {
            return;
        }
        try {
            server = ElasticsearchServer.start(again, line -> LOG.info("{}", line));
            delay.started(now);
            startAt = null;
        } catch (ServerException e) {
            startAt = delay.ended(now);
            LOG.error("Elasticsearch could not be started again", e);
            errors.accept("Elasticsearch could not be started again: " + e.getMessage());
        }
    }

    /** Whether it is worth asking: an embedded server that has ended is not. */
    synchronized boolean isAlive() {
        ElasticsearchServer running = server;
        return running == null || running.isAlive();
    }

    synchronized int restarts() {
        return delay.restarts();
    }

    synchronized Status.Part part() {
        ElasticsearchServer running = server;
        if (running == null) {
            return new Status.Part(
                    "elasticsearch",
                    "external",
                    Optional.empty(),
                    0,
                    Optional.of(access.url().toString()));
        }
        boolean alive = running.isAlive();
        return new Status.Part(
                "elasticsearch",
                alive ? "running" : "waiting to be started again",
                alive ? Optional.of(running.pid()) : Optional.empty(),
                delay.restarts(),
                Optional.of(access.url().toString()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        ElasticsearchServer running = server;
        if (running != null) {
            running.close();
        }
    }
}
