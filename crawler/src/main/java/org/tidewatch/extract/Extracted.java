package org.tidewatch.extract;

import java.util.List;
import java.util.Optional;
import org.tidewatch.frontier.Visit;
import org.tidewatch.item.Item;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/** What reading one fetched answer has come to. */
public sealed interface Extracted {

    /**
     * A page or file that was read. It has no items when it is empty or asks not to be indexed.
     *
     * @param signature hash of what the items say: equal signatures mean that nothing worth matching has changed
     * @param canonical the address that the page declares for itself when it is another one; an alias, never an id
     */
    record Page(
            List<Item> items,
            List<Outlink> outlinks,
            String signature,
            Optional<CanonicalUrl> canonical,
            List<Problem> problems)
            implements Extracted {}

    /** A sitemap or feed: addresses without words of its own. */
    record Listing(Visit.PageKind kind, List<Outlink> outlinks, List<Problem> problems) implements Extracted {}

    /** Content that holds no text Tidewatch can read: damaged, encrypted, too slow, or of another kind. */
    record Unreadable(Outcome outcome, String reason) implements Extracted {}
}
