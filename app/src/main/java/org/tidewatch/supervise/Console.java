package org.tidewatch.supervise;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * What a person reads while Tidewatch works. Lines go to one stream; a progress line is rewritten in place on a terminal
 * and left out elsewhere, but for one every half minute. Thread-safe.
 */
public final class Console {

    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean terminal;
    private boolean pending;
    private Instant lastProgress = Instant.EPOCH;

    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    public synchronized void progress(String text, Instant now) {
        if (terminal) {
            clear();
            out.print(text.length() > WIDTH ? text.substring(0, WIDTH) : text);
            out.flush();
            pending = true;
        } else if (lastProgress.plus(QUIET).isBefore(now)) {
            out.println(text);
            out.flush();
            lastProgress = now;
        }
    }

    private void clear() {
        if (pending) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            pending = false;
        }
    }
}
