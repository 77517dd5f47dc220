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
     * next to each other. Empty for a phrase of no words.
     */
    public List<List<FoldedWord>> readings() {
        int n = words.size();
        List<List<FoldedWord>> readings = new ArrayList<>();
        if (n == 0) {
            return readings;
        }
        if (n <= ANY_JOINED) {
            for (int joints = 0; joints < 1 << (n - 1); joints++) {
                List<FoldedWord> reading = new ArrayList<>();
                int from = 0;
                for (int i = 1; i <= n; i++) {
                    if (i == n || (joints & 1 << (i - 1)) == 0) {
                        reading.add(part(from, i));
                        from = i;
                    }
                }
                readings.add(reading);
            }
            return readings;
        }
        readings.add(words);
        for (int from = 0; from < n - 1; from++) {
            for (int to = from + 2; to <= n; to++) {
                List<FoldedWord> reading = new ArrayList<>(words.subList(0, from));
                reading.add(part(from, to));
                reading.addAll(words.subList(to, n));
                readings.add(reading);
            }
        }
        return readings;
    }

    private FoldedWord part(int from, int to) {
        return to - from == 1 ? words.get(from) : FoldedWord.joined(words.subList(from, to));
    }
}
