package org.tidewatch.text;

/**
 * What stands between two words, packed into a long so that gaps compare as numbers: how many white space characters, and
 * a hash of the others in their order. Pictures in a row count as one, whichever they are.
 */
final class Gap {

    static final long NONE = 0;

    private static final long SPACES = 255;
    private static final long PICTURE = 1 << 9;
    private static final int HASH = 16;
    private static final long LOW = (1L << HASH) - 1;
    private static final int PICTURE_CODE = 1;

    private Gap() {}

    static long space(long gap) {
        return (gap & SPACES) == SPACES ? gap : (gap + 1) & ~PICTURE;
    }

    /** A line's end is white space too, but not the same as a space. */
    static long newline(long gap) {
        return space(gap) | 1 << 8;
    }

    static long picture(long gap) {
        return (gap & PICTURE) != 0 ? gap : hashed(gap, PICTURE_CODE) | PICTURE;
    }

    static long other(long gap, int codePoint) {
        return hashed(gap, codePoint) & ~PICTURE;
    }

    /** Whether it is white space and nothing else. */
    static boolean isBlank(long gap) {
        return gap != NONE && gap >>> HASH == 0;
    }

    static boolean hasSpace(long gap) {
        return (gap & SPACES) != 0;
    }

    /** Whether it is more white space than {@code other}, which is nothing but white space. */
    static boolean isWider(long gap, long other) {
        return isBlank(gap) && (gap & SPACES) > (other & SPACES);
    }

    private static long hashed(long gap, int codePoint) {
        long hash = (gap >>> HASH) * 31 + codePoint + 1;
        return (hash << HASH) | (gap & LOW);
    }
}
