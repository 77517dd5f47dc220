package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
    private static final String ROOT = "elasticsearch-8.19.21";

    @TempDir
    private Path temporary;

    @Test
    void keepsContentAndExecutableBits() throws Exception {
        Path home = Distribution.in(cache(), zip(), line -> {}).path();
        assertThat(Files.readString(home.resolve("bin/elasticsearch"))).isEqualTo("#!/bin/sh\n");
        assertThat(permissions(home.resolve("bin/elasticsearch"))).isEqualTo("rwxr-xr-x");
        assertThat(permissions(home.resolve("lib/server.jar"))).isEqualTo("rw-r--r--");
        assertThat(permissions(home.resolve("lib"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void unpacksOnceAndAnewWhenAFileIsGone() throws Exception {
        List<String> progress = new ArrayList<>();
        Path home = Distribution.in(cache(), zip(), progress::add).path();
        Distribution.in(cache(), zip(), progress::add);
        assertThat(progress).hasSize(1);
        Files.delete(home.resolve("lib/server.jar"));
        Distribution.in(cache(), zip(), progress::add);
        assertThat(progress).hasSize(2);
        assertThat(home.resolve("lib/server.jar")).exists();
    }

    @Test
    void replacesWhatAKilledProcessLeftHalfUnpacked() throws Exception {
        Path unpacked = Distribution.in(cache(), zip(), line -> {}).path().getParent();
        Path partial = unpacked.resolveSibling(unpacked.getFileName() + ".partial");
        Files.move(unpacked, partial);
        Files.delete(partial.resolve(ROOT + "/lib/server.jar"));
        assertThat(Distribution.in(cache(), zip(), line -> {}).path().resolve("lib/server.jar"))
                .exists();
        assertThat(partial).doesNotExist();
    }

    @Test
    void unpacksOnceForManyAtTheSameTime() throws Exception {
        Path zip = zip();
        List<String> progress = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Distribution> unpack = () -> Distribution.in(cache(), zip, progress::add);
            for (Future<Distribution> done : threads.invokeAll(List.of(unpack, unpack, unpack, unpack))) {
                assertThat(done.get().path().resolve("lib/server.jar")).exists();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(progress.stream().filter(line -> line.startsWith("Unpacking")))
                .hasSize(1);
    }

    @Test
    void aZipClippedAnywhereIsRefusedAndLeavesNothing() throws Exception {
        Path zip = zip();
        long whole = Files.size(zip);
        for (long length = whole - 1; length >= 0; length -= 7) {
            try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
                file.setLength(length);
            }
            assertThatThrownBy(() -> Distribution.in(cache(), zip, line -> {}))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("The Elasticsearch zip " + zip + " is truncated or damaged")
                    .hasMessageContaining("Fetch the zip again");
        }
        assertThat(cache()).doesNotExist();
    }

    @Test
    void theRealZipCutInTheMiddleIsRefused() throws Exception {
        Path cut = temporary.resolve("cut.zip");
        byte[] head = new byte[1 << 20];
        try (var in = Files.newInputStream(TestSettings.ZIP)) {
            assertThat(in.readNBytes(head, 0, head.length)).isEqualTo(head.length);
        }
        Files.write(cut, head);
        assertThatThrownBy(() -> Distribution.in(cache(), cut, line -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("truncated or damaged");
    }

    @Test
    void anEntryThatLeadsOutOfTheFolderIsRefused() throws Exception {
        Path zip = temporary.resolve("slip.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(ROOT + "/../../escaped"));
            out.write(1);
        }
        assertThatThrownBy(() -> Distribution.in(cache(), zip, line -> {})).isInstanceOf(ServerException.class);
        try (Stream<Path> left = Files.walk(temporary)) {
            assertThat(left.filter(path -> path.endsWith("escaped"))).isEmpty();
        }
    }

    @Test
    void aChangedByteIsFoundByItsChecksum() throws Exception {
        Path zip = temporary.resolve("stored.zip");
        byte[] content = "stored as it is".getBytes(StandardCharsets.UTF_8);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            ZipEntry entry = new ZipEntry(ROOT + "/lib/server.jar");
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write(content);
        }
        byte[] bytes = Files.readAllBytes(zip);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("stored as");
        bytes[at] ^= 1;
        Files.write(zip, bytes);
        assertThatThrownBy(() -> Distribution.in(cache(), zip, line -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("lib/server.jar has a wrong checksum");
    }

    @Test
    void aZipOfSomethingElseIsRefused() throws Exception {
        Path zip = temporary.resolve("other.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertThatThrownBy(() -> Distribution.in(cache(), zip, line -> {}))
                .hasMessageContaining("is no Elasticsearch server");
    }

    /** Root may mount a disk of one megabyte; without that right there is no small disk to fill. */
    @Test
    void aFullDiskIsNamedAndNothingIsLeftOnIt() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0);
        try {
            assertThatThrownBy(() -> Distribution.in(disk.resolve("cache"), TestSettings.ZIP, line -> {}))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("Free some space");
            try (Stream<Path> left = Files.walk(disk)) {
                assertThat(left.filter(Files::isRegularFile))
                        .extracting(path -> path.getFileName().toString())
                        .containsExactly("unpack.lock");
            }
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private Path cache() {
        return temporary.resolve("cache");
    }

    private Path zip() throws IOException {
        Path zip = temporary.resolve("server.zip");
        if (Files.exists(zip)) {
            return zip;
        }
        try (FileSystem content =
                FileSystems.newFileSystem(zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Path bin = Files.createDirectories(content.getPath(ROOT, "bin"));
            Path script = Files.writeString(bin.resolve("elasticsearch"), "#!/bin/sh\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path lib = Files.createDirectories(content.getPath(ROOT, "lib"));
            try (OutputStream jar = Files.newOutputStream(lib.resolve("server.jar"))) {
                jar.write(new byte[4096]);
            }
            Files.setPosixFilePermissions(lib.resolve("server.jar"), PosixFilePermissions.fromString("rw-rw----"));
        }
        return zip;
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
