package org.tidewatch.extract;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/** Reads sitemaps (sitemaps.org protocol 0.9): lists of pages and of further sitemaps, in XML or text. Thread-safe. */
final class SitemapReader {

    private final int maxListed;

    SitemapReader(int maxListed) {
        this.maxListed = maxListed;
    }

    Extracted read(CanonicalUrl url, String text, boolean follow) {
        boolean xml = text.stripLeading().startsWith("<");
        byte[] content = (xml ? XmlText.fromRoot(text) : text).getBytes(StandardCharsets.UTF_8);
        try {
            AbstractSiteMap sitemap = new SiteMapParser(false, true)
                    .parseSiteMap(xml ? "application/xml" : "text/plain", content, url(url));
            Outlinks outlinks = new Outlinks(url, follow, maxListed);
            if (sitemap instanceof SiteMapIndex index) {
                index.getSitemaps().forEach(each -> add(outlinks, each.getUrl(), PageKind.SITEMAP));
            } else if (sitemap instanceof SiteMap pages) {
                pages.getSiteMapUrls().forEach(each -> add(outlinks, each.getUrl(), PageKind.PAGE));
            }
            return new Extracted.Listing(PageKind.SITEMAP, outlinks.list(), List.copyOf(outlinks.problems()));
        } catch (UnknownFormatException | IOException e) {
            return new Extracted.Unreadable(Outcome.UNPARSEABLE, "Sitemap is damaged: " + e.getMessage());
        }
    }

    private static void add(Outlinks outlinks, URL url, PageKind kind) {
        CanonicalUrl.of(url.toString()).ifPresent(target -> outlinks.add(target, kind, true));
    }

    private static URL url(CanonicalUrl url) throws MalformedURLException {
        return url.uri().toURL();
    }
}
