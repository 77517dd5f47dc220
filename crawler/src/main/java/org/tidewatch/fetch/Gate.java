package org.tidewatch.fetch;

import org.tidewatch.url.CanonicalUrl;

/** Says which URLs may not be asked for, by the word of a person. Thread-safe. */
@FunctionalInterface
public interface Gate {

    /** Lets everything through. */
    Gate OPEN = url -> false;

    boolean covers(CanonicalUrl url);
}
