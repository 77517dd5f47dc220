package org.tidewatch.match;

import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Words at positions next to each other in one of several streams, each in one or two spellings. A single word is a row of
 * one. Immutable.
 */
final class Row {

    private final Word[] words;
    private final List<Sign> signs;
    private final long streams;

    /** @param other second spelling, if there is one */
    record Word(Spelling one, @Nullable Spelling other) {}

    /** A spelling with its hash in a {@link TokenTable}. */
    record Spelling(String word, int hash) {
        static Spelling of(String word) {
            return new Spelling(word, TokenTable.hash(word));
        }
    }

    /**
     * @param words at least one
     * @param signs that the document has if the row stands in it: of the word, or of each two neighbours
     */
    Row(List<Word> words, List<Sign> signs, long streams) {
        this.words = words.toArray(Word[]::new);
        this.signs = List.copyOf(signs);
        this.streams = streams;
    }

    int length() {
        return words.length;
    }

    boolean isIn(Evaluation evaluation) {
        for (int i = 0; i < signs.size(); i++) {
            if (!evaluation.has(signs.get(i))) {
                return false;
            }
        }
        return words.length <= 2 || !eachStart(evaluation.tokens(), place -> {}, true);
    }

    /** Gives the first place of each stretch where it stands, at most {@code most} of them. */
    void starts(Evaluation evaluation, int most, IntConsumer starts) {
        int[] given = {0};
        eachStart(
                evaluation.tokens(),
                place -> {
                    if (given[0]++ < most) {
                        starts.accept(place);
                    }
                },
                false);
    }

    /** Looks around every place of the word that the document has least of; false when it was told to stop at the first. */
    private boolean eachStart(TokenTable tokens, IntConsumer starts, boolean onlyFirst) {
        int[] ones = new int[words.length];
        int[] others = new int[words.length];
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < words.length; i++) {
            ones[i] = token(tokens, words[i].one());
            others[i] = token(tokens, words[i].other());
            int count = count(tokens, ones[i]) + count(tokens, others[i]);
            if (count < fewest) {
                fewest = count;
                rarest = i;
            }
        }
        return eachStart(tokens, ones[rarest], rarest, ones, others, starts, onlyFirst)
                && eachStart(tokens, others[rarest], rarest, ones, others, starts, onlyFirst);
    }

    private boolean eachStart(
            TokenTable tokens, int token, int at, int[] ones, int[] others, IntConsumer starts, boolean onlyFirst) {
        int place = token == TokenTable.NONE ? TokenTable.NONE : tokens.firstPlace(token);
        while (place != TokenTable.NONE) {
            if ((streams & 1L << tokens.streamAt(place)) != 0 && stands(tokens, place - at, ones, others)) {
                starts.accept(place - at);
                if (onlyFirst) {
                    return false;
                }
            }
            place = tokens.nextPlace(place);
        }
        return true;
    }

    private static int token(TokenTable tokens, @Nullable Spelling spelling) {
        return spelling == null ? TokenTable.NONE : tokens.token(spelling.word(), spelling.hash());
    }

    private static int count(TokenTable tokens, int token) {
        return token == TokenTable.NONE ? 0 : tokens.count(token);
    }

    private static boolean stands(TokenTable tokens, int start, int[] ones, int[] others) {
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < ones.length; i++) {
            if (i > 0 && !tokens.isFollowed(start + i - 1)) {
                return false;
            }
            int token = tokens.tokenAt(start + i);
            if (token != ones[i] && token != others[i]) {
                return false;
            }
        }
        return true;
    }

    /** Its rarest sign. */
    Anchors anchors(Rarity rarity) {
        return Anchors.rarest(
                signs.stream().map(sign -> Anchors.of(sign, rarity)).toList());
    }

    void addSigns(Set<Sign> all) {
        all.addAll(signs);
    }
}
