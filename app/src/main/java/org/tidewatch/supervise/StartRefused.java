package org.tidewatch.supervise;

/** Something stands in the way of a start; the message says what and how to mend it. */
public final class StartRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
