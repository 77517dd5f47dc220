package org.tidewatch.match;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.item.Item;
import org.tidewatch.search.SearchStore;

/**
 * A matcher that follows the saved searches: {@link #follow} looks whether the set has a new revision and takes it up.
 * While the index cannot be reached it goes on with what it has. Not thread-safe: one task owns it.
 */
public final class LiveMatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveMatcher.class);

    private final SearchStore store;
    private @Nullable Matcher current;

    public LiveMatcher(SearchStore store) {
        this.store = store;
    }

    /** Whether a set has been read yet; before that nothing may be matched, or the items would pass unseen. */
    public boolean ready() {
        return current != null;
    }

    public void follow() {
        try {
            long revision = store.revision();
            Matcher before = current;
            if (before != null && before.revision() == revision) {
                return;
            }
            Matcher fresh = new Matcher(store.load());
            fresh.unreadable()
                    .forEach(failure ->
                            LOG.error("Saved search {} matches nothing: {}", failure.search(), failure.reason()));
            LOG.info("Matching with revision {} of the saved searches", fresh.revision());
            current = fresh;
            if (before != null) {
                before.close();
            }
        } catch (IndexUnavailable e) {
            LOG.warn("Saved searches could not be read again: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("The former set of searches could not be closed", e);
        }
    }

    /** @throws IllegalStateException before the first set was read */
    public Matching match(Item item) {
        Matcher matcher = current;
        if (matcher == null) {
            throw new IllegalStateException("No saved searches were read yet");
        }
        return matcher.match(item);
    }

    @Override
    public void close() throws IOException {
        Matcher matcher = current;
        if (matcher != null) {
            matcher.close();
        }
    }
}
