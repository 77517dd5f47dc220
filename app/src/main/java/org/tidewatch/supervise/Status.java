package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Json;

/**
 * What the supervising process says of itself, written every second for {@code status} and for commands that need its
 * Elasticsearch. Holds no secrets.
 *
 * @param at when it was written; an old one means that the process is gone or stuck
 */
public record Status(
        String mode,
        long pid,
        Instant startedAt,
        Instant at,
        Optional<ElasticAccess> elastic,
        List<Part> parts,
        List<String> errors) {

    /**
     * A process or periodic job.
     *
     * @param state in a word or two, for people
     * @param restarts since the supervising process began
     */
    public record Part(String name, String state, Optional<Long> pid, int restarts, Optional<String> note) {}

    /** The status of the process that holds {@code folder}, or empty when none is running. */
    public static Optional<Status> read(DataFolder folder) throws IOException {
        String text;
        try {
            text = Files.readString(folder.status(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Status status = Json.parse(text, Status.class);
        return ProcessHandle.of(status.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> !start.isAfter(status.startedAt().plusSeconds(2)))
                        .orElse(true))
                .map(process -> status);
    }

    void write(DataFolder folder) throws IOException {
        Path target = folder.status();
        Path fresh = target.resolveSibling("status.json.new");
        Files.writeString(fresh, Json.text(this), StandardCharsets.UTF_8);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
