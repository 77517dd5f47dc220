package org.tidewatch.match;

import java.text.BreakIterator;
import java.util.Locale;
import org.tidewatch.item.Id;
import org.tidewatch.text.Folding;

/**
 * The stretch of text that a match stands in: the sentence (or line) around it, at most {@link #REACH} characters to
 * either side. What a search has flagged once is remembered by the fingerprint of the folded passage, so that an edit
 * elsewhere on the page is not new, and other words around the same match are.
 */
public record Passage(int start, int end, String text) {

    /** Characters that a passage reaches to either side of the match at most. */
    public static final int REACH = 240;

    /** The passage of {@code text} around the match from {@code start} to {@code end}. */
    public static Passage around(String text, int start, int end) {
        int from = Math.max(0, start - REACH);
        int to = Math.min(text.length(), end + REACH);
        String window = text.substring(from, to);
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(window);
        int left = from == start ? 0 : Math.max(0, sentences.preceding(Math.min(window.length(), start - from + 1)));
        int right = end - from >= window.length() ? window.length() : sentences.following(Math.max(0, end - from - 1));
        if (right == BreakIterator.DONE) {
            right = window.length();
        }
        int lineStart = window.lastIndexOf('\n', Math.max(0, start - from - 1)) + 1;
        int lineEnd = window.indexOf('\n', end - from);
        left = Math.min(start - from, Math.max(left, lineStart));
        right = Math.max(end - from, lineEnd < 0 ? right : Math.min(right, lineEnd));
        return new Passage(from + left, from + right, window.substring(left, right));
    }

    /** Same folded words, same fingerprint, on whatever page or host. */
    public String fingerprint() {
        return Id.of("passage", Integer.toString(Folding.VERSION), Folding.fold(text));
    }
}
