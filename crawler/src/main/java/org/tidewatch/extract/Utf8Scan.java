package org.tidewatch.extract;

/**
 * How well bytes keep the rules of UTF-8 (RFC 3629, section 4): well-formed multi-byte sequences, and bytes beyond
 * ASCII that belong to none. A sequence that the end of the input cuts is neither.
 */
record Utf8Scan(int sequences, int malformed) {

    /** Well-formed sequences that outweigh one stray byte. */
    private static final int WEIGHT = 20;

    static Utf8Scan of(byte[] bytes) {
        int sequences = 0;
        int malformed = 0;
        for (int i = 0; i < bytes.length; ) {
            int lead = bytes[i] & 0xff;
            if (lead < 0x80) {
                i++;
                continue;
            }
            int length = lengthOf(lead);
            if (length > 0 && i + length > bytes.length && continues(bytes, i, bytes.length - i)) {
                break;
            }
            if (length > 0 && i + length <= bytes.length && continues(bytes, i, length)) {
                sequences++;
                i += length;
            } else {
                malformed++;
                i++;
            }
        }
        return new Utf8Scan(sequences, malformed);
    }

    /** Whether this is UTF-8 with some damage rather than another charset. */
    boolean isMostlyValid() {
        return sequences >= (long) malformed * WEIGHT;
    }

    private static int lengthOf(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 3;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    private static boolean continues(byte[] bytes, int start, int length) {
        int lead = bytes[start] & 0xff;
        for (int i = 1; i < length; i++) {
            int next = bytes[start + i] & 0xff;
            int lowest = i > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int highest = i > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (next < lowest || next > highest) {
                return false;
            }
        }
        return true;
    }
}
