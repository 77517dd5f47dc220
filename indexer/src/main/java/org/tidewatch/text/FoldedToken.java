package org.tidewatch.text;

import java.util.Set;

/**
 * One word of a folded stream.
 *
 * @param word letters and digits only; begins with {@link FoldedWord#RISKY} when a risky fold made it
 * @param start first character of the original text that the word was made from
 * @param end one past its last
 * @param folds what was done to it; empty when it stands in the text as it is here
 */
public record FoldedToken(String word, int start, int end, Set<Fold> folds) {

    public FoldedToken {
        folds = Set.copyOf(folds);
    }
}
