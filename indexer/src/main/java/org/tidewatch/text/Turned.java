package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;

/**
 * Upside-down writing: every letter is replaced by one that looks like it turned by half a circle, and, as a turned line
 * is read from its other end, the whole is written backwards: {@code uoɔlɐɟ}.
 */
final class Turned {

    /** Turned letter and what it is; none of them is an ordinary letter the right way up. */
    private static final String LETTERS =
            "ɐa ɔc ǝe əe ɛe ɟf ƃg ᵷg ⅁g ɥh ᴉi ıi ɾj ɿj ʞk ʃl ןl ꞁl ⅂l ɯm ɹr ᴚr ʇt ʌv ʍw ʎy ⅄y ⅎf ∀a";

    /** Those that living languages and phonetic script use so much that they prove nothing alone. */
    private static final String WEAK = "əɔɛʌɯıʃןꞁ∀";

    /** Ordinary letters and digits that turned writing consists of, and what they are when turned back. */
    private static final String ORDINARY = "bq dp ll nu oo pd qb ss un xx zz || 00 11 22 33 44 55 77 88 69 96";

    private Turned() {}

    /** Whether a code point shows that its word may be upside down. */
    static boolean isStrong(int codePoint) {
        int small = UCharacter.toLowerCase(codePoint);
        return find(LETTERS, small) != 0 && WEAK.indexOf(small) < 0;
    }

    /** What a turned letter is compared as where the word around it is the right way up; 0 for any other code point. */
    static int upright(int codePoint) {
        int small = UCharacter.toLowerCase(codePoint);
        return switch (small) {
            case 'ı', 'ʃ', 'ן', 'ꞁ' -> 0;
            case 'ɯ' -> 'w';
            case 'ʍ' -> 'm';
            default -> find(LETTERS, small);
        };
    }

    /**
     * What a letter of upside-down writing is when turned back, or 0 when there is no such letter in upside-down writing.
     *
     * @param raw the code point in the text
     * @param code what it folds to the right way up
     */
    static int back(int raw, int code) {
        int letter = find(LETTERS, UCharacter.toLowerCase(raw));
        return letter != 0 ? letter : find(ORDINARY, code);
    }

    private static int find(String pairs, int codePoint) {
        for (int i = 0; i < pairs.length(); i += 3) {
            if (pairs.charAt(i) == codePoint) {
                return pairs.charAt(i + 1);
            }
        }
        return 0;
    }
}
