package org.tidewatch.text;

/**
 * The letters of a word while it is read, side by side in arrays so that a letter costs no object: what each folds to,
 * what stood in the text, where it stood, and how it was folded. Not thread-safe.
 */
final class Letters {

    /** Letters a word has at most; a longer one is cut, like a token of Lucene's StandardTokenizer. */
    static final int MOST = 255;

    /** Flag of a code that is a symbol read as a letter. */
    static final int SYMBOL = 1 << 24;

    static final int CODE = SYMBOL - 1;

    /** Flag of a code that is an index, see {@link GlyphTable#expansion}: several letters that were one character. */
    static final int SEVERAL = 1 << 25;

    final int[] code = new int[MOST];
    final int[] raw = new int[MOST];
    final int[] start = new int[MOST];
    final int[] end = new int[MOST];
    /** As {@link Glyph#mark}, with the folds that the letter's surroundings needed. */
    final int[] mark = new int[MOST];

    int size;

    boolean isFull() {
        return size == MOST;
    }

    void add(int code, int raw, int start, int end, int mark) {
        int at = size++;
        this.code[at] = code;
        this.raw[at] = raw;
        this.start[at] = start;
        this.end[at] = end;
        this.mark[at] = mark;
    }

    void add(Letters from, int at) {
        add(from.code[at], from.raw[at], from.start[at], from.end[at], from.mark[at]);
    }

    /** The letters from {@code from} up to {@code to}, apart from these. */
    Letters copy(int from, int to) {
        Letters copy = new Letters();
        for (int i = from; i < to; i++) {
            copy.add(this, i);
        }
        return copy;
    }

    static boolean isDigit(int code) {
        return code >= '0' && code <= '9';
    }

    static boolean isSymbol(int code) {
        return (code & SYMBOL) != 0;
    }

    /** Neither a digit nor a symbol. */
    static boolean isLetter(int code) {
        return !isDigit(code) && !isSymbol(code);
    }
}
