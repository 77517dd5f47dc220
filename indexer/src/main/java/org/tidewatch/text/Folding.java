package org.tidewatch.text;

import java.util.List;
import java.util.StringJoiner;

/**
 * Turns text into the form in which tricks and accidents of spelling no longer show: a flat stream of words in small
 * letters, without marks or anything that does not show, in which letters that look alike are one.
 *
 * <p>Safe folds are always made. Risky ones, which read a digit as a letter, three letters as one, or single letters as a
 * word, are made only where the text gives evidence of them, and the word is marked, see {@link FoldedWord}. So no two
 * words that are written as they are meant meet through a risky fold.
 *
 * <p>Words are runs of letters and digits, as in Lucene's StandardTokenizer, Han and Hiragana one character each, 255
 * letters at most; symbols and pictures stand between words. Time is proportional to the length of the text.
 *
 * <p>Thread-safe. {@link #VERSION} is stored beside every fingerprint made from folded text.
 */
public final class Folding {

    /** Grows whenever the same text would fold to something else. */
    public static final int VERSION = 4;

    private Folding() {}

    /**
     * The folded stream of a text, in its order; every word stands one position after the one before. Starts do not
     * decrease, but words may have the same offsets: several letters out of one character, a word next to single letters
     * that is written with them and without, words of an upside-down line.
     */
    public static List<FoldedToken> tokens(String text) {
        return new WordReader(text, true).read();
    }

    /** Folded words of {@code text}, joined by single spaces: what a folded field holds. */
    public static String fold(String text) {
        StringJoiner words = new StringJoiner(" ");
        for (FoldedToken token : tokens(text)) {
            words.add(token.word());
        }
        return words.toString();
    }

    /** The words of {@code source} as something to look for. */
    public static FoldedPhrase phrase(String source) {
        return new FoldedPhrase(new WordReader(source, false)
                .read().stream().map(token -> word(token.word())).toList());
    }

    /**
     * Patterns of a folded stream that a wildcard pattern means: what stands between the wildcards is folded, by the safe
     * folds and by the risky ones. Empty when nothing is left of it.
     *
     * @param pattern in Lucene's syntax, with {@code *}, {@code ?} and {@code \}
     */
    public static List<String> patterns(String pattern) {
        return FoldedPattern.of(pattern);
    }

    /** A word to look for, from its plain folded form. */
    static FoldedWord word(String plain) {
        return new FoldedWord(plain, Leet.risky(plain));
    }
}
