package org.tidewatch.extract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Account;
import org.tidewatch.item.Kind;
import org.tidewatch.item.Media;
import org.tidewatch.item.Post;

/**
 * All that reading has found out about one item, before the visit's own facts join it.
 *
 * @param language as declared, not yet compared with the text
 */
record Draft(
        Kind kind,
        String url,
        String title,
        Words words,
        Optional<Account> author,
        Optional<Post> post,
        Optional<Instant> publishedAt,
        Optional<Instant> modifiedAt,
        Optional<String> language,
        List<Media> media,
        List<String> links) {}
