package org.tidewatch.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the embedded server is started with.
 *
 * @param zip the server's distribution, as the Maven registry has it
 * @param cache where the distribution is unpacked once for all data folders; shared by processes
 * @param data the data folder: it survives restarts and belongs to one running server at a time
 * @param heapBytes the server's heap, least and most; at least {@link #LEAST_HEAP_BYTES}
 * @param startTimeout from the start of the process to a healthy answer; positive
 * @param httpPort the loopback port to listen on, 1 to 65535; a free one if empty
 */
public record ServerSettings(
        Path zip, Path cache, Path data, long heapBytes, Duration startTimeout, OptionalInt httpPort) {

    public static final long DEFAULT_HEAP_BYTES = 1L << 30;

    /** Below this the server spends its time collecting garbage, or dies while it starts. */
    public static final long LEAST_HEAP_BYTES = 256L << 20;

    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(2);

    /** @throws IllegalArgumentException for a value out of its bounds, named with the bound */
    public ServerSettings {
        zip = zip.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        if (data.toString().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("data has a control character in its path: " + data);
        }
        if (heapBytes < LEAST_HEAP_BYTES) {
            throw new IllegalArgumentException("heapBytes is " + heapBytes + ", must be at least " + LEAST_HEAP_BYTES);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout is " + startTimeout + ", must be positive");
        }
        if (httpPort.isPresent() && (httpPort.getAsInt() < 1 || httpPort.getAsInt() > 65_535)) {
            throw new IllegalArgumentException("httpPort is " + httpPort.getAsInt() + ", must be 1 to 65535");
        }
    }

    /** Settings with the defaults: the user's cache, {@link #DEFAULT_HEAP_BYTES}, a free port. */
    public static ServerSettings of(Path zip, Path data) {
        return new ServerSettings(
                zip, defaultCache(), data, DEFAULT_HEAP_BYTES, DEFAULT_START_TIMEOUT, OptionalInt.empty());
    }

    /**
     * The folder {@code tidewatch} in {@code XDG_CACHE_HOME}, or in {@code ~/.cache} if that is unset or relative (XDG
     * Base Directory Specification: a relative path is to be ignored).
     */
    public static Path defaultCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        boolean usable = xdg != null && Path.of(xdg).isAbsolute();
        Path caches = usable ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("tidewatch");
    }

    public ServerSettings withCache(Path value) {
        return new ServerSettings(zip, value, data, heapBytes, startTimeout, httpPort);
    }

    public ServerSettings withHeapBytes(long value) {
        return new ServerSettings(zip, cache, data, value, startTimeout, httpPort);
    }

    public ServerSettings withStartTimeout(Duration value) {
        return new ServerSettings(zip, cache, data, heapBytes, value, httpPort);
    }

    public ServerSettings withHttpPort(int value) {
        return new ServerSettings(zip, cache, data, heapBytes, startTimeout, OptionalInt.of(value));
    }
}
