package org.tidewatch.match;

import java.util.HashMap;
import java.util.Map;

/**
 * How many documents have an anchor, learned from those that were matched; a guess stands in until then. Thread-safe.
 */
final class Rarity {

    private static final int MOST = 200_000;
    private static final int GUESS_WEIGHT = 20;

    private final Map<Anchor, Integer> counts = new HashMap<>();
    private int documents;

    /** Counts one document. */
    synchronized void learn(Iterable<Anchor> anchors) {
        documents++;
        for (Anchor anchor : anchors) {
            counts.merge(anchor, 1, Integer::sum);
        }
        if (counts.size() > MOST) {
            documents /= 2;
            counts.replaceAll((anchor, count) -> count / 2);
            counts.values().removeIf(count -> count == 0);
        }
    }

    /** Share of documents that have the anchor. */
    synchronized double chance(Anchor anchor) {
        int seen = counts.getOrDefault(anchor, 0);
        return (seen + GUESS_WEIGHT * guess(anchor)) / (documents + GUESS_WEIGHT);
    }

    /** Short words are frequent in every language, and a word can be no rarer than what it is made from. */
    private static double guess(Anchor anchor) {
        if (anchor instanceof Anchor.Word word) {
            return 1.0 / (2 + word.word().length() * word.word().length());
        }
        if (anchor instanceof Anchor.WordLike like) {
            int held = like.pattern().hold().literal().length();
            return 1.0 / (1 + held);
        }
        return anchor instanceof Anchor.Value ? 0.1 : 0.2;
    }
}
