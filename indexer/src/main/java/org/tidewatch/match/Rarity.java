package org.tidewatch.match;

import java.util.Arrays;

/** How many documents have a sign, learned from those that were matched; a guess stands in until then. Thread-safe. */
final class Rarity {

    /** Documents that a guess counts for. */
    private static final int GUESSED = 20;

    private int[] counts = new int[1_024];
    private int[] known = new int[1_024];
    private int documents;

    synchronized void learn(Marked marked) {
        documents++;
        for (int i = 0; i < marked.count(); i++) {
            counts[require(marked.sign(i))]++;
        }
    }

    /** Share of documents that have the sign. */
    synchronized double chance(Sign sign) {
        int number = require(sign.number());
        if (known[number] == 0) {
            known[number] = documents + 1;
        }
        int seen = documents + 1 - known[number];
        return (counts[number] + GUESSED * guess(sign)) / (Math.max(seen, counts[number]) + GUESSED);
    }

    private int require(int number) {
        if (number >= counts.length) {
            counts = Arrays.copyOf(counts, number * 2);
            known = Arrays.copyOf(known, number * 2);
        }
        return number;
    }

    /** Short words are frequent in every language, and pairs are rare. */
    private static double guess(Sign sign) {
        double chance = 0;
        if (sign instanceof Sign.OfWords words) {
            for (Sign.OfWords.Spelling spelling : words.spellings()) {
                int length = spelling.word().length();
                chance = Math.max(chance, (spelling.next() == null ? 1.0 : 0.1) / (2 + length * length));
            }
        } else if (sign instanceof Sign.OfPatterns patterns) {
            for (Sign.OfPatterns.Shape shape : patterns.shapes()) {
                int held = shape.pattern().hold().literal().length();
                chance = Math.max(chance, 1.0 / (1 + held));
            }
        } else {
            chance = sign instanceof Sign.OfValue ? 0.1 : 0.2;
        }
        return chance;
    }
}
