package org.tidewatch.index;

/** Elasticsearch answered that a request is wrong; trying again would not help. */
public final class IndexRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
