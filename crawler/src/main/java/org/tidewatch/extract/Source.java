package org.tidewatch.extract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.frontier.Visit;

/**
 * A fetched answer that waits to be read. The content is not copied: nobody may change it afterwards.
 *
 * @param content bytes after content decoding, at most as many as the fetcher's cap lets through
 * @param contentType the Content-Type header as sent
 * @param robotsTag all X-Robots-Tag headers as sent
 */
@SuppressWarnings("ArrayRecordComponent")
public record Source(
        Visit visit, byte[] content, Optional<String> contentType, List<String> robotsTag, Instant fetchedAt) {}
