package org.tidewatch.benchmark;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An invented language: words of its syllables, the frequent ones short, and set phrases, both used with the frequencies of
 * natural text (Zipf's law as Mandelbrot has it: the word of rank r in proportion to 1 / (r + 2.7)).
 */
final class Tongue {

    static final int WORDS = 40_000;
    static final int PHRASES = 300_000;

    private static final double SHIFT = 2.7;

    /** Ranks below these are taken by words like "the", and by words that no phrase is remarkable for. */
    private static final int CONTENT = 300;

    private static final int REMARKABLE = 3_000;

    private final String code;
    private final String[] words = new String[WORDS];

    Tongue(String code, String consonants, String vowels, Random random) {
        this.code = code;
        Set<String> known = new HashSet<>();
        for (int rank = 0; rank < WORDS; rank++) {
            int syllables = 1 + (int) Math.round(Math.log10(1 + rank) * 0.6 + random.nextDouble());
            String word = word(consonants, vowels, syllables, random);
            while (!known.add(word)) {
                word = word(consonants, vowels, ++syllables, random);
            }
            words[rank] = word;
        }
    }

    private static String word(String consonants, String vowels, int syllables, Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(consonants.charAt(random.nextInt(consonants.length())))
                    .append(vowels.charAt(random.nextInt(vowels.length())));
            if (random.nextInt(3) == 0) {
                word.append(consonants.charAt(random.nextInt(consonants.length())));
            }
        }
        return word.toString();
    }

    String code() {
        return code;
    }

    /** A word as text has it: the frequent ones often. */
    String word(Random random) {
        return words[rank(random.nextDouble(), WORDS)];
    }

    /** A set phrase of two or three words as text has it. */
    String phrase(Random random) {
        return phrase(rank(random.nextDouble(), PHRASES));
    }

    private String phrase(int rank) {
        SplittableRandom own = new SplittableRandom(code.hashCode() * 31L + rank);
        int length = own.nextInt(3) == 0 ? 3 : 2;
        StringBuilder phrase = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int least = i == 0 ? REMARKABLE : CONTENT;
            int word = (int) (least * Math.pow((double) WORDS / least, own.nextDouble()));
            phrase.append(i == 0 ? "" : " ").append(words[word]);
        }
        return phrase.toString();
    }

    private static int rank(double at, int count) {
        double rank = SHIFT * Math.pow((count + SHIFT) / SHIFT, at) - SHIFT;
        return Math.min(count - 1, (int) rank);
    }

    /** A word that makes up about this share of a text's words. */
    String wordOfShare(double share, Random random) {
        return words[rankOfShare(share, WORDS, random)];
    }

    /** A phrase that makes up about this share of a text's phrases. */
    String phraseOfShare(double share, Random random) {
        return phrase(rankOfShare(share, PHRASES, random));
    }

    private static int rankOfShare(double share, int count, Random random) {
        double rank = 1 / (share * Math.log((count + SHIFT) / SHIFT)) - SHIFT;
        double jittered = rank * (0.7 + 0.6 * random.nextDouble()) + random.nextInt(3);
        return (int) Math.max(0, Math.min(count - 1, jittered));
    }
}
