package org.tidewatch.server;

import org.jspecify.annotations.Nullable;

/** The embedded server did not start: the message says what happened, what to do, and how the server's log ends. */
public final class ServerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;
    private final String log;

    ServerException(String problem, String remedy, String log, @Nullable Throwable cause) {
        super(problem + "\n" + remedy + (log.isEmpty() ? "" : "\nThe server's log ends with:\n" + log), cause);
        this.problem = problem;
        this.remedy = remedy;
        this.log = log;
    }

    ServerException(String problem, String remedy, Throwable cause) {
        this(problem, remedy, "", cause);
    }

    ServerException(String problem, String remedy) {
        this(problem, remedy, "", null);
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }

    /** The end of the server's log without stack frames; empty if the server was not started. */
    public String log() {
        return log;
    }
}
