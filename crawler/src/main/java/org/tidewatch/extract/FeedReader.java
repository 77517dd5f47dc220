package org.tidewatch.extract;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.feed.synd.SyndLink;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SAXBuilder;
import com.rometools.rome.io.WireFeedInput;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/** Reads RSS and Atom feeds: each entry's page is an outlink, and so is the feed's next page. Thread-safe. */
final class FeedReader {

    private final int maxListed;

    FeedReader(int maxListed) {
        this.maxListed = maxListed;
    }

    Extracted read(CanonicalUrl url, String xml, boolean follow) {
        SyndFeed feed;
        try {
            feed = new SyndFeedImpl(new ShallowInput().build(new StringReader(XmlText.fromRoot(xml))));
        } catch (FeedException | IllegalArgumentException e) {
            return new Extracted.Unreadable(Outcome.UNPARSEABLE, "Feed is damaged: " + e.getMessage());
        }
        References references = new References(url, Optional.empty());
        Outlinks outlinks = new Outlinks(url, follow, maxListed);
        for (SyndEntry entry : feed.getEntries()) {
            address(entry).flatMap(references::resolve).ifPresent(target -> outlinks.add(target, PageKind.PAGE, true));
        }
        for (SyndLink link : feed.getLinks()) {
            if (link.getHref() != null && "next".equals(lower(link.getRel()))) {
                references.resolve(link.getHref()).ifPresent(next -> outlinks.add(next, PageKind.FEED, true));
            }
        }
        return new Extracted.Listing(PageKind.FEED, outlinks.list(), List.copyOf(outlinks.problems()));
    }

    private static Optional<String> address(SyndEntry entry) {
        return Optional.ofNullable(entry.getLink())
                .or(() -> entry.getLinks().stream()
                        .map(SyndLink::getHref)
                        .filter(href -> href != null)
                        .findFirst())
                .or(() -> Optional.ofNullable(entry.getUri()).filter(uri -> uri.startsWith("http")));
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** Refuses feeds that are nested too deep: what rome does with embedded markup recurses. */
    private static final class ShallowInput extends WireFeedInput {

        @Override
        protected SAXBuilder createSAXBuilder() {
            SAXBuilder builder = super.createSAXBuilder();
            builder.setXMLFilter(new ShallowXml());
            return builder;
        }
    }
}
