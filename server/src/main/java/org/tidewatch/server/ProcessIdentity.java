package org.tidewatch.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process told apart from a later one with the same number.
 *
 * @param pid the process's number
 * @param start a text that the kernel gives to this process alone: on Linux the boot and the tick of the start, which no
 *     change of the clock moves (proc_pid_stat(5), field 22), elsewhere the time of the start
 */
record ProcessIdentity(long pid, String start) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int SESSION_AFTER_NAME = 3;
    private static final int START_TICK_AFTER_NAME = 19;

    /** Empty if the process has ended. */
    static Optional<ProcessIdentity> of(ProcessHandle process) {
        if (Files.exists(BOOT)) {
            try {
                String boot = Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
                String tick = statAfterName(process)[START_TICK_AFTER_NAME];
                return Optional.of(new ProcessIdentity(process.pid(), boot + ":" + tick));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return process.info()
                .startInstant()
                .map(Instant::toString)
                .map(start -> new ProcessIdentity(process.pid(), start));
    }

    /** Whether the process is of the session that the given one leads or led; never where there is no {@code /proc}. */
    static boolean inSession(ProcessHandle process, long leader) {
        try {
            return statAfterName(process)[SESSION_AFTER_NAME].equals(Long.toString(leader));
        } catch (IOException e) {
            return false;
        }
    }

    /** The fields from the third on: the second, the name, may hold blanks and brackets. */
    private static String[] statAfterName(ProcessHandle process) throws IOException {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    static Optional<ProcessIdentity> parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        boolean whole = parts.length == 2 && parts[0].matches("\\d{1,18}");
        return whole ? Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts[1])) : Optional.empty();
    }

    /** The process, if it still is the same one and runs. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> of(process)
                .equals(Optional.of(this)));
    }

    @Override
    public String toString() {
        return pid + " " + start;
    }
}
