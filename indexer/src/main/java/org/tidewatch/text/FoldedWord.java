package org.tidewatch.text;

import java.util.List;

/**
 * A word that is looked for, in the two forms in which a folded stream may hold it.
 *
 * @param plain as it is after the safe folds
 * @param risky as it is after the risky folds too: marked with {@link #RISKY}, so that it meets only words that give
 *     evidence of having been disguised
 */
public record FoldedWord(String plain, String risky) {

    /** First character of a word that a risky fold made; no letter or digit, so no plain word begins with it. */
    public static final char RISKY = '~';

    /** The words written as one. */
    public static FoldedWord joined(List<FoldedWord> words) {
        StringBuilder plain = new StringBuilder();
        words.forEach(word -> plain.append(word.plain()));
        return Folding.word(plain.toString());
    }
}
