package org.tidewatch.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The data folder, locked, with everything the server keeps between starts.
 *
 * <p>Note on implementation: {@code home} is the wished folder, or a folder in {@code /var/lib/tidewatch} where this
 * process is root's and the server's user cannot reach the wished one. A file in the wished folder then names it and
 * goes on naming it, so that data never seems lost when permissions change. Home belongs to this process's user;
 * the server's user owns only folders within it and can replace neither password, lock nor list of processes.
 */
final class DataFolder implements AutoCloseable {
    private static final Path FALLBACK = Path.of("/var/lib/tidewatch");

    private final Path wished;
    private final Path home;
    private final Account account;
    private final List<FolderLock> locks;

    private DataFolder(Path wished, Path home, Account account, List<FolderLock> locks) {
        this.wished = wished;
        this.home = home;
        this.account = account;
        this.locks = locks;
    }

    static DataFolder open(Path wished, Account account, Consumer<String> progress)
            throws ServerException, InterruptedException {
        try {
            if (account.isOther()) {
                Folders.createReadable(wished);
            } else {
                Folders.createPrivate(wished);
            }
            FolderLock lock = FolderLock.of(wished);
            try {
                Path home = home(wished, account, progress);
                return new DataFolder(
                        wished,
                        home,
                        account,
                        home.equals(wished) ? List.of(lock) : List.of(FolderLock.of(home), lock));
            } catch (ServerException | InterruptedException | IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(wished, e);
        }
    }

    private static Path home(Path wished, Account account, Consumer<String> progress)
            throws ServerException, InterruptedException, IOException {
        Path location = wished.resolve("elasticsearch.location");
        Optional<Path> settled = Folders.read(location).map(Path::of);
        if (settled.isEmpty() && account.reaches(wished)) {
            return wished;
        }
        if (settled.isEmpty() && Files.exists(wished.resolve("data"))) {
            throw new ServerException(
                    "The data folder " + wished + " holds data, but the user " + account.name() + " cannot reach it.",
                    "Give all users the right to enter its parent folders (chmod o+x), or move it.");
        }
        Path home = settled.orElseGet(() -> FALLBACK.resolve(hash(wished)));
        if (settled.isEmpty()) {
            setAside(home, progress);
        }
        Folders.createReadable(home);
        if (!account.reaches(home)) {
            throw new ServerException(
                    "The user " + account.name() + " can reach neither " + wished + " nor " + home + ".",
                    "Give all users the right to enter one of them (chmod o+x on the parent folders).");
        }
        Folders.writePrivate(location, home + "\n");
        progress.accept(
                "The user " + account.name() + " cannot reach " + wished + ": Elasticsearch's data are in " + home);
        return home;
    }

    /** A fallback without a data folder that names it belongs to one that was deleted: a new one starts empty. */
    private static void setAside(Path home, Consumer<String> progress) throws IOException {
        if (!Files.exists(home)) {
            return;
        }
        int number = 1;
        while (Files.exists(aside(home, number))) {
            number++;
        }
        Files.move(home, aside(home, number));
        progress.accept("Data of a deleted data folder are set aside in " + aside(home, number));
    }

    private static Path aside(Path home, int number) {
        return home.resolveSibling(home.getFileName() + "." + number);
    }

    /** Creates what is missing and gives the server's user what it writes to; config and temporary files start empty. */
    void prepare() throws ServerException, InterruptedException {
        try {
            for (Path folder : List.of(data(), logs(), snapshots(), temporary(), config())) {
                Folders.createPrivate(folder);
                account.ownTree(folder);
                if (!account.may("-w", folder)) {
                    throw unwritable(folder, new IOException("not writable for " + account.name()));
                }
            }
            Files.deleteIfExists(ports());
            account.empty(temporary());
            account.empty(config());
        } catch (IOException e) {
            throw unwritable(home, e);
        }
    }

    /** Removes temporary files of a server that has ended. */
    void tidy() throws IOException, InterruptedException {
        account.empty(temporary());
        Files.deleteIfExists(ports());
        Files.deleteIfExists(processes());
    }

    static ServerException unwritable(Path folder, IOException cause) {
        return Diagnosis.ofWriting("Cannot use the data folder " + folder, cause);
    }

    /** Short and the same for each start: it marks the command lines of this folder's processes. */
    String mark() {
        return "-Dtidewatch.data=" + hash(home);
    }

    private static String hash(Path path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    Path home() {
        return home;
    }

    Path password() {
        return wished.resolve("elasticsearch.password");
    }

    Path processes() {
        return home.resolve("elasticsearch.pid");
    }

    Path version() {
        return home.resolve("elasticsearch.version");
    }

    Path console() {
        return home.resolve("elasticsearch.out");
    }

    Path data() {
        return home.resolve("data");
    }

    Path logs() {
        return home.resolve("logs");
    }

    Path log() {
        return logs().resolve(Configuration.CLUSTER + ".log");
    }

    Path ports() {
        return logs().resolve("http.ports");
    }

    Path snapshots() {
        return home.resolve("snapshots");
    }

    Path temporary() {
        return home.resolve("tmp");
    }

    Path config() {
        return home.resolve("config");
    }

    @Override
    public void close() throws IOException {
        for (FolderLock lock : locks) {
            lock.close();
        }
    }
}
