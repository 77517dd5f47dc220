package org.tidewatch.index;

import org.jspecify.annotations.Nullable;

/** Elasticsearch answered that a request is wrong; trying again would not help. */
public final class IndexRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
