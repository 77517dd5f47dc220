package org.tidewatch.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The server's files, unpacked from its zip into a cache folder named for the zip's content.
 *
 * <p>Note on implementation: under a lock between processes the zip is unpacked to a folder beside the final one, which
 * is then renamed. A process that dies leaves only that partial folder, which the next one deletes. At each start the
 * sizes of all files are compared with the zip, so a folder that lost files is unpacked anew.
 */
record Distribution(Path path, String version) {
    /** A file lock holds between processes only; closing a second channel in this one would drop it. */
    private static final ReentrantLock ONE_THREAD = new ReentrantLock();

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Finds or makes the unpacked distribution. Waits while another process unpacks. */
    static Distribution in(Path cache, Path zip, Consumer<String> progress)
            throws ServerException, InterruptedException {
        String remedy = "Fetch the zip again from the Maven registry, for example by deleting it and building anew.";
        if (!Files.isRegularFile(zip)) {
            throw new ServerException("There is no Elasticsearch zip at " + zip + ".", remedy);
        }
        try (FileSystem content = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
            List<Entry> entries = Entry.of(content.getPath("/"));
            String root = root(entries, zip, remedy);
            Path unpacked = cache.resolve(root + "-" + fingerprint(entries));
            if (!intact(unpacked, entries)) {
                unpackLocked(cache, unpacked, entries, progress);
            }
            return new Distribution(unpacked.resolve(root), root.substring(root.indexOf('-') + 1));
        } catch (BrokenZip e) {
            throw new ServerException("The Elasticsearch zip " + zip + " is damaged: " + e.getMessage(), remedy, e);
        } catch (ZipException e) {
            throw new ServerException(
                    "The Elasticsearch zip " + zip + " is truncated or damaged: " + e.getMessage(), remedy, e);
        } catch (IOException e) {
            throw Diagnosis.ofWriting("Cannot unpack Elasticsearch into " + cache, e);
        }
    }

    private static String root(List<Entry> entries, Path zip, String remedy) throws ServerException {
        List<String> roots = entries.stream()
                .map(entry -> entry.name().split("/", 2)[0])
                .distinct()
                .toList();
        if (roots.size() != 1 || !roots.get(0).matches("elasticsearch-\\d+\\.\\d+\\.\\d+.*")) {
            throw new ServerException("The zip " + zip + " is no Elasticsearch server.", remedy);
        }
        return roots.get(0);
    }

    private static String fingerprint(List<Entry> entries) {
        CRC32 crc = new CRC32();
        for (Entry entry : entries) {
            crc.update(entry.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static boolean intact(Path unpacked, List<Entry> entries) {
        for (Entry entry : entries) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(
                        unpacked.resolve(entry.name()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory() != entry.folder()
                        || (!entry.folder() && attributes.size() != entry.size())) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static void unpackLocked(Path cache, Path unpacked, List<Entry> entries, Consumer<String> progress)
            throws IOException, InterruptedException {
        Folders.createReadable(cache);
        Path lockFile = cache.resolve("unpack.lock");
        ONE_THREAD.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, progress);
            if (intact(unpacked, entries)) {
                return;
            }
            progress.accept("Unpacking Elasticsearch into " + unpacked);
            Path partial = unpacked.resolveSibling(unpacked.getFileName() + ".partial");
            delete(partial);
            try {
                unpack(partial, entries);
                delete(unpacked);
                Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                delete(partial);
                throw e;
            }
        } finally {
            ONE_THREAD.unlock();
        }
    }

    /** Locks the file until the channel is closed. */
    private static void lock(FileChannel channel, Consumer<String> progress) throws IOException, InterruptedException {
        boolean told = false;
        while (channel.tryLock() == null) {
            if (!told) {
                progress.accept("Waiting for another process that unpacks Elasticsearch");
                told = true;
            }
            Thread.sleep(100);
        }
    }

    private static void unpack(Path target, List<Entry> entries) throws IOException, InterruptedException {
        Folders.createReadable(target);
        for (Entry entry : entries) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while unpacking Elasticsearch");
            }
            Path file = target.resolve(entry.name()).normalize();
            if (!file.startsWith(target)) {
                throw new BrokenZip(entry.name() + " leads out of the folder");
            }
            if (entry.folder()) {
                Folders.createReadable(file);
            } else {
                Folders.createReadable(Folders.parent(file));
                write(entry, file);
            }
        }
    }

    private static void write(Entry entry, Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(entry.source()), crc);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            in.transferTo(out);
            channel.force(true);
        }
        if (crc.getValue() != entry.crc()) {
            throw new BrokenZip(entry.name() + " has a wrong checksum");
        }
        Files.setPosixFilePermissions(file, entry.executable() ? EXECUTABLE : FILE);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The zip's content contradicts itself. */
    private static final class BrokenZip extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenZip(String message) {
            super(message);
        }
    }

    /** One file or folder of the zip; {@code name} is relative, with slashes. */
    private record Entry(Path source, String name, boolean folder, long size, long crc, boolean executable) {
        static List<Entry> of(Path root) throws IOException {
            try (Stream<Path> paths = Files.walk(root)) {
                List<Path> sorted =
                        paths.filter(path -> path.getNameCount() > 0).sorted().toList();
                List<Entry> entries = new ArrayList<>();
                for (Path path : sorted) {
                    entries.add(of(root, path));
                }
                return entries;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private static Entry of(Path root, Path path) throws IOException {
            boolean executable = Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
            return new Entry(
                    path,
                    root.relativize(path).toString(),
                    Files.isDirectory(path),
                    Files.isDirectory(path) ? 0 : Files.size(path),
                    Files.isDirectory(path) ? 0 : (Long) Files.getAttribute(path, "zip:crc"),
                    executable);
        }
    }
}
