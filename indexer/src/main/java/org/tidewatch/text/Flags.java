package org.tidewatch.text;

/**
 * Regional indicators: two make up a flag, which is a picture, and any other number of them are letters in boxes. Between
 * letters of another kind they are letters as well.
 */
final class Flags {

    private static final int FLAG = 2;

    private Flags() {}

    static boolean isRegional(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }

    /** How many letters at the start of the word are a flag: none or two. */
    static int atStart(Letters letters, int from, int to) {
        int end = from;
        while (end < to && isRegional(letters.raw[end])) {
            end++;
        }
        return end - from == FLAG && (end == to || hasOthers(letters, end, to)) ? FLAG : 0;
    }

    /** How many letters at the end of the word are a flag: none or two. */
    static int atEnd(Letters letters, int from, int to) {
        int start = to;
        while (start > from && isRegional(letters.raw[start - 1])) {
            start--;
        }
        return to - start == FLAG && start > from && hasOthers(letters, from, start) ? FLAG : 0;
    }

    private static boolean hasOthers(Letters letters, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Letters.isLetter(letters.code[i]) && !isRegional(letters.raw[i])) {
                return true;
            }
        }
        return false;
    }
}
