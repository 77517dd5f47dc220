package org.tidewatch.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns the letters of a word into a token: settles what the strangers among them mean, whether the word is upside down,
 * and whether there is evidence that it was disguised. Not thread-safe.
 */
final class Spelling {

    /** Letters that a digit at a word's edge needs beside it to stand for one: {@code 4rmy}, but not {@code 4th}. */
    private static final int BESIDE_DIGIT = 3;

    /** As many of one letter in a row are evidence. */
    private static final int REPEATS = 3;

    private static final String HAMZA_CARRIERS = "ؤئ";
    private static final String LONG_VOWELS = "اوي";
    private static final int NUN = 'ن';

    private static final Pattern ROMAN_NUMERAL =
            Pattern.compile("m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})");

    private final String text;
    private final boolean marked;
    private final List<FoldedToken> tokens = new ArrayList<>();
    private final TurnedRun turned;

    /**
     * @param marked whether a word that shows evidence is written in its marked form, as a document's is; a query's words
     *     are all plain
     */
    Spelling(String text, boolean marked) {
        this.text = text;
        this.marked = marked;
        this.turned = new TurnedRun(text, tokens);
    }

    /** All tokens, in order. No word may follow. */
    List<FoldedToken> finish() {
        turned.end();
        return tokens;
    }

    /**
     * Takes the letters from {@code from} up to {@code to} as one word.
     *
     * @param spaced whether the letters stood apart
     */
    void word(Letters letters, int from, int to, boolean spaced) {
        int marks = 0;
        int codes = 0;
        int changed = 0;
        boolean unusual = spaced;
        int row = 0;
        int last = -1;
        for (int i = from; i < to; i++) {
            int code = letters.code[i];
            marks |= letters.mark[i];
            codes |= code;
            changed |= code ^ letters.raw[i];
            row = code == last ? row + 1 : 1;
            last = code;
            unusual |= row >= REPEATS || code <= '9' || code == Lookalikes.STROKE;
        }
        int scripts = Glyph.scripts(marks);
        boolean mixed = (scripts & scripts - 1) != 0;
        boolean strange = codes < 0x80 && scripts > Script.LATIN.bit();
        if (unusual || mixed || strange || Letters.isSymbol(codes) || (marks & Glyph.MARK_TURNED) != 0) {
            unusual(letters, from, to, marks, spaced);
            return;
        }
        int start = letters.start[from];
        int end = letters.end[to - 1];
        boolean untouched = changed == 0 && end - start == to - from;
        String word = untouched ? text.substring(start, end) : new String(letters.code, from, to - from);
        add(letters, from, to, new FoldedToken(word, start, end, Folds.of(marks & Glyph.MARK_FOLDS)));
    }

    private void unusual(Letters letters, int from, int to, int marks, boolean spaced) {
        int scripts = Glyph.scripts(marks);
        if ((scripts & scripts - 1) == 0) {
            settled(letters, from, to, marks, spaced, false);
        } else {
            Letters copy = letters.copy(from, to);
            settled(copy, 0, to - from, marks, spaced, Mixture.settle(copy, 0, to - from));
        }
    }

    /** @param mixed whether letters of another script were among the word's */
    private void settled(Letters letters, int from, int to, int marks, boolean spaced, boolean mixed) {
        int scripts = Glyph.scripts(marks);
        int evidence = spaced ? Folds.SPACED : 0;
        evidence |= isLeet(letters, from, to) ? Folds.LEET : 0;
        evidence |= isRepeating(letters, from, to) ? Folds.REPEATS : 0;
        String plain = plain(letters, from, to);
        boolean strange = scripts > Script.LATIN.bit()
                && plain.chars().allMatch(c -> c < 0x80)
                && plain.chars().anyMatch(Letters::isLetter);
        int folds = (marks & Glyph.MARK_FOLDS) | evidence | (mixed || strange ? Folds.LOOKALIKES : 0);
        String word = marked && (evidence != 0 || mixed) ? Leet.risky(plain) : plain;
        FoldedToken token = new FoldedToken(word, letters.start[from], letters.end[to - 1], Folds.of(folds));
        if ((marks & Glyph.MARK_TURNED) != 0 && to - from > 1 && turned.begins(letters, from, to)) {
            turned.add(letters, from, to, token);
        } else {
            add(letters, from, to, token);
        }
    }

    private void add(Letters letters, int from, int to, FoldedToken token) {
        if (turned.isOpen() && turned.goesOn(letters, from, to)) {
            turned.add(letters, from, to, token);
        } else {
            turned.end();
            tokens.add(token);
        }
    }

    /** A symbol or digit between letters, one digit before or a nought behind letters, or an ambiguous stroke. */
    private static boolean isLeet(Letters letters, int from, int to) {
        int first = -1;
        int last = -1;
        int digits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int code = letters.code[i];
            if (Letters.isSymbol(code) || code == Lookalikes.STROKE) {
                return true;
            }
            if (Letters.isDigit(code)) {
                digits++;
            } else {
                first = first < 0 ? i : first;
                last = i;
                count++;
            }
        }
        if (digits == 0 || count == 0) {
            return false;
        }
        int inside = last - first + 1 - count;
        boolean leading = digits == 1 && first > from && count >= BESIDE_DIGIT;
        boolean trailing = digits == 1 && letters.code[to - 1] == '0' && count >= BESIDE_DIGIT;
        return inside > 0 || leading || trailing;
    }

    /**
     * Three of a letter in a row, unless the word is nothing but that letter, {@code www}, or a number, {@code XIII}. What
     * carries a hamza is compared as the letter under it, but is no evidence: {@code تهيئي}. Arabic verbs whose root ends with a
     * double nun have a third in the feminine plural: {@code يظننن}.
     */
    private static boolean isRepeating(Letters letters, int from, int to) {
        boolean repeats = false;
        boolean others = false;
        int row = 0;
        for (int i = from; i < to; i++) {
            int code = letters.code[i];
            boolean same = i > from && code == letters.code[i - 1];
            int one = HAMZA_CARRIERS.indexOf(letters.raw[i]) < 0 ? 1 : 0;
            row = same ? row + one : one;
            boolean grammar =
                    code == NUN && row == REPEATS && i == to - 1 && isAfterConsonant(letters, from, to - REPEATS);
            repeats |= row >= REPEATS && Letters.isLetter(code) && !grammar;
            others |= !same && i > from && Letters.isLetter(code);
        }
        return repeats
                && others
                && !ROMAN_NUMERAL.matcher(plain(letters, from, to)).matches();
    }

    private static boolean isAfterConsonant(Letters letters, int from, int at) {
        return at > from && LONG_VOWELS.indexOf(letters.code[at - 1]) < 0;
    }

    private static String plain(Letters letters, int from, int to) {
        StringBuilder plain = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            int code = letters.code[i] & Letters.CODE;
            plain.appendCodePoint(code == Lookalikes.STROKE ? 'l' : code);
        }
        return plain.toString();
    }
}
