package org.tidewatch.text;

/**
 * A word whose letters are of several scripts: finds the script that the word is written in, by the letters that only that
 * script has, and reads the strangers as the letters of it that they look like.
 */
final class Mixture {

    /** A word that has as many letters of its own in each of two scripts is two words written as one. */
    private static final int TWO_WORDS = 3;

    /** By script, the Latin letters that its prototypes are among, so that they don't show what script a word is in. */
    private static final String[] SHARED = {"", "abezhikmnoptyxw", "abekmhopctyxijs", "lio", "lio", ""};

    /** Letters that look like Latin ones and that a word in Latin letters may have as strangers. */
    private static final String STRANGERS = "اهוןס";

    private Mixture() {}

    /** Whether any letter was read as a letter of another script; those letters are changed in place. */
    static boolean settle(Letters letters, int from, int to) {
        int present = 0;
        for (int i = from; i < to; i++) {
            present |= script(letters, i);
        }
        int[] own = new int[Script.values().length];
        int[] all = new int[Script.values().length];
        for (int i = from; i < to; i++) {
            int script = script(letters, i);
            if (script != 0) {
                int index = Integer.numberOfTrailingZeros(script);
                all[index]++;
                own[index] += isOwn(letters.code[i], script, present) ? 1 : 0;
            }
        }
        Script main = Script.LATIN;
        int words = 0;
        for (Script script : Script.values()) {
            int i = script.index();
            boolean more = own[i] == own[main.index()] && own[i] > 0 && all[i] > all[main.index()];
            main = own[i] > own[main.index()] || more ? script : main;
            words += own[i] >= TWO_WORDS ? 1 : 0;
        }
        return words < 2 && read(letters, from, to, main);
    }

    private static boolean read(Letters letters, int from, int to, Script main) {
        boolean changed = false;
        for (int i = from; i < to; i++) {
            int code = letters.code[i];
            boolean digit = Letters.isDigit(code);
            int script = digit ? Glyph.scripts(letters.mark[i]) : script(letters, i);
            boolean inside = i > from && i < to - 1 && script(letters, i - 1) != 0;
            if (script != 0 && script != main.bit() && (!digit || inside)) {
                int read = Lookalikes.among(main, letters.raw[i], code);
                letters.code[i] = read;
                changed |= !digit || read != code;
            }
        }
        return changed;
    }

    /** The bit of a letter's script; 0 for digits and symbols. */
    private static int script(Letters letters, int at) {
        return Letters.isLetter(letters.code[at]) ? Integer.lowestOneBit(Glyph.scripts(letters.mark[at])) : 0;
    }

    private static boolean isOwn(int code, int script, int present) {
        if (script != Script.LATIN.bit()) {
            return code >= 0x80 && STRANGERS.indexOf(code) < 0;
        }
        for (Script other : Script.values()) {
            if ((present & other.bit()) != 0 && SHARED[other.index()].indexOf(code) >= 0) {
                return false;
            }
        }
        return true;
    }
}
