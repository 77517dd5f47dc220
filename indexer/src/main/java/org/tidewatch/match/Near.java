package org.tidewatch.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Words within a number of insertions, deletions, changes and swaps of neighbours, counted in code points; no character is
 * touched twice. This is what Lucene's {@code LevenshteinAutomata} with transpositions accept.
 *
 * @param edits 0 to 2
 */
record Near(String word, int edits) implements Pattern {

    /**
     * Two words that are near each other have a form in common when from the first characters of each no more are left out
     * than there are edits: every edit is undone by leaving out at most one character of either, and what the edits push
     * over the end of the stretch is left out there. The stretch bounds the number of forms of a long word.
     */
    private static final int STRETCH = 7;

    private static final int NO_PLACE = -1;

    @Override
    public boolean takes(String other) {
        if (Math.abs(word.length() - other.length()) > 2 * edits) {
            return false;
        }
        int[] a = word.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        if (Math.abs(a.length - b.length) > edits) {
            return false;
        }
        int[] beforeLast = new int[b.length + 1];
        int[] last = new int[b.length + 1];
        int[] current = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            Arrays.fill(current, edits + 1);
            current[0] = i;
            int from = Math.max(1, i - edits);
            int to = Math.min(b.length, i + edits);
            for (int j = from; j <= to; j++) {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int distance = Math.min(Math.min(last[j], current[j - 1]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    distance = Math.min(distance, beforeLast[j - 2] + 1);
                }
                current[j] = distance;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }
        return last[b.length] <= edits;
    }

    @Override
    public Hold hold() {
        return new Hold(Hold.Where.AROUND, "");
    }

    /** Hashes of the forms that {@code word} has when up to {@code edits} of its first characters are left out. */
    static Collection<Long> forms(String word, int edits) {
        int[] start = word.codePoints().limit(STRETCH).toArray();
        List<Long> forms = new ArrayList<>();
        forms.add(form(start, NO_PLACE, NO_PLACE));
        for (int i = 0; edits > 0 && i < start.length; i++) {
            forms.add(form(start, i, NO_PLACE));
            for (int j = i + 1; edits > 1 && j < start.length; j++) {
                forms.add(form(start, i, j));
            }
        }
        return forms;
    }

    private static long form(int[] start, int without, int andWithout) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < start.length; i++) {
            if (i != without && i != andWithout) {
                hash = (hash ^ start[i]) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
        }
        return hash;
    }
}
