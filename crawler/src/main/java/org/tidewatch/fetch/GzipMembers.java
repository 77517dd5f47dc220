package org.tidewatch.fetch;

import java.io.IOException;
import java.util.zip.Inflater;
import okio.Buffer;
import okio.BufferedSource;
import okio.InflaterSource;
import okio.Source;
import okio.Timeout;

/**
 * A gzip file (RFC 1952) of any number of members. Bytes after the last member are ignored, as browsers do. Empty
 * members cost neither stack nor memory, which the JDK's and Okio's own readers do not promise.
 */
final class GzipMembers implements Source {

    private static final int MAGIC = 0x1f8b;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int TRAILER_BYTES = 8;

    private final BufferedSource compressed;
    private final Inflater inflater = new Inflater(true);
    private final InflaterSource inflated;
    private boolean inMember;
    private boolean first = true;

    GzipMembers(BufferedSource compressed) {
        this.compressed = compressed;
        this.inflated = new InflaterSource(compressed, inflater);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        while (inMember || enterMember()) {
            long count = inflated.read(sink, byteCount);
            if (count >= 0) {
                return count;
            }
            compressed.skip(TRAILER_BYTES);
            inflater.reset();
            inMember = false;
        }
        return -1;
    }

    private boolean enterMember() throws IOException {
        boolean another = compressed.request(2)
                && (compressed.getBuffer().getByte(0) & 0xff) == MAGIC >>> 8
                && (compressed.getBuffer().getByte(1) & 0xff) == (MAGIC & 0xff);
        if (!another) {
            if (first) {
                throw new IOException("Said to be gzip, and is not");
            }
            return false;
        }
        first = false;
        compressed.skip(3);
        int flags = compressed.readByte();
        compressed.skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            compressed.skip(compressed.readShortLe() & 0xffff);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            compressed.skip(2);
        }
        inMember = true;
        return true;
    }

    private void skipText() throws IOException {
        byte read;
        do {
            read = compressed.readByte();
        } while (read != 0);
    }

    @Override
    public Timeout timeout() {
        return compressed.timeout();
    }

    @Override
    public void close() throws IOException {
        inflated.close();
    }
}
