package org.tidewatch.extract;

import java.time.Duration;
import java.util.Locale;
import org.tidewatch.item.Item;

/**
 * The limits within which a page is read.
 *
 * @param agent name by which robots directives address this crawler, lower-case
 * @param timeLimit longest time that a PDF or Office file may take
 * @param maxTextChars longest own text and longest quoted text of one item, in characters
 * @param maxOutlinks outlinks kept of a page
 * @param maxListed addresses kept of a sitemap or feed
 * @param maxMarkupBytes bytes of an HTML page or plain text that are read; the rest is cut
 * @param maxInflatedBytes bytes that a packed file may come to
 * @param maxPosts posts of one page that become items of their own; the words of further ones stay with the page
 * @param fileReaders PDF and Office files that are read at the same time
 */
public record ExtractSettings(
        String agent,
        Duration timeLimit,
        int maxTextChars,
        int maxOutlinks,
        int maxListed,
        int maxMarkupBytes,
        int maxInflatedBytes,
        int maxPosts,
        int fileReaders) {

    public static final ExtractSettings DEFAULTS = new ExtractSettings(
            "tidewatch", Duration.ofSeconds(30), Item.MAX_TEXT, 1_000, 50_000, 4 << 20, 200 << 20, 1_000, 2);

    /** @throws IllegalArgumentException if a limit is not positive or the text limit exceeds {@link Item#MAX_TEXT} */
    public ExtractSettings {
        agent = agent.toLowerCase(Locale.ROOT);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("timeLimit must be positive: " + timeLimit);
        }
        atLeastOne("maxTextChars", maxTextChars);
        atLeastOne("maxOutlinks", maxOutlinks);
        atLeastOne("maxListed", maxListed);
        atLeastOne("maxMarkupBytes", maxMarkupBytes);
        atLeastOne("maxInflatedBytes", maxInflatedBytes);
        atLeastOne("maxPosts", maxPosts);
        atLeastOne("fileReaders", fileReaders);
        if (maxTextChars > Item.MAX_TEXT) {
            throw new IllegalArgumentException("maxTextChars must be at most " + Item.MAX_TEXT + ": " + maxTextChars);
        }
    }

    public ExtractSettings withAgent(String name) {
        return new ExtractSettings(
                name,
                timeLimit,
                maxTextChars,
                maxOutlinks,
                maxListed,
                maxMarkupBytes,
                maxInflatedBytes,
                maxPosts,
                fileReaders);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
