package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where an installation keeps its state: the embedded server's data, logs, and what tells other commands about the
 * running processes. One supervising process at a time holds it.
 */
public record DataFolder(Path path) {

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path elasticsearch() {
        return path.resolve("elasticsearch");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** Mails that the demo's catcher has accepted. */
    public Path mail() {
        return path.resolve("mail");
    }

    public Path temporary() {
        return path.resolve("run").resolve("tmp");
    }

    /** What is running, for other commands. */
    public Path status() {
        return path.resolve("run").resolve("status.json");
    }

    /** The step at which the demo's sample web stands. */
    public Path sampleStep() {
        return path.resolve("run").resolve("sample-step");
    }

    public Path crawlPid() {
        return path.resolve("run").resolve("crawl.pid");
    }

    public void create() throws IOException {
        Files.createDirectories(logs());
        Files.createDirectories(temporary());
    }

    /** Takes the folder for this process; empty when another process holds it. Closing the lock gives it back. */
    public Optional<Lock> lock() throws IOException {
        create();
        FileChannel channel = FileChannel.open(
                path.resolve("run").resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Lock(channel));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /** The hold on a data folder; it ends with the process at the latest. */
    public record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
