package org.tidewatch.extract;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Finds out how large packed bytes become, without keeping them, so that no parser has to meet a bomb. Stops when the
 * limit is passed or the thread is interrupted.
 */
final class Inflation {

    /** Filters that a PDF may stack on one stream, as far as they are followed. */
    private static final int MAX_STACKED = 4;

    private final long maxBytes;

    Inflation(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether the entries of a zip file come to more than the limit. Entries behind damage do not count. */
    boolean exceedsInZip(byte[] content) {
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            while (total <= maxBytes && zip.getNextEntry() != null) {
                total += count(zip, maxBytes - total);
            }
        } catch (IOException | IllegalArgumentException e) {
            return total > maxBytes;
        }
        return total > maxBytes;
    }

    /** Whether one of the deflated streams of a PDF comes to more than the limit; a parser opens them one by one. */
    boolean exceedsInPdf(byte[] content) {
        for (int at = nextStream(content, 0); at >= 0; at = nextStream(content, at)) {
            if (isDeflated(content, at)) {
                ByteArrayInputStream packed = new ByteArrayInputStream(content, at, content.length - at);
                if (inflated(packed, 1) > maxBytes) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The unpacked bytes of a gzip file, or empty if they exceed the limit. */
    Optional<byte[]> gunzip(byte[] content) throws IOException {
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] bytes = unpacked.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
            return bytes.length > maxBytes ? Optional.empty() : Optional.of(bytes);
        }
    }

    private long inflated(InputStream packed, int stacked) {
        try (PushbackInputStream unpacked = new PushbackInputStream(new InflaterInputStream(packed), 2)) {
            byte[] start = unpacked.readNBytes(2);
            unpacked.unread(start);
            return stacked < MAX_STACKED && isDeflated(start, 0)
                    ? inflated(unpacked, stacked + 1)
                    : count(unpacked, maxBytes);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long count(InputStream stream, long limit) throws IOException {
        byte[] buffer = new byte[65_536];
        long total = 0;
        try {
            for (int read = 0;
                    read >= 0 && total <= limit && !Thread.currentThread().isInterrupted(); ) {
                total += read;
                read = stream.read(buffer);
            }
        } catch (EOFException | ZipException e) {
            return total;
        }
        return total;
    }

    private static int nextStream(byte[] content, int from) {
        for (int i = from; i + 8 < content.length; i++) {
            if (content[i] == 's'
                    && content[i + 1] == 't'
                    && content[i + 2] == 'r'
                    && content[i + 3] == 'e'
                    && content[i + 4] == 'a'
                    && content[i + 5] == 'm'
                    && (content[i + 6] == '\n' || content[i + 6] == '\r')) {
                return content[i + 7] == '\n' ? i + 8 : i + 7;
            }
        }
        return -1;
    }

    /** The two bytes with which zlib data begins (RFC 1950, section 2.2). */
    private static boolean isDeflated(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            return false;
        }
        int method = bytes[at] & 0xff;
        return (method & 0x0f) == 8 && ((method << 8) | (bytes[at + 1] & 0xff)) % 31 == 0;
    }
}
