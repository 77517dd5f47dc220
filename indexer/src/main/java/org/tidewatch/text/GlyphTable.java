package org.tidewatch.text;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The glyph of every code point, worked out a page of 256 at a time when one of them is first met.
 *
 * <p>Note on threads: pages are published without a fence. A reader that sees a page before its entries finds zero there,
 * which is no glyph, and works that one out for itself; every thread works out the same.
 */
final class GlyphTable {

    private static final long[] UNSEEN = new long[256];
    private static final long[][] PAGES = new long[(Character.MAX_CODE_POINT >>> 8) + 1][];
    private static final List<String> EXPANSIONS = new CopyOnWriteArrayList<>();

    static {
        Arrays.fill(PAGES, UNSEEN);
    }

    private GlyphTable() {}

    static long of(int codePoint) {
        long glyph = PAGES[codePoint >>> 8][codePoint & 255];
        return glyph != 0 ? glyph : fill(codePoint);
    }

    /** What a glyph of that kind stands for: letters and digits, and spaces between words. */
    static String expansion(int index) {
        return EXPANSIONS.get(index);
    }

    /** The index of {@code letters} among the expansions. */
    static synchronized int expansion(String letters) {
        int index = EXPANSIONS.indexOf(letters);
        if (index < 0) {
            EXPANSIONS.add(letters);
            index = EXPANSIONS.size() - 1;
        }
        return index;
    }

    private static synchronized long fill(int codePoint) {
        if (PAGES[codePoint >>> 8] == UNSEEN) {
            long[] page = new long[256];
            for (int i = 0; i < page.length; i++) {
                page[i] = LetterForm.glyph((codePoint & ~255) + i);
            }
            PAGES[codePoint >>> 8] = page;
        }
        return PAGES[codePoint >>> 8][codePoint & 255];
    }
}
