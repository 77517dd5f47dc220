package org.tidewatch.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the server has logged and printed since one start. Links are not followed: another user owns the log. */
final class ServerLog {
    private static final int TAIL_LINES = 20;
    private static final int TAIL_BYTES = 1 << 18;

    private final Path log;
    private final Path console;
    private final long start;

    private ServerLog(Path log, Path console, long start) {
        this.log = log;
        this.console = console;
        this.start = start;
    }

    /** Marks where the log ends now. */
    static ServerLog from(DataFolder folder) throws IOException {
        boolean exists = Files.isRegularFile(folder.log(), LinkOption.NOFOLLOW_LINKS);
        return new ServerLog(folder.log(), folder.console(), exists ? Files.size(folder.log()) : 0);
    }

    /** The last lines of the log, then of the console, without stack frames. */
    String tail() {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** The last quarter of a megabyte of log and console, without stack frames. */
    List<String> lines() {
        return Stream.concat(read(log, start).lines(), read(console, 0).lines())
                .filter(line -> !line.isBlank() && !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"))
                .filter(line -> !line.matches("\\s+(at .*|\\.\\.\\. \\d+ more)"))
                .toList();
    }

    /** Reads from the position on, or from the file's beginning if it has been rolled over since. */
    private static String read(Path file, long from) {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            long position = Math.max(size < from ? 0 : from, size - TAIL_BYTES);
            InputStream in = Channels.newInputStream(channel.position(position));
            return new String(in.readNBytes(TAIL_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return "(" + file + " cannot be read: " + e.getMessage() + ")\n";
        }
    }
}
