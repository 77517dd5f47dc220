package org.tidewatch.text;

/**
 * What one code point means to the folding, packed into a long so that a table of them costs no objects: the folded code
 * point (bits 0 to 20), its kind, the bit of its {@link Script}, the bits of the {@link Fold}s that made it, and two
 * flags. Zero is no glyph.
 */
final class Glyph {

    /** Ends a word. */
    static final int BREAK = 1;
    /** White space within a line. */
    static final int SPACE = 2;

    static final int NEWLINE = 3;
    /** A hyphen that shows; ends a word unless a line ends right behind it. */
    static final int HYPHEN = 4;
    /** A hyphen that shows only where a line is broken. */
    static final int SOFT_HYPHEN = 5;

    static final int APOSTROPHE = 6;
    /** Picture symbols, which are all alike when they stand between letters. */
    static final int EMOJI = 7;
    /** Does not show. */
    static final int INVISIBLE = 8;
    /** Belongs to the letter before. */
    static final int MARK = 9;

    static final int LETTER = 10;
    static final int DIGIT = 11;
    /** A word of its own: Han and Hiragana, as in Lucene's StandardTokenizer. */
    static final int IDEOGRAPH = 12;
    /** Stands for a letter when it stands between letters. */
    static final int SYMBOL = 13;
    /** Several letters; the code is an index, see {@link GlyphTable#expansion}. */
    static final int EXPANSION = 14;
    /** Half of a flag or a letter in a box. */
    static final int REGIONAL = 15;
    /** Joins with what stands before it into one character: kana voice marks, vowels and finals of Hangul. */
    static final int COMPOSING = 16;

    /** Letters of alphabets, which a word can be spaced into; not of syllabaries. */
    private static final long ALPHABETIC = 1L << 45;

    private static final long TURNED = 1L << 46;

    private static final int KIND = 21;
    private static final int SCRIPT = 26;
    private static final int FOLDS = 32;

    /** Bits that {@link #mark} keeps for a letter of a word. */
    static final int MARK_TURNED = 1 << 30;

    static final int MARK_ALPHABETIC = 1 << 29;
    static final int MARK_FOLDS = (1 << 13) - 1;
    static final int MARK_SCRIPTS = 13;

    private Glyph() {}

    static long of(int kind, int code) {
        return ((long) kind << KIND) | code;
    }

    static long letter(int kind, int code, int scripts, int folds, boolean alphabetic) {
        return of(kind, code) | ((long) scripts << SCRIPT) | ((long) folds << FOLDS) | (alphabetic ? ALPHABETIC : 0);
    }

    static long turned(long glyph) {
        return glyph | TURNED;
    }

    static int kind(long glyph) {
        return (int) (glyph >>> KIND) & 31;
    }

    static int code(long glyph) {
        return (int) glyph & 0x1FFFFF;
    }

    static int folds(long glyph) {
        return (int) (glyph >>> FOLDS) & MARK_FOLDS;
    }

    /** Folds in the low bits, scripts from {@link #MARK_SCRIPTS}, and the flags. */
    static int mark(long glyph) {
        return ((int) (glyph >>> FOLDS) & MARK_FOLDS)
                | (((int) (glyph >>> SCRIPT) & 63) << MARK_SCRIPTS)
                | ((glyph & TURNED) != 0 ? MARK_TURNED : 0)
                | ((glyph & ALPHABETIC) != 0 ? MARK_ALPHABETIC : 0);
    }

    static int scripts(int mark) {
        return (mark >>> MARK_SCRIPTS) & 63;
    }
}
