package org.tidewatch.extract;

import org.tidewatch.frontier.Visit;
import org.tidewatch.url.CanonicalUrl;

/**
 * An address found on a page.
 *
 * @param follow false when the page, its answer's headers or the link itself asks crawlers not to
 */
public record Outlink(CanonicalUrl url, Visit.PageKind kind, boolean follow) {}
