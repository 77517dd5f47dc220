package org.tidewatch.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidewatch.command.Tidewatch;
import org.tidewatch.supervise.Home;

/** Tidewatch in a process of its own, as a user starts it. */
final class Launched implements AutoCloseable {

    static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private final Process process;
    private final Path output;

    private Launched(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Launched start(Path folder, String... arguments) throws IOException {
        Files.createDirectories(folder);
        Path output = Files.createTempFile(folder, "out-", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-D" + Home.PROPERTY + "=" + PROJECT,
                "-D" + Home.ZIP_PROPERTY + "=" + System.getProperty(Home.ZIP_PROPERTY),
                "-Dtidewatch.log=" + folder.resolve("tidewatch.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Tidewatch.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Launched(process, output);
    }

    /** What a command that ends by itself has said. */
    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (Launched launched = start(folder, arguments)) {
            return launched.awaitEnd();
        }
    }

    record Ended(int exit, String output) {
        String lastLine() {
            List<String> lines = output.lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    Ended awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            throw new AssertionError("Did not end:\n" + said());
        }
        return new Ended(process.exitValue(), said());
    }

    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Every process below this one, now. */
    List<ProcessHandle> family() {
        return process.descendants().toList();
    }

    static Optional<ProcessHandle> alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }
}
