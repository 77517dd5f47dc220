package org.tidewatch.match;

import org.tidewatch.item.Item;

/**
 * The saved searches in force, as far as they are known here. The known set may be older than the one in the index until
 * {@link #upToDate} is asked. Implementations are thread-safe.
 */
public interface Searches {

    /** Revision of the set that {@link #match} goes by; does not ask the index. */
    long revision();

    Matching match(Item item);

    /**
     * Reads in real time which revision is in force, and takes it up if it is not known yet.
     *
     * @return the revision that {@link #match} goes by from now on; lower than the one in force only when that one
     *     cannot be taken up
     * @throws org.tidewatch.index.IndexUnavailable when the index cannot be asked, or the new set does not come in time
     */
    long upToDate();
}
