package org.tidewatch.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How many bytes the fetch that runs on a thread may still read from its sockets, framing and headers included. It
 * bounds what no cap on the decoded body sees: OkHttp keeps a chunk extension (RFC 9112, section 7.1.1) in memory
 * however long it grows, and a compressed stream may go on for ever without yielding a byte.
 *
 * <p>HTTP/1.1 calls that are executed synchronously read on the calling thread only, so a thread is a fetch.
 */
final class ByteBudget {

    private static final ThreadLocal<long[]> LEFT = new ThreadLocal<>();

    private ByteBudget() {}

    /** The budget ends when the result is closed; budgets do not nest. */
    static Spending of(long bytes) {
        LEFT.set(new long[] {bytes});
        return LEFT::remove;
    }

    /** An open budget. */
    interface Spending extends AutoCloseable {
        @Override
        void close();
    }

    /** The fetch has read all it may. */
    static final class Spent extends IOException {
        Spent() {
            super("The answer is larger on the wire than the largest page allowed could be");
        }
    }

    /** {@code in}, each read of which is charged to the budget of the reading thread. */
    static InputStream charged(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                charge(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                charge(count);
                return count;
            }
        };
    }

    private static void charge(int count) throws IOException {
        long[] left = LEFT.get();
        if (left == null || count <= 0) {
            return;
        }
        left[0] -= count;
        if (left[0] < 0) {
            throw new Spent();
        }
    }
}
