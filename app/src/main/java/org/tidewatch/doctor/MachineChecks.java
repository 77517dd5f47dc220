package org.tidewatch.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tidewatch.config.Configuration;
import org.tidewatch.supervise.DataFolder;

/** Looks at Java, memory, disk, ports and the clock. */
final class MachineChecks {

    private static final long GB = 1L << 30;
    private static final long FREE_WANTED = 5 * GB;
    private static final long FREE_NEEDED = GB;

    /** No machine that runs this is set right to a day before it was built. */
    private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");

    private final Configuration configuration;
    private final DataFolder folder;
    private final Path zip;
    private final Clock clock;
    private final boolean running;

    /** @param running whether a supervising process works on the folder now, and so rightly holds ports */
    MachineChecks(Configuration configuration, DataFolder folder, Path zip, Clock clock, boolean running) {
        this.configuration = configuration;
        this.folder = folder;
        this.zip = zip;
        this.clock = clock;
        this.running = running;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(disk());
        if (configuration.elasticsearch().url().isEmpty()) {
            findings.add(distribution());
            configuration.elasticsearch().port().ifPresent(port -> findings.add(port(port)));
        }
        findings.add(clockFinding());
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String said = "Java " + System.getProperty("java.version") + " in " + System.getProperty("java.home");
        return feature >= 17
                ? Finding.ok("java", said)
                : Finding.fail("java", said, "Install JDK 17 or newer and set JAVA_HOME.");
    }

    private Finding memory() {
        long total = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
        long heaps = (configuration.elasticsearch().url().isEmpty()
                        ? configuration.elasticsearch().heapBytes()
                        : 0)
                + configuration.crawl().heapBytes();
        String said =
                size(total) + " in the machine; heaps of the crawl and the embedded Elasticsearch take " + size(heaps);
        return total >= 2 * heaps
                ? Finding.ok("memory", said)
                : Finding.warn("memory", said, "Lower elasticsearch.heap or crawl.heap, or use a bigger machine.");
    }

    private Finding disk() {
        try {
            folder.create();
            FileStore store = Files.getFileStore(folder.path());
            String said = size(store.getUsableSpace()) + " free in " + folder.path();
            if (store.getUsableSpace() < FREE_NEEDED) {
                return Finding.fail(
                        "disk", said, "Free some space, or set data in tidewatch.yaml to a folder on another disk.");
            }
            return store.getUsableSpace() < FREE_WANTED
                    ? Finding.warn(
                            "disk",
                            said,
                            "Free some space: Elasticsearch stops taking documents when the disk is nearly full.")
                    : Finding.ok("disk", said);
        } catch (IOException e) {
            return Finding.fail(
                    "disk",
                    folder.path() + " cannot be written: " + e.getMessage(),
                    "Set data in tidewatch.yaml to a folder you may write.");
        }
    }

    private Finding distribution() {
        return Files.isReadable(zip)
                ? Finding.ok("server", "the embedded Elasticsearch was downloaded by the build")
                : Finding.fail(
                        "server",
                        "the embedded Elasticsearch is missing: " + zip,
                        "Build again (mvn package), or name a cluster with elasticsearch.url.");
    }

    private Finding port(int port) {
        if (running) {
            return Finding.ok("port", port + " is used by the running Tidewatch");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port", port + " is free");
        } catch (IOException e) {
            return Finding.fail(
                    "port",
                    port + " is in use by another program",
                    "End that program, or set elasticsearch.port to another, or to none for a free one.");
        }
    }

    private Finding clockFinding() {
        Instant now = clock.instant();
        return now.isAfter(BUILT_AFTER)
                ? Finding.ok("clock", now.toString())
                : Finding.fail(
                        "clock", now + " cannot be right", "Set the system's clock; alerts and retention go by it.");
    }

    private static String size(long bytes) {
        return Math.round(bytes * 10.0 / GB) / 10.0 + " GB";
    }
}
