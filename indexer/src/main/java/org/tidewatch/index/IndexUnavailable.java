package org.tidewatch.index;

import org.jspecify.annotations.Nullable;

/** Elasticsearch could not be reached, or went on refusing, for longer than the settings' patience. */
public final class IndexUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
