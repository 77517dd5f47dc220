package org.tidewatch.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A data folder taken by one server of one process, until closed or until the process ends in any way. */
final class FolderLock implements AutoCloseable {
    /**
     * The lock files held in this process. POSIX drops a process's lock when any of its descriptors of the file is
     * closed, so a second channel must not even be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static FolderLock of(Path folder) throws ServerException, IOException {
        Path file = folder.toRealPath().resolve("elasticsearch.lock");
        if (!HELD.add(file)) {
            throw taken(folder, "This process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                ByteBuffer holder = ByteBuffer.allocate(32);
                channel.read(holder);
                String pid = StandardCharsets.US_ASCII
                        .decode(holder.flip())
                        .toString()
                        .strip();
                throw taken(folder, "Another Tidewatch (process " + pid + ")");
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return new FolderLock(file, channel);
        } catch (ServerException | IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
        }
    }

    private static ServerException taken(Path folder, String by) {
        return new ServerException(
                by + " already runs Elasticsearch on the data folder " + folder + ".",
                "Stop it first, or give this one a data folder of its own.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
