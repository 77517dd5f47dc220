package org.tidewatch.match;

import java.util.Arrays;

/** Signs of one word, pair or pattern, with the streams in which each counts. Filled first, then only read. */
final class Marks {

    private int[] signs = new int[1];
    private long[] streams = new long[1];
    private int count;

    /** @param in bits of the streams */
    void add(int sign, long in) {
        if (count == signs.length) {
            signs = Arrays.copyOf(signs, count * 2);
            streams = Arrays.copyOf(streams, count * 2);
        }
        signs[count] = sign;
        streams[count++] = in;
    }

    /** @param in bits of the streams that hold the word, pair or pattern */
    void mark(long in, Marked marked) {
        for (int i = 0; i < count; i++) {
            if ((streams[i] & in) != 0) {
                marked.add(signs[i]);
            }
        }
    }
}
