package org.tidewatch.text;

import java.util.stream.IntStream;

/**
 * A word whose letters are of several scripts: finds the script that the word is written in and reads the strangers as the
 * letters of it that they look like.
 *
 * <p>All letters count for their script, those that no other has anything like most. Three scripts, none with such a
 * letter or with most of them, are taken for Latin.
 */
final class Mixture {

    /** A word that has as many letters in each of two scripts may be two words written as one. */
    private static final int TWO_WORDS = 3;

    /** How many other letters a letter that only its script has weighs as much as. */
    private static final int OWN_WEIGHT = 3;

    /** By script, the Latin letters that its letters are compared as, so that they don't show what script a word is in. */
    private static final String[] SHARED = {"", "abeikmnoptuvwxyz", "abcehijkmnoprstuvwxy", "lio", "lio", ""};

    /** Letters of either script that look like one of the other, beside those that look like a Latin one at once. */
    private static final String GREEK_AND_CYRILLIC = "πλφσлф";

    /** Capitals that are as good an l as an i. */
    private static final String CAPITAL_STROKES = "ΙІ";

    /** Two letters or, in a Greek word, one. */
    private static final String SHARP_S = "ßẞ";

    /** Among small letters it looks like Cyrillic н, and not like the small letter of its own. */
    private static final int CAPITAL_ETA = 'Η';

    private final Letters letters;
    private final int from;
    private final int to;
    private final int[] own = new int[SHARED.length];
    private final int[] all = new int[SHARED.length];
    private int present;

    private Mixture(Letters letters, int from, int to) {
        this.letters = letters;
        this.from = from;
        this.to = to;
    }

    /** Whether any letter was read as a letter of another script; those letters are changed in place. */
    static boolean settle(Letters letters, int from, int to) {
        Mixture mixture = new Mixture(letters, from, to);
        mixture.count();
        return !mixture.isTwoWords() && mixture.read(mixture.main());
    }

    private void count() {
        for (int i = from; i < to; i++) {
            present |= script(i);
        }
        for (int i = from; i < to; i++) {
            int script = script(i);
            if (isAskew(i)) {
                all[Script.CYRILLIC.index()]++;
                own[Script.CYRILLIC.index()]++;
            } else if (SHARP_S.indexOf(letters.raw[i]) >= 0 && (present & Script.GREEK.bit()) != 0) {
                all[Script.GREEK.index()]++;
            } else if (script != 0 && !Lookalikes.isDecorative(letters.raw[i])) {
                int index = Integer.numberOfTrailingZeros(script);
                all[index]++;
                own[index] += isOwn(i, script) ? 1 : 0;
            }
        }
    }

    private boolean isAskew(int at) {
        boolean cyrillic = (present & Script.CYRILLIC.bit()) != 0;
        return cyrillic && letters.raw[at] == CAPITAL_ETA && hasSmall();
    }

    private boolean hasSmall() {
        for (int i = from; i < to; i++) {
            if (Character.isLowerCase(letters.raw[i])) {
                return true;
            }
        }
        return false;
    }

    private Script main() {
        Script main = Script.LATIN;
        boolean most = IntStream.of(all).max().orElse(0) * 2 > to - from;
        if (Integer.bitCount(present) > 2 && IntStream.of(own).sum() == 0 && !most) {
            return main;
        }
        for (Script script : Script.values()) {
            int i = script.index();
            int m = main.index();
            int weight = OWN_WEIGHT * (own[i] - own[m]) + all[i] - all[m];
            main = weight > 0 || (weight == 0 && own[i] > own[m]) ? script : main;
        }
        return main;
    }

    /** Enough letters that only either script has, or some, and one script up to one place and then another. */
    private boolean isTwoWords() {
        int words = 0;
        int halves = 0;
        for (int i = 0; i < own.length; i++) {
            words += own[i] >= TWO_WORDS ? 1 : 0;
            halves += all[i] >= TWO_WORDS && own[i] > 0 ? 1 : 0;
        }
        return words > 1 || (halves > 1 && changes() == 1);
    }

    private int changes() {
        int changes = 0;
        int last = 0;
        for (int i = from; i < to; i++) {
            int script = script(i);
            changes += script != 0 && last != 0 && script != last ? 1 : 0;
            last = script == 0 ? last : script;
        }
        return changes;
    }

    private boolean read(Script main) {
        boolean changed = false;
        for (int i = from; i < to; i++) {
            int code = letters.code[i];
            boolean digit = Letters.isDigit(code);
            int script = digit ? Glyph.scripts(letters.mark[i]) : script(i);
            boolean inside = i > from && i < to - 1 && script(i - 1) != 0;
            boolean stranger = script != 0 && (script != main.bit() || Lookalikes.isDecorative(letters.raw[i]));
            if (CAPITAL_STROKES.indexOf(letters.raw[i]) >= 0) {
                letters.code[i] = Lookalikes.STROKE;
                changed = true;
            } else if (stranger && (!digit || inside)) {
                int read = Lookalikes.among(main, letters.raw[i], code);
                read = read == code && code >= 0x80 ? Lookalikes.among(Script.LATIN, letters.raw[i], code) : read;
                letters.code[i] = read;
                changed |= !digit || read != code;
            }
        }
        return changed;
    }

    /** The bit of a letter's script; 0 for digits and symbols. */
    private int script(int at) {
        return Letters.isLetter(letters.code[at]) ? Integer.lowestOneBit(Glyph.scripts(letters.mark[at])) : 0;
    }

    private boolean isOwn(int at, int script) {
        int code = letters.code[at];
        if (script == Script.GREEK.bit() || script == Script.CYRILLIC.bit()) {
            boolean both = (present & Script.GREEK.bit()) != 0 && (present & Script.CYRILLIC.bit()) != 0;
            return Lookalikes.isProof(code) && !(both && GREEK_AND_CYRILLIC.indexOf(code) >= 0);
        }
        if (script != Script.LATIN.bit()) {
            return Lookalikes.among(Script.LATIN, letters.raw[at], code) >= 0x80;
        }
        for (Script other : Script.values()) {
            if (code >= 0x80 || ((present & other.bit()) != 0 && SHARED[other.index()].indexOf(code) >= 0)) {
                return false;
            }
        }
        return true;
    }
}
