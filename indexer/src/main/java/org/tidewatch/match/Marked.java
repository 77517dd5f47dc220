package org.tidewatch.match;

import java.util.Arrays;

/** The signs that one document has. Not thread-safe. */
final class Marked {

    private final long[] bits;
    private int[] signs = new int[128];
    private int count;

    /** @param size signs are numbered below this */
    Marked(int size) {
        bits = new long[(size + Long.SIZE - 1) / Long.SIZE];
    }

    void add(int sign) {
        long bit = 1L << sign;
        if ((bits[sign / Long.SIZE] & bit) == 0) {
            bits[sign / Long.SIZE] |= bit;
            if (count == signs.length) {
                signs = Arrays.copyOf(signs, count * 2);
            }
            signs[count++] = sign;
        }
    }

    boolean has(int sign) {
        return (bits[sign / Long.SIZE] & 1L << sign) != 0;
    }

    int count() {
        return count;
    }

    /** @param i from 0 to {@link #count} */
    int sign(int i) {
        return signs[i];
    }
}
