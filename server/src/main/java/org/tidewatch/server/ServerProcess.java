package org.tidewatch.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's processes, from start to end. Threadsafe.
 *
 * <p>Note on implementation: the child is a shell that waits for the server and, in a second shell, for the end of its
 * standard input. This process holds the other end of that pipe: closing it asks the server to end, and so does the
 * kernel when this process is gone. The server's launcher is a JVM of its own that ends with the server and the server
 * with it. Whichever dies, a thread here ends the rest, tidies and lets go of the data folder.
 */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration WRAPPER_BOUND = Duration.ofSeconds(20);
    private static final Duration STOP_BOUND = WRAPPER_BOUND.plusSeconds(10);

    private final Process wrapper;
    private final ServerTree tree;
    private final DataFolder folder;
    private final ServerLog log;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private volatile boolean stopRequested;

    private ServerProcess(Process wrapper, ServerTree tree, DataFolder folder, ServerLog log) {
        this.wrapper = wrapper;
        this.tree = tree;
        this.folder = folder;
        this.log = log;
    }

    /** Takes over the data folder: it is closed when the server has ended. */
    static ServerProcess start(DataFolder folder, Distribution distribution, JavaHome java, Account account)
            throws IOException {
        ServerLog log = ServerLog.from(folder);
        Files.deleteIfExists(folder.console());
        Files.createFile(
                folder.console(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ProcessBuilder builder = new ProcessBuilder(account.command(command(folder, distribution)))
                .directory(folder.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.console().toFile());
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        // Nothing else: the environment of this process may hold secrets that are none of the server's business.
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", path,
                        "LC_ALL", "C.UTF-8",
                        "ES_JAVA_HOME", java.path().toString(),
                        "ES_PATH_CONF", folder.config().toString(),
                        "ES_TMPDIR", folder.temporary().toString(),
                        "CLI_JAVA_OPTS", folder.mark(),
                        "JDK_JAVA_OPTIONS", "-XX:-UsePerfData \"-Djava.io.tmpdir=" + folder.temporary() + "\""));
        ServerTree tree = new ServerTree(folder.processes(), folder.mark());
        ServerProcess process = new ServerProcess(builder.start(), tree, folder, log);
        Thread watcher = new Thread(process::watch, "elasticsearch-exit");
        watcher.setDaemon(true);
        watcher.start();
        return process;
    }

    private static List<String> command(DataFolder folder, Distribution distribution) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session of its own: Ctrl-C at the terminal is for this process, which then ends the server in order.
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of("sh", "-c", script(), "elasticsearch-wrapper", folder.mark()));
        command.add(Long.toString(WRAPPER_BOUND.toSeconds()));
        command.add(distribution.path().resolve("bin/elasticsearch").toString());
        return command;
    }

    static String script() throws IOException {
        try (InputStream in = ServerProcess.class.getResourceAsStream("wrapper.sh")) {
            if (in == null) {
                throw new IllegalStateException("The resource wrapper.sh is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Keeps the list of processes up to date while the server starts. */
    void grow() throws IOException {
        tree.grow(wrapper.toHandle());
    }

    private void watch() {
        int code = -1;
        try {
            code = wrapper.waitFor();
            tree.adoptSession(wrapper.toHandle());
            if (!tree.end()) {
                LOG.warn("Processes of the Elasticsearch on {} do not end; the next start tries again", folder.home());
            } else {
                folder.tidy();
            }
        } catch (IOException e) {
            LOG.warn("Temporary files of the Elasticsearch on {} stay until the next start", folder.home(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            String tail = log.tail();
            try {
                folder.close();
            } catch (IOException e) {
                LOG.warn("The lock of {} is held until this process ends", folder.home(), e);
            }
            exit.complete(new Exit(code, stopRequested, tail));
        }
    }

    CompletableFuture<Exit> exit() {
        return exit;
    }

    ServerLog log() {
        return log;
    }

    /** The server's JVM, a grandchild; the wrapper while the launcher has not started that yet, or not any more. */
    long pid() {
        OptionalLong server = wrapper.children()
                .flatMap(ProcessHandle::children)
                .filter(process -> process.info()
                        .command()
                        .filter(c -> c.endsWith("/java"))
                        .isPresent())
                .mapToLong(ProcessHandle::pid)
                .findFirst();
        return server.orElse(wrapper.pid());
    }

    /** Returns when all processes have ended, by force after a bound; at once by force when interrupted. */
    void stop() {
        stopRequested = true;
        boolean interrupted = false;
        try {
            wrapper.getOutputStream().close();
            exit.get(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (TimeoutException e) {
            LOG.warn("Elasticsearch on {} does not end when asked to: killing it", folder.home());
        } catch (IOException | ExecutionException e) {
            LOG.warn("Elasticsearch on {} cannot be asked to end: killing it", folder.home(), e);
        }
        kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        try {
            tree.kill();
            wrapper.destroyForcibly();
            exit.get(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.error("Elasticsearch on {} cannot be killed", folder.home(), e);
        }
    }
}
