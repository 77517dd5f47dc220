package org.tidewatch.extract;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.tidewatch.item.Account;

/**
 * A post as one of the faces has found it in the markup.
 *
 * @param id stable on its host
 * @param permalink absolute, may carry a fragment
 * @param published machine-readable date of publication, as written
 * @param said elements that hold the post's own words, and quotes within them
 * @param quoted elements whose words are another's altogether: what was forwarded, replied to, previewed
 * @param shown elements that hold only media and links
 * @param apart elements within {@code said} that are no words of the post, such as its date
 */
record FoundPost(
        Element root,
        String id,
        String permalink,
        Optional<Account> author,
        Optional<String> published,
        Optional<String> modified,
        Optional<String> replyTo,
        String title,
        List<Element> said,
        List<Element> quoted,
        List<Element> shown,
        List<Element> apart) {}
