package org.tidewatch.frontier;

import org.tidewatch.url.CanonicalUrl;

/** A URL that a page, feed or sitemap leads to. */
public record Found(CanonicalUrl url, Visit.PageKind kind) {}
