package org.tidewatch.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running embedded Elasticsearch: one node on loopback, with security on and one user who may do everything.
 *
 * <p>It ends with {@link #close()}, and when this process ends in any way, killed included. Its data folder is locked
 * while it runs. Threadsafe.
 */
public final class ElasticsearchServer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final Pattern LOOPBACK_PORT = Pattern.compile("(?m)^127\\.0\\.0\\.1:(\\d{1,5})$");

    /** The server's own bound, {@code watermark.high} in elasticsearch.yml: below it, it places no new index. */
    private static final long LEAST_FREE_BYTES = 500L << 20;

    private final ServerProcess process;
    private final URI uri;
    private final Credential credential;
    private final long pid;
    private final Path folder;
    private final Path passwordFile;

    private ElasticsearchServer(ServerProcess process, URI uri, Credential credential, DataFolder folder) {
        this.process = process;
        this.uri = uri;
        this.credential = credential;
        this.pid = process.pid();
        this.folder = folder.home();
        this.passwordFile = folder.password();
    }

    /**
     * Starts the server and returns when its cluster is yellow or green. What an earlier start left running on the data
     * folder is ended first. Nothing runs when this throws.
     *
     * @param progress takes short lines for a person, on the calling thread
     * @throws ServerException with the reason, the remedy and the end of the server's log
     */
    public static ElasticsearchServer start(ServerSettings settings, Consumer<String> progress)
            throws ServerException, InterruptedException {
        return start(settings, JavaHome.preferred(), progress);
    }

    static ElasticsearchServer start(ServerSettings settings, Path javaHome, Consumer<String> progress)
            throws ServerException, InterruptedException {
        Account account = Account.current();
        JavaHome java = JavaHome.require(javaHome, account);
        Distribution distribution =
                Distribution.in(cache(settings.cache(), account, progress), settings.zip(), progress);
        DataFolder folder = DataFolder.open(settings.data(), account, progress);
        ServerProcess process = null;
        Credential credential;
        try {
            credential = prepare(folder, settings, distribution, account, progress);
            progress.accept("Starting Elasticsearch " + distribution.version() + " as the user " + account.name());
            process = ServerProcess.start(folder, distribution, java, account);
        } catch (IOException e) {
            throw DataFolder.unwritable(folder.home(), e);
        } finally {
            if (process == null) {
                release(folder);
            }
        }
        boolean started = false;
        try {
            URI uri = awaitHealthy(process, folder, credential, settings.startTimeout(), progress);
            Folders.writePrivate(folder.version(), distribution.version() + "\n");
            started = true;
            progress.accept("Elasticsearch is ready at " + uri);
            return new ElasticsearchServer(process, uri, credential, folder);
        } catch (IOException e) {
            throw DataFolder.unwritable(folder.home(), e);
        } finally {
            if (!started) {
                process.stop();
            }
        }
    }

    private static void release(DataFolder folder) throws ServerException {
        try {
            folder.close();
        } catch (IOException e) {
            throw DataFolder.unwritable(folder.home(), e);
        }
    }

    /** The cache, or the one for all users of the machine where the server's user cannot reach it. */
    private static Path cache(Path wished, Account account, Consumer<String> progress) throws InterruptedException {
        if (account.reaches(wished)) {
            return wished;
        }
        Path fallback = Path.of("/var/cache/tidewatch");
        progress.accept("The user " + account.name() + " cannot reach " + wished + ": Elasticsearch's files are in "
                + fallback);
        return fallback;
    }

    private static Credential prepare(
            DataFolder folder,
            ServerSettings settings,
            Distribution distribution,
            Account account,
            Consumer<String> progress)
            throws ServerException, InterruptedException, IOException {
        new ServerTree(folder.processes(), folder.mark()).endLeftover(progress);
        refuseNewerData(folder, distribution.version());
        folder.prepare();
        long free = Files.getFileStore(folder.data()).getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new ServerException(
                    "The disk of " + folder.home() + " is full: " + (free >> 20) + " MB are free, Elasticsearch needs "
                            + (LEAST_FREE_BYTES >> 20) + " MB.",
                    "Free some space on that disk, or set another data folder.");
        }
        if (settings.httpPort().isPresent()) {
            refuseTakenPort(settings.httpPort().getAsInt());
        }
        Credential credential = Credential.keptIn(folder.password());
        new Configuration(folder, account, settings.heapBytes(), settings.httpPort()).write(credential);
        return credential;
    }

    private static void refuseNewerData(DataFolder folder, String version) throws ServerException, IOException {
        Optional<String> last = Folders.read(folder.version());
        if (last.isPresent() && Arrays.compare(numbers(last.get()), numbers(version)) > 0) {
            throw new ServerException(
                    "The data in " + folder.home() + " were written by Elasticsearch " + last.get() + "; this is "
                            + version + ", which cannot read them.",
                    "Use version " + last.get() + " or newer, or start with another data folder.");
        }
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\d{1,9}")
                .matcher(version)
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .limit(3)
                .toArray();
    }

    private static void refuseTakenPort(int port) throws ServerException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new ServerException(
                    "Port " + port + " on 127.0.0.1 is in use by another program: " + e.getMessage() + ".",
                    "Choose another HTTP port, or none to take a free one.",
                    e);
        }
    }

    private static URI awaitHealthy(
            ServerProcess process,
            DataFolder folder,
            Credential credential,
            Duration timeout,
            Consumer<String> progress)
            throws ServerException, InterruptedException, IOException {
        Health health = new Health(credential);
        long start = System.nanoTime();
        long told = start;
        String words = "it has not opened its port yet";
        while (true) {
            process.grow();
            Optional<URI> uri = bound(folder);
            if (uri.isPresent()) {
                Health.Answer answer = health.of(uri.get());
                if (answer.ready()) {
                    process.grow();
                    return uri.get();
                }
                words = answer.words();
            }
            if (process.exit().isDone()) {
                throw died(process);
            }
            long now = System.nanoTime();
            if (now - start > timeout.toNanos()) {
                throw new ServerException(
                        "Elasticsearch was not ready within " + timeout.toSeconds() + " s: " + words + ".",
                        "See its log in " + folder.logs() + "; on a slow machine set a longer start timeout.",
                        process.log().tail(),
                        null);
            }
            if (now - told > TELL.toNanos()) {
                told = now;
                progress.accept("Waiting for Elasticsearch ("
                        + Duration.ofNanos(now - start).toSeconds() + " s): " + words);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static ServerException died(ServerProcess process) {
        Exit exit = process.exit().join();
        Diagnosis diagnosis = Diagnosis.of(process.log().lines(), exit.code());
        return new ServerException(
                "Elasticsearch ended while it started, with exit code " + exit.code() + ". " + diagnosis.problem(),
                diagnosis.remedy(),
                exit.log(),
                null);
    }

    private static Optional<URI> bound(DataFolder folder) throws IOException {
        Optional<String> ports = Folders.read(folder.ports());
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        Matcher port = LOOPBACK_PORT.matcher(ports.get());
        return port.find() ? Optional.of(URI.create("http://127.0.0.1:" + port.group(1))) : Optional.empty();
    }

    /** The address on loopback, without a path: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return uri;
    }

    public String user() {
        return Credential.USER;
    }

    public String password() {
        return credential.password();
    }

    /** The process of the server's JVM, a grandchild of this one. */
    public long pid() {
        return pid;
    }

    /** The file that keeps the password between starts, readable by this process's user alone. */
    public Path passwordFile() {
        return passwordFile;
    }

    /** Where the data, logs and snapshots are: the data folder, or its fallback if the server's user cannot reach it. */
    public Path folder() {
        return folder;
    }

    public boolean isAlive() {
        return !process.exit().isDone();
    }

    /** Completes when all processes of the server have ended, expected or not, and the data folder is free again. */
    public CompletableFuture<Exit> onExit() {
        return process.exit().copy();
    }

    /** Ends the server and returns when it has ended: in order within 20 s, else by force. Does nothing if it has. */
    @Override
    public void close() {
        process.stop();
    }
}
