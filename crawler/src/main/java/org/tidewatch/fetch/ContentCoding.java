package org.tidewatch.fetch;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;
import okio.BufferedSource;
import okio.InflaterSource;
import okio.Okio;
import okio.Source;
import org.brotli.dec.BrotliInputStream;

/**
 * Undoes the content codings of a response (RFC 9110, section 8.4) as a stream, so that the reader decides how much is
 * decompressed.
 */
final class ContentCoding {

    /** What the crawler asks for. */
    static final String ACCEPTED = "gzip, deflate, br";

    /** More codings one upon the other than any server applies in good faith. */
    private static final int MOST_CODINGS = 3;

    private ContentCoding() {}

    /**
     * @param headers the Content-Encoding header lines, in order; the last coding was applied last
     * @throws IOException if a coding is unknown, or the data is not what the header says
     */
    static Source decoded(BufferedSource body, List<String> headers) throws IOException {
        List<String> codings = headers.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .limit(MOST_CODINGS + 1L)
                .toList();
        if (codings.size() > MOST_CODINGS) {
            throw new IOException("More than " + MOST_CODINGS + " content codings");
        }
        if (codings.isEmpty() || body.exhausted()) {
            return body;
        }
        BufferedSource decoded = body;
        for (int i = codings.size() - 1; i >= 0; i--) {
            decoded = Okio.buffer(undo(codings.get(i), decoded));
        }
        return decoded;
    }

    private static Source undo(String coding, BufferedSource encoded) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GzipMembers(encoded);
            case "deflate" -> new InflaterSource(encoded, new Inflater(!isZlib(encoded)));
            case "br" -> Okio.source(new BrotliInputStream(encoded.inputStream()));
            default -> throw new IOException("Content coding that was not asked for: " + coding);
        };
    }

    /** RFC 9110 means zlib data (RFC 1950) by "deflate"; some servers send the bare stream (RFC 1951). */
    private static boolean isZlib(BufferedSource encoded) throws IOException {
        if (!encoded.request(2)) {
            return true;
        }
        int method = encoded.getBuffer().getByte(0) & 0xff;
        int flags = encoded.getBuffer().getByte(1) & 0xff;
        return (method & 0x0f) == 8 && (method << 8 | flags) % 31 == 0;
    }
}
