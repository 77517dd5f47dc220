package org.tidewatch.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The processes of one data folder's server, kept in a file so that the next start ends what a killed one left. They are
 * the wrapper, its watcher, the server's launcher and the server itself. Threadsafe.
 *
 * <p>Note on implementation: a process whose parent dies at once is no one's descendant before it is seen. It still is of
 * the session that the wrapper led, and the kernel gives a session's number to no other while it has a member.
 */
final class ServerTree {
    private static final Duration POLITE = Duration.ofSeconds(20);
    private static final Duration FORCED = Duration.ofSeconds(5);

    private final Path file;
    private final String mark;
    private final Set<ProcessIdentity> members = new LinkedHashSet<>();
    private final Set<Long> sessions = new HashSet<>();

    ServerTree(Path file, String mark) {
        this.file = file;
        this.mark = mark;
    }

    /** Ends what runs still of an earlier start; a process without the folder's mark is another and is left alone. */
    void endLeftover(Consumer<String> progress) throws ServerException, InterruptedException, IOException {
        Folders.read(file).stream()
                .flatMap(String::lines)
                .map(ProcessIdentity::parse)
                .flatMap(Optional::stream)
                .forEach(this::add);
        adoptMarked();
        forgetStrangers();
        if (!alive().isEmpty()) {
            String pids = alive().stream().map(p -> Long.toString(p.pid())).collect(Collectors.joining(", "));
            progress.accept("Ending an Elasticsearch that an earlier start left behind (processes " + pids + ")");
            if (!end()) {
                throw new ServerException(
                        "An Elasticsearch of an earlier start still runs (processes " + pids + ").",
                        "End it, as the user who started it or as root: kill -9 " + pids.replace(",", ""));
            }
        }
        clear();
    }

    /** Adds the processes that have come since, and keeps the list if there were any. */
    void grow(ProcessHandle wrapper) throws IOException {
        Set<ProcessIdentity> seen = new HashSet<>();
        ProcessIdentity.of(wrapper).ifPresent(seen::add);
        wrapper.descendants()
                .filter(process -> carriesMark(process))
                .map(ProcessIdentity::of)
                .flatMap(Optional::stream)
                .forEach(seen::add);
        synchronized (members) {
            if (members.addAll(seen)) {
                String lines = members.stream().map(ProcessIdentity::toString).collect(Collectors.joining("\n"));
                Folders.writePrivate(file, lines + "\n");
            }
        }
    }

    /** Counts in whoever is of the session that the wrapper led, from now on. */
    void adoptSession(ProcessHandle wrapper) {
        synchronized (members) {
            sessions.add(wrapper.pid());
        }
    }

    /** Ends all, with a signal that lets the server close its files, then by force. Tells whether all have ended. */
    boolean end() throws InterruptedException {
        alive().forEach(ProcessHandle::destroy);
        return gone(POLITE) || kill();
    }

    /** Ends all by force. Tells whether all have ended. */
    boolean kill() throws InterruptedException {
        alive().forEach(ProcessHandle::destroyForcibly);
        return gone(FORCED);
    }

    boolean gone(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!alive().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    private List<ProcessHandle> alive() {
        synchronized (members) {
            for (long session : sessions) {
                ProcessHandle.allProcesses()
                        .filter(process -> ProcessIdentity.inSession(process, session))
                        .map(ProcessIdentity::of)
                        .flatMap(Optional::stream)
                        .forEach(members::add);
            }
            return members.stream()
                    .map(ProcessIdentity::alive)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** A number from a file may be of another's session by now: only who carries the mark counts. */
    private void adoptMarked() {
        synchronized (members) {
            Set<Long> leaders = members.stream().map(ProcessIdentity::pid).collect(Collectors.toSet());
            ProcessHandle.allProcesses()
                    .filter(this::carriesMark)
                    .filter(process -> leaders.stream().anyMatch(pid -> ProcessIdentity.inSession(process, pid)))
                    .map(ProcessIdentity::of)
                    .flatMap(Optional::stream)
                    .forEach(members::add);
        }
    }

    private void add(ProcessIdentity member) {
        synchronized (members) {
            members.add(member);
        }
    }

    private void forgetStrangers() {
        synchronized (members) {
            members.removeIf(member -> member.alive().filter(this::carriesMark).isEmpty());
        }
    }

    private void clear() {
        synchronized (members) {
            members.clear();
        }
    }

    private boolean carriesMark(ProcessHandle process) {
        return process.info().commandLine().filter(line -> line.contains(mark)).isPresent();
    }
}
