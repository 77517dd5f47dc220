package org.tidewatch.text;

import com.ibm.icu.text.Normalizer2;
import java.util.List;
import java.util.Optional;

/**
 * Reads a text, one character after the other and in time proportional to its length, into words: runs of letters and
 * digits, with what does not show left out, words broken at a line's end put together, and symbols kept for the moment
 * when they stand right behind a letter. Used for one text and then thrown away.
 */
final class WordReader {

    private static final Normalizer2 COMPOSE = Normalizer2.getNFCInstance();
    private static final long APOSTROPHE = Gap.other(Gap.NONE, '\'');

    /** What may stand behind a word's letters before it is known whether the word has ended. */
    private enum Tail {
        NONE,
        SOFT_HYPHEN,
        HYPHEN,
        HYPHEN_AND_LINE_END
    }

    private final String text;
    private final Spelling spelling;
    private final SpacedLetters spaced;
    private final Letters word = new Letters();

    private Tail tail = Tail.NONE;
    /** What stands before the word that is being read. */
    private long before = Gap.NONE;
    /** What has been read since the last letter. */
    private long gap = Gap.NONE;
    /** The first symbol of the word that no letter has followed yet, or -1. */
    private int openSymbol = -1;
    /** The last opening bracket in the word, or -1. */
    private int bracket = -1;
    /** Folds that the next letter of the word needs. */
    private int pending;

    /** @param document whether it is a text to be searched, not one to be looked for */
    WordReader(String text, boolean document) {
        this.text = text;
        this.spelling = new Spelling(text, document);
        this.spaced = new SpacedLetters(spelling, document);
    }

    /** The words of the text; may be called once. */
    List<FoldedToken> read() {
        char[] chars = text.toCharArray();
        int length = chars.length;
        for (int i = 0; i < length; ) {
            int c = chars[i];
            int next = i + 1;
            int folds = 0;
            if (c == '&') {
                Optional<CharacterReference> reference = CharacterReference.at(text, i);
                if (reference.isPresent()) {
                    c = reference.get().codePoint();
                    next = reference.get().end();
                    folds = Folds.ENTITIES;
                }
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                c = Character.codePointAt(chars, i);
                next = i + Character.charCount(c);
            }
            long glyph = GlyphTable.of(c);
            int kind = Glyph.kind(glyph);
            if (kind == Glyph.LETTER || kind == Glyph.DIGIT) {
                add(Glyph.code(glyph), c, i, next, Glyph.mark(glyph) | folds);
            } else {
                other(glyph, kind, c, i, next, folds);
            }
            i = next;
        }
        end();
        spaced.end(gap);
        return spelling.finish();
    }

    private void add(int code, int raw, int start, int end, int mark) {
        int marks = mark;
        if (tail != Tail.NONE) {
            marks |= join(code);
        }
        if (word.isFull()) {
            end();
        }
        if (word.size == 0) {
            before = gap;
            gap = Gap.NONE;
            pending &= ~Folds.INVISIBLE;
        }
        if (openSymbol >= 0 && !Letters.isDigit(code)) {
            openSymbol = -1;
        }
        word.add(code, raw, start, end, marks | pending);
        pending = 0;
    }

    /** Ends the word that a hyphen stands behind, or goes on with it; the folds that it then needs. */
    private int join(int code) {
        boolean letters = !Letters.isDigit(code) || !Letters.isDigit(word.code[word.size - 1]);
        boolean soft = tail == Tail.SOFT_HYPHEN;
        boolean broken = tail == Tail.HYPHEN_AND_LINE_END && letters;
        if (!soft && !broken) {
            end();
            return 0;
        }
        tail = Tail.NONE;
        gap = Gap.NONE;
        return broken ? Folds.HYPHENATION : Folds.INVISIBLE;
    }

    /** Takes anything but an ordinary letter or digit. */
    private void other(long glyph, int kind, int c, int start, int end, int folds) {
        switch (kind) {
            case Glyph.SPACE -> space();
            case Glyph.NEWLINE -> newline();
            case Glyph.HYPHEN -> hyphen();
            case Glyph.SOFT_HYPHEN -> tail = tail == Tail.NONE && word.size > 0 ? Tail.SOFT_HYPHEN : tail;
            case Glyph.INVISIBLE -> pending |= Folds.INVISIBLE | folds;
            case Glyph.MARK -> mark(end, Glyph.mark(glyph) | folds);
            case Glyph.COMPOSING -> compose(glyph, start, end, folds);
            case Glyph.SYMBOL -> symbol(Glyph.code(glyph), c, start, end, folds);
            case Glyph.EXPANSION -> expand(glyph, c, start, end, folds);
            case Glyph.REGIONAL -> add(Glyph.code(glyph), c, start, end, Glyph.mark(glyph) | folds);
            case Glyph.IDEOGRAPH -> {
                end();
                add(Glyph.code(glyph), c, start, end, Glyph.mark(glyph) | folds);
                end();
            }
            case Glyph.APOSTROPHE -> {
                end();
                gap = Gap.other(gap, '\'');
            }
            case Glyph.EMOJI -> {
                end();
                gap = Gap.picture(gap);
            }
            default -> {
                close(c);
                end();
                gap = Gap.other(gap, c);
            }
        }
    }

    private void space() {
        if (tail == Tail.NONE) {
            end();
        } else if (tail == Tail.SOFT_HYPHEN) {
            tail = Tail.HYPHEN;
        }
        gap = Gap.space(gap);
    }

    private void newline() {
        if (tail == Tail.NONE || tail == Tail.HYPHEN_AND_LINE_END || word.size == 1) {
            end();
        } else {
            tail = Tail.HYPHEN_AND_LINE_END;
        }
        gap = Gap.newline(gap);
    }

    private void hyphen() {
        if (word.size > 0 && (tail == Tail.NONE || tail == Tail.SOFT_HYPHEN)) {
            tail = Tail.HYPHEN;
        } else {
            end();
        }
        gap = Gap.other(gap, '-');
    }

    private void mark(int end, int mark) {
        if (word.size > 0 && tail == Tail.NONE) {
            word.mark[word.size - 1] |= mark;
            word.end[word.size - 1] = end;
        }
    }

    /** A kana voice mark or a part of a Hangul syllable: one letter with the one before, if there is such a letter. */
    private void compose(long glyph, int start, int end, int folds) {
        int part = Glyph.code(glyph);
        int last = word.size - 1;
        int whole = last >= 0 && tail == Tail.NONE ? COMPOSE.composePair(word.code[last], part) : -1;
        if (whole >= 0) {
            word.code[last] = whole;
            word.raw[last] = whole;
            mark(end, Folds.FORM | folds);
        } else if (LetterForm.isVoiceMark(part)) {
            mark(end, Folds.MARKS | folds);
        } else {
            add(part, part, start, end, Glyph.mark(glyph) | folds);
        }
    }

    private void symbol(int code, int raw, int start, int end, int folds) {
        boolean joins = tail == Tail.NONE
                || tail == Tail.SOFT_HYPHEN
                || (tail == Tail.HYPHEN_AND_LINE_END && !Leet.separates(raw));
        if (word.size > 0 && joins && !word.isFull()) {
            if (tail != Tail.NONE) {
                pending |= join(code);
            }
            openSymbol = openSymbol < 0 ? word.size : openSymbol;
            bracket = "([{<".indexOf(raw) >= 0 ? word.size : bracket;
            word.add(code | Letters.SYMBOL, raw, start, end, folds | pending);
            pending = 0;
            return;
        }
        end();
        if (spaced.isEmpty() || gap == Gap.NONE) {
            gap = Gap.other(gap, raw);
        } else {
            spaced.addSymbol(code, raw, start, end, gap);
            gap = Gap.NONE;
        }
    }

    private void expand(long glyph, int raw, int start, int end, int folds) {
        String letters = GlyphTable.expansion(Glyph.code(glyph));
        for (int i = 0; i < letters.length(); ) {
            int c = letters.codePointAt(i);
            if (c == ' ') {
                end();
                gap = Gap.space(gap);
            } else {
                add(c, raw, start, end, Glyph.mark(glyph) | folds);
            }
            i += Character.charCount(c);
        }
    }

    /** An opening bracket in the word that is closed again is a bracket, and no letter. */
    private void close(int c) {
        int closed = ")]}>".indexOf(c);
        if (closed < 0 || bracket < 0 || openSymbol >= 0 || word.raw[bracket] != "([{<".charAt(closed)) {
            return;
        }
        int size = word.size;
        hand(0, bracket, before);
        hand(bracket + 1, size, Gap.other(Gap.NONE, word.raw[bracket]));
        clear();
    }

    /** Ends the word. */
    private void end() {
        if (word.size == 0) {
            return;
        }
        if (openSymbol < 0) {
            hand(0, word.size, before);
        } else {
            handWithoutSymbols();
        }
        clear();
    }

    private void clear() {
        word.size = 0;
        tail = Tail.NONE;
        openSymbol = -1;
        bracket = -1;
    }

    /** The word up to the symbols that no letter follows, and then the numbers that stand behind them. */
    private void handWithoutSymbols() {
        hand(0, openSymbol, before);
        long between = Gap.NONE;
        int from = openSymbol;
        for (int i = openSymbol; i < word.size; i++) {
            if (Letters.isSymbol(word.code[i])) {
                hand(from, i, between);
                between = Gap.other(i > from ? Gap.NONE : between, word.raw[i]);
                from = i + 1;
            }
        }
        hand(from, word.size, between);
        if (from == word.size && gap == Gap.NONE) {
            gap = between;
        }
    }

    /** Hands a word on without the flags at its ends. */
    private void hand(int from, int to, long gapBefore) {
        if (from == to) {
            return;
        }
        if (!Flags.isRegional(word.raw[from]) && !Flags.isRegional(word.raw[to - 1])) {
            handLetters(from, to, gapBefore);
            return;
        }
        int first = from + Flags.atStart(word, from, to);
        int last = to - Flags.atEnd(word, first, to);
        if (first < last) {
            handLetters(first, last, first > from ? Gap.picture(gapBefore) : gapBefore);
        }
        if (last < to && gap == Gap.NONE) {
            gap = Gap.picture(gap);
        }
    }

    /** Hands a word on, or a letter that stands alone, with what stands before it. */
    private void handLetters(int from, int to, long gapBefore) {
        boolean alphabetic = (word.mark[from] & Glyph.MARK_ALPHABETIC) != 0;
        boolean single = to - from == 1 || word.start[from] == word.start[to - 1];
        if (single && alphabetic && gapBefore != APOSTROPHE) {
            spaced.add(word, from, to, gapBefore);
            return;
        }
        if (!spaced.isEmpty()) {
            spaced.end(gapBefore);
        }
        if (SpacedLetters.isSetApartBySymbols(word, from, to)) {
            spaced.withoutSymbols(word, from, to);
        } else {
            spelling.word(word, from, to, false);
        }
    }
}
