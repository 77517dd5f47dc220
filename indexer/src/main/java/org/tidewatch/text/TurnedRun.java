package org.tidewatch.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Words in a row, within one line, that are upside down. Read from the end, they are written to the stream in the order in
 * which they are read; as they are read against the order of the text, each of several carries the offsets of all.
 *
 * <p>Words without a letter that shows that it is turned ({@code uo}) belong to the run when they stand between words
 * that have one, or between such a word and the line's end or beginning. Not thread-safe.
 */
final class TurnedRun {

    private static final int MOST = 64;
    private static final int MOST_BEFORE = 8;

    private record Word(String back, boolean strong, FoldedToken upright) {}

    private final String text;
    private final List<FoldedToken> tokens;
    private final List<Word> words = new ArrayList<>();

    TurnedRun(String text, List<FoldedToken> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    boolean isOpen() {
        return !words.isEmpty();
    }

    /** Whether every letter can be read upside down, so that a word that has a turned letter is upside down. */
    boolean begins(Letters letters, int from, int to) {
        return !back(letters, from, to).isEmpty();
    }

    /** Whether a word without a turned letter of its own may belong to the run. */
    boolean goesOn(Letters letters, int from, int to) {
        return isSameLine(letters.start[from]) && !back(letters, from, to).isEmpty();
    }

    /** Adds a word; {@code upright} is what it is if it turns out not to be upside down. */
    void add(Letters letters, int from, int to, FoldedToken upright) {
        if (isOpen() && (words.size() == MOST || !isSameLine(upright.start()))) {
            end();
        }
        int marks = 0;
        for (int i = from; i < to; i++) {
            marks |= letters.mark[i];
        }
        boolean strong = (marks & Glyph.MARK_TURNED) != 0;
        if (words.isEmpty()) {
            takeLineBefore(upright.start());
        }
        words.add(new Word(back(letters, from, to), strong, upright));
    }

    /** Writes the words to the stream. */
    void end() {
        if (words.isEmpty()) {
            return;
        }
        int size = words.size();
        if (!isLineEnd(words.get(size - 1).upright().end())) {
            while (!words.get(size - 1).strong()) {
                size--;
            }
        }
        int start = words.get(0).upright().start();
        int end = words.get(size - 1).upright().end();
        for (int i = size - 1; i >= 0; i--) {
            tokens.add(turned(
                    words.get(i),
                    size == 1 ? start : Math.min(start, words.get(i).upright().start()),
                    end));
        }
        for (Word word : words.subList(size, words.size())) {
            tokens.add(word.upright());
        }
        words.clear();
    }

    private static FoldedToken turned(Word word, int start, int end) {
        FoldedToken upright = word.upright();
        boolean risky = upright.word().charAt(0) == FoldedWord.RISKY;
        int folds = Folds.TURNED;
        for (Fold fold : upright.folds()) {
            folds |= fold == Fold.LOOKALIKES ? 0 : Folds.bit(fold);
        }
        return new FoldedToken(risky ? Leet.risky(word.back()) : word.back(), start, end, Folds.of(folds));
    }

    /** Takes the words before {@code start} back from the stream, if the line up to there may all be upside down. */
    private void takeLineBefore(int start) {
        int first = tokens.size();
        int next = start;
        while (first > 0
                && tokens.size() - first < MOST_BEFORE
                && !hasNewline(tokens.get(first - 1).end(), next)) {
            FoldedToken token = tokens.get(first - 1);
            if (back(token.word()).isEmpty()) {
                return;
            }
            first--;
            next = token.start();
        }
        if (first > 0 && !hasNewline(tokens.get(first - 1).end(), next)) {
            return;
        }
        List<FoldedToken> before = tokens.subList(first, tokens.size());
        before.forEach(token -> words.add(new Word(back(token.word()), false, token)));
        before.clear();
    }

    private boolean isSameLine(int start) {
        return !hasNewline(words.get(words.size() - 1).upright().end(), start);
    }

    private boolean hasNewline(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    private boolean isLineEnd(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && !Character.isLetterOrDigit(text.charAt(i))) {
            i++;
        }
        return i == text.length() || text.charAt(i) == '\n';
    }

    /** The word read from its end and the right way up; empty if a letter of it cannot be upside down. */
    private static String back(Letters letters, int from, int to) {
        StringBuilder back = new StringBuilder(to - from);
        for (int i = to - 1; i >= from; i--) {
            int letter = Turned.back(letters.raw[i], letters.code[i] & Letters.CODE);
            if (letter == 0) {
                return "";
            }
            back.append((char) letter);
        }
        return back.toString();
    }

    private static String back(String word) {
        StringBuilder back = new StringBuilder(word.length());
        for (int i = word.length() - 1; i >= 0; i--) {
            int letter = Turned.back(word.charAt(i), word.charAt(i));
            if (letter == 0) {
                return "";
            }
            back.append((char) letter);
        }
        return back.toString();
    }
}
