package org.tidewatch.text;

import java.util.ArrayList;
import java.util.List;

/** Words that are looked for in a row, with white space, punctuation or nothing between them. */
public record FoldedPhrase(List<FoldedWord> words) {

    /** Up to this many words, any of them may run together; of longer phrases, one stretch of words. */
    public static final int ANY_JOINED = 5;

    public FoldedPhrase {
        words = List.copyOf(words);
    }

    /**
     * Every way in which the phrase may be spelt, the plain one first: each is a list of words that stand at positions
     * next to each other. Han and Hiragana run together with nothing, since each is a word of its own wherever it stands.
     * Empty for a phrase of no words.
     */
    public List<List<FoldedWord>> readings() {
        int n = words.size();
        List<List<FoldedWord>> readings = new ArrayList<>();
        if (n == 0) {
            return readings;
        }
        if (n <= ANY_JOINED) {
            int joinable = joinable();
            for (int joints = 0; joints < 1 << (n - 1); joints++) {
                if ((joints & ~joinable) == 0) {
                    readings.add(reading(joints));
                }
            }
            return readings;
        }
        readings.add(words);
        for (int from = 0; from < n - 1; from++) {
            for (int to = from + 2; to <= n && isJoinable(to - 2); to++) {
                List<FoldedWord> reading = new ArrayList<>(words.subList(0, from));
                reading.add(part(from, to));
                reading.addAll(words.subList(to, n));
                readings.add(reading);
            }
        }
        return readings;
    }

    /** The reading in which word i and the next run together where bit i is set. */
    private List<FoldedWord> reading(int joints) {
        List<FoldedWord> reading = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= words.size(); i++) {
            if (i == words.size() || (joints & 1 << (i - 1)) == 0) {
                reading.add(part(from, i));
                from = i;
            }
        }
        return reading;
    }

    private int joinable() {
        int joinable = 0;
        for (int i = 0; i < words.size() - 1; i++) {
            joinable |= isJoinable(i) ? 1 << i : 0;
        }
        return joinable;
    }

    /** Whether a word and the next can stand as one word in a stream. */
    private boolean isJoinable(int first) {
        return !standsAlone(words.get(first)) && !standsAlone(words.get(first + 1));
    }

    private static boolean standsAlone(FoldedWord word) {
        return Glyph.kind(GlyphTable.of(word.plain().codePointAt(0))) == Glyph.IDEOGRAPH;
    }

    private FoldedWord part(int from, int to) {
        return to - from == 1 ? words.get(from) : FoldedWord.joined(words.subList(from, to));
    }
}
