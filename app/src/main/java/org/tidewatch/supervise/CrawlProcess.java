package org.tidewatch.supervise;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.tidewatch.index.Json;
import org.tidewatch.topology.CrawlSettings;
import org.tidewatch.topology.LocalCrawl;

/**
 * The crawl in a JVM of its own. It gets its settings as one line on its standard input and ends when that input ends,
 * so it cannot outlive its parent.
 */
final class CrawlProcess {

    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final OutputStream lifeline;

    private CrawlProcess(Process process, OutputStream lifeline) {
        this.process = process;
        this.lifeline = lifeline;
    }

    static CrawlProcess start(DataFolder folder, CrawlSettings settings, long heapBytes) throws IOException {
        endLeftover(folder);
        Path temporary = folder.temporary().resolve("crawl");
        deleteTree(temporary);
        Files.createDirectories(temporary);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (heapBytes >> 20) + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary,
                "-Dtidewatch.log=" + folder.logs().resolve("crawl.log"),
                "-cp",
                System.getProperty("java.class.path"),
                LocalCrawl.class.getName()));
        Path output = folder.logs().resolve("crawl.out");
        Process process = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        OutputStream lifeline = process.getOutputStream();
        lifeline.write((Json.text(settings) + "\n").getBytes(StandardCharsets.UTF_8));
        lifeline.flush();
        Files.writeString(folder.crawlPid(), process.pid() + " " + started(process.toHandle()), StandardCharsets.UTF_8);
        return new CrawlProcess(process, lifeline);
    }

    private static String started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    /** Ends a crawl that an earlier supervisor left behind: the same pid with the same start, nothing else. */
    private static void endLeftover(DataFolder folder) throws IOException {
        String[] known;
        try {
            known = Files.readString(folder.crawlPid(), StandardCharsets.UTF_8).split(" ", 2);
        } catch (NoSuchFileException e) {
            return;
        }
        Optional<ProcessHandle> leftover = ProcessHandle.of(Long.parseLong(known[0]))
                .filter(handle -> known.length == 2 && started(handle).equals(known[1]) && !known[1].equals("unknown"));
        if (leftover.isPresent()) {
            leftover.get().destroyForcibly();
            try {
                leftover.get().onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("A crawl left running (process " + known[0] + ") does not end", e);
            }
        }
        Files.deleteIfExists(folder.crawlPid());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the crawl: in order when it does so in time, else by force. */
    void stop() throws InterruptedException {
        try {
            lifeline.close();
        } catch (IOException e) {
            process.destroy();
        }
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted((a, b) -> b.compareTo(a)).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
