package org.tidewatch.match;

/** The place of a hit with words around it, as the page has them; the hit stands between {@code ⟦} and {@code ⟧}. */
final class Excerpt {

    /** Longest excerpt, marks included. */
    static final int MAX_LENGTH = 300;

    private static final int REACH = 120;
    private static final String CUT = "…";

    /** Characters that marks and signs of cutting take. */
    private static final int SIGNS = 6;

    private Excerpt() {}

    /** A hit that is itself too long is shown by its beginning, up to the sign of the cut, and not marked. */
    static String around(String text, int start, int end) {
        int room = MAX_LENGTH - SIGNS - (end - start);
        if (room < 0) {
            return text.substring(start, onCharacter(text, start + MAX_LENGTH - SIGNS, -1)) + " " + CUT;
        }
        int reach = Math.min(REACH, room / 2);
        int from = onCharacter(text, Math.max(0, start - reach), 1);
        int to = onCharacter(text, Math.min(text.length(), end + reach), -1);
        return (from > 0 ? CUT + " " : "")
                + text.substring(from, start)
                + "⟦"
                + text.substring(start, end)
                + "⟧"
                + text.substring(end, to)
                + (to < text.length() ? " " + CUT : "");
    }

    /** The place itself, or the next one that cuts no surrogate pair in two. */
    private static int onCharacter(String text, int place, int step) {
        return place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place))
                ? place + step
                : place;
    }
}
