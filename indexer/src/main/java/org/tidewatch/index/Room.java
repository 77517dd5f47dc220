package org.tidewatch.index;

import java.util.Locale;

/** The indices of Tidewatch. What one document of each is, and how its id is made, is in the design document. */
public enum Room {
    FRONTIER,
    ITEMS,
    MATCHES,
    FLAGGED,
    CLUSTERS,
    ALERTS,
    DELIVERIES,
    SEARCHES,
    SEEDS,
    MEDIA,
    DECISIONS,
    AUDIT,
    OUTCOMES,
    METRICS,
    TOMBSTONES,
    LEASES;

    /** Name without prefix and version, which is also the name of the mapping's resource. */
    public String plain() {
        return name().toLowerCase(Locale.ROOT);
    }
}
