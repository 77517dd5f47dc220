package org.tidewatch.match;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.tidewatch.text.FoldedWord;

/**
 * Words at positions next to each other, each in one or two spellings. A single word is a row of one. Immutable.
 */
final class Row {

    /** A spelling with its hash in a {@link TokenTable}. */
    private record Spelling(String word, int hash) {
        static Spelling of(String word) {
            return new Spelling(word, TokenTable.hash(word));
        }

        int in(TokenTable tokens) {
            return tokens.token(word, hash);
        }
    }

    private final Spelling[] plain;
    private final Spelling[] risky;

    private Row(Spelling[] plain, Spelling[] risky) {
        this.plain = plain;
        this.risky = risky;
    }

    static Row of(List<String> words) {
        return new Row(words.stream().map(Spelling::of).toArray(Spelling[]::new), new Spelling[0]);
    }

    static Row ofFolded(List<FoldedWord> words) {
        return new Row(
                words.stream().map(word -> Spelling.of(word.plain())).toArray(Spelling[]::new),
                words.stream().map(word -> Spelling.of(word.risky())).toArray(Spelling[]::new));
    }

    int length() {
        return plain.length;
    }

    /** Whether it stands in one of the streams. */
    boolean isIn(TokenTable tokens, long streams) {
        if (plain.length == 1) {
            return (streams(tokens, 0) & streams) != 0;
        }
        long holding = holding(tokens, streams);
        return holding != 0 && !eachStart(tokens, holding, place -> {}, true);
    }

    /** Gives the first place of each stretch where it stands in one of the streams, at most {@code most} of them. */
    void starts(TokenTable tokens, long streams, int most, IntConsumer starts) {
        long holding = holding(tokens, streams);
        int[] given = {0};
        if (holding != 0) {
            eachStart(
                    tokens,
                    holding,
                    place -> {
                        if (given[0]++ < most) {
                            starts.accept(place);
                        }
                    },
                    false);
        }
    }

    private long holding(TokenTable tokens, long streams) {
        long holding = streams;
        for (int i = 0; i < plain.length && holding != 0; i++) {
            holding &= streams(tokens, i);
        }
        return holding;
    }

    private long streams(TokenTable tokens, int i) {
        int token = plain[i].in(tokens);
        long streams = token == TokenTable.NONE ? 0 : tokens.streams(token);
        if (risky.length > 0) {
            int other = risky[i].in(tokens);
            streams |= other == TokenTable.NONE ? 0 : tokens.streams(other);
        }
        return streams;
    }

    /** Looks around every place of the word that the document has least of; false when it was told to stop at the first. */
    private boolean eachStart(TokenTable tokens, long streams, IntConsumer starts, boolean onlyFirst) {
        int[] of = new int[plain.length];
        int[] or = new int[plain.length];
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < plain.length; i++) {
            of[i] = plain[i].in(tokens);
            or[i] = risky.length == 0 ? TokenTable.NONE : risky[i].in(tokens);
            int count = count(tokens, of[i]) + count(tokens, or[i]);
            if (count < fewest) {
                fewest = count;
                rarest = i;
            }
        }
        for (int token : new int[] {of[rarest], or[rarest]}) {
            int place = token == TokenTable.NONE ? TokenTable.NONE : tokens.firstPlace(token);
            while (place != TokenTable.NONE) {
                if ((streams & 1L << tokens.streamAt(place)) != 0 && stands(tokens, place - rarest, of, or)) {
                    starts.accept(place - rarest);
                    if (onlyFirst) {
                        return false;
                    }
                }
                place = tokens.nextPlace(place);
            }
        }
        return true;
    }

    private static int count(TokenTable tokens, int token) {
        return token == TokenTable.NONE ? 0 : tokens.count(token);
    }

    private static boolean stands(TokenTable tokens, int start, int[] of, int[] or) {
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < of.length; i++) {
            if (i > 0 && !tokens.isFollowed(start + i - 1)) {
                return false;
            }
            int token = tokens.tokenAt(start + i);
            if (token != of[i] && token != or[i]) {
                return false;
            }
        }
        return true;
    }

    /** The spellings of its rarest word. */
    Anchors anchors(Rarity rarity) {
        List<Anchors> words = new ArrayList<>();
        for (int i = 0; i < plain.length; i++) {
            Anchors of = Anchors.of(new Anchor.Word(plain[i].word()), rarity);
            words.add(
                    risky.length == 0
                            ? of
                            : Anchors.any(List.of(of, Anchors.of(new Anchor.Word(risky[i].word()), rarity))));
        }
        return Anchors.rarest(words);
    }
}
