package org.tidewatch.delivery;

import org.tidewatch.match.Reason;

/**
 * A reason's excerpt, harmless, in three pieces: the words before the match, the match, and the words after it. Without a
 * match that can be shown apart, all of it is {@code before}.
 */
record Excerpt(String before, String match, String after) {

    /** The matcher puts the match between these; a page may hold them too. */
    private static final char OPEN = '⟦';

    private static final char CLOSE = '⟧';
    private static final int MAX_MATCH = 400;
    private static final int MAX_SIDE = 200;

    static Excerpt of(Reason reason) {
        String text = reason.excerpt();
        int length = reason.end() - reason.start();
        int open = length > 0 ? opening(text, length) : -1;
        if (open < 0) {
            return new Excerpt(Harmless.line(text, MAX_MATCH + 2 * MAX_SIDE), "", "");
        }
        String before = tail(text.substring(0, open));
        String match = text.substring(open + 1, open + 1 + length);
        String after = Harmless.head(text.substring(open + length + 2), MAX_SIDE);
        if (match.length() > MAX_MATCH) {
            match = Harmless.head(match, MAX_MATCH) + "… ";
        }
        return marked(before, match, after);
    }

    private static int opening(String text, int length) {
        int open = text.indexOf(OPEN);
        while (open >= 0 && (open + 1 + length >= text.length() || text.charAt(open + 1 + length) != CLOSE)) {
            open = text.indexOf(OPEN, open + 1);
        }
        return open;
    }

    /**
     * Makes the pieces harmless. A mark in the middle of an address would hide it from the defanging ({@code evil⟦.example⟧}),
     * so pieces are kept only if together they read like the whole does; failing that the mark grows to the white space
     * around it, and failing that there is none.
     */
    private static Excerpt marked(String before, String match, String after) {
        String whole = Harmless.piece(before + match + after);
        Excerpt exact = pieces(before, match, after);
        if (exact.joined().equals(whole)) {
            return exact;
        }
        int from = before.length();
        while (from > 0 && !isSpace(before.charAt(from - 1))) {
            from--;
        }
        int to = 0;
        while (to < after.length() && !isSpace(after.charAt(to))) {
            to++;
        }
        Excerpt wide = pieces(
                before.substring(0, from),
                before.substring(from) + match + after.substring(0, to),
                after.substring(to));
        return wide.joined().equals(whole) ? wide : new Excerpt(whole, "", "");
    }

    private static Excerpt pieces(String before, String match, String after) {
        return new Excerpt(Harmless.piece(before), Harmless.piece(match), Harmless.piece(after));
    }

    private String joined() {
        return (before + match + after).replaceAll(" +", " ");
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String tail(String text) {
        if (text.length() <= MAX_SIDE) {
            return text;
        }
        int from = text.length() - MAX_SIDE;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
