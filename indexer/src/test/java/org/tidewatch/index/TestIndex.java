package org.tidewatch.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.tidewatch.server.ElasticsearchServer;
import org.tidewatch.server.ServerException;
import org.tidewatch.server.ServerSettings;

/**
 * A real Elasticsearch for tests: one server a JVM, started when it is first asked for and ended with the JVM; an index
 * prefix of its own for whoever opens it.
 */
public final class TestIndex {

    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static ElasticsearchServer server;
    private static Indices shared;

    private TestIndex() {}

    /** Indices under a fresh prefix, all made. */
    public static Indices open() {
        Indices indices =
                Indices.open(access("t" + PREFIXES.incrementAndGet() + "-").settings(System.getenv()));
        indices.ensure();
        return indices;
    }

    /** Indices that all tests of the JVM share: for those that look at nothing but what they wrote. Never closed. */
    public static synchronized Indices shared() {
        if (shared == null) {
            shared = open();
        }
        return shared;
    }

    /** The shared indices by another way, for tests of what happens when the way is cut. */
    public static Indices sharedThrough(TestRelay relay, Duration patience) {
        return through(shared(), relay, patience);
    }

    /** The same indices by another way. */
    public static Indices through(Indices indices, TestRelay relay, Duration patience) {
        ElasticSettings same = indices.settings();
        return Indices.open(new ElasticSettings(relay.uri(), same.credentials(), same.ca(), same.prefix(), patience));
    }

    /** Access under a fresh prefix, for whoever opens the indices in another process. */
    public static ElasticAccess freshAccess() {
        return access("t" + PREFIXES.incrementAndGet() + "-");
    }

    private static ElasticAccess access(String prefix) {
        ElasticsearchServer running = server();
        return new ElasticAccess(
                running.uri(),
                Optional.of(running.user()),
                Optional.of(running.passwordFile()),
                Optional.empty(),
                Optional.empty(),
                prefix,
                Duration.ofSeconds(20));
    }

    /** The server itself, for tests of what happens when it goes away: those start one of their own instead. */
    public static synchronized URI uri() {
        return server().uri();
    }

    private static synchronized ElasticsearchServer server() {
        if (server == null) {
            try {
                Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "elasticsearch-");
                server = ElasticsearchServer.start(
                        new ServerSettings(
                                Path.of(System.getProperty("tidewatch.elasticsearch.zip")),
                                ServerSettings.defaultCache(),
                                data,
                                512L << 20,
                                Duration.ofMinutes(3),
                                java.util.OptionalInt.empty()),
                        line -> {});
                ElasticsearchServer started = server;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    started.close();
                    delete(started.folder());
                    delete(data);
                }));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ServerException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while Elasticsearch started", e);
            }
        }
        return server;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
