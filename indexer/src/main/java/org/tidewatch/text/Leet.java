package org.tidewatch.text;

/**
 * Digits and symbols that stand for letters, and the skeleton in which they, and the letters that cannot be told apart
 * once they are used, are one.
 */
final class Leet {

    /** Symbol and the letter it is read as; {@link Lookalikes#STROKE} for what is an i as well as an l. */
    private static final String SYMBOLS =
            "@a $s !i || +t (c <c {c [c €e £l ¢c ¥y §s ©c ®r ×x °o ¡i ¦| †t ∂d ∑e ∆a √v ∩u ∪u ⊂c ⊥t ∞o"
                    + " ₳a ฿b ₵c ₡c ₫d ₣f ₲g ₭k ₤l ₥m ₦n ₱p ₽p ₹r ₴s ₮t ₩w ₿b ℮e ⭕o ❌x ✖x ❗i";

    /** Symbols that people also set between single letters. */
    private static final String SEPARATORS = "|!+¡¦×°†({[<⭕❌✖❗";

    /** Letters whose skeleton is another letter's. */
    private static final String CLASSES =
            "1i |i li 0o 3e 4a 5s 7t 2z 6b 8b 9b gb зe чa бb вb нh яr λл φф ɸф πn σc єe ԑe ҽe ꙍw ꙇi үy þp ƿp اi هo עe حt עe וi ןi סo";

    private static final char[] ASCII = new char[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            int mapped = find(CLASSES, c);
            ASCII[c] = mapped == 0 ? c : (char) mapped;
        }
    }

    private Leet() {}

    /** The letter that a symbol stands for between letters, or 0. */
    static int symbol(int codePoint) {
        return find(SYMBOLS, codePoint);
    }

    /** Whether a symbol, though it may stand for a letter, is also one to set letters apart with. */
    static boolean separates(int symbol) {
        return SEPARATORS.indexOf(symbol) >= 0;
    }

    /** The class of a letter or digit: i, l and 1 are one, o and 0, and so on. */
    static int skeleton(int code) {
        if (code < ASCII.length) {
            return ASCII[code];
        }
        int mapped = find(CLASSES, code);
        return mapped == 0 ? code : mapped;
    }

    /** The marked form of a plain word: classes instead of letters, every run of one class as one. */
    static String risky(String plain) {
        StringBuilder skeleton = new StringBuilder(plain.length() + 1).append(FoldedWord.RISKY);
        int last = -1;
        for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
            int code = skeleton(plain.codePointAt(i));
            if (code != last) {
                skeleton.appendCodePoint(code);
                last = code;
            }
        }
        return skeleton.toString();
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
