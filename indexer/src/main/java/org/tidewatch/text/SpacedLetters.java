package org.tidewatch.text;

/**
 * Single letters in a row, which may be a word that was spaced out: {@code f a l c o n}, {@code f.a.l.c.o.n}. A run is three
 * or more with the same between them; a wider gap ends one word of a spaced phrase and begins the next.
 *
 * <p>Next to a run, an honest word of one letter cannot be told from one of the run's: {@code a f a l c o n},
 * {@code a r m y}. Then all of what it may be is written, the whole next to the words around it; only where the letter
 * in question comes first does the rest stand next to what follows. Not thread-safe.
 */
final class SpacedLetters {

    private static final int LEAST = 3;
    private static final int LEAST_LETTERS = 2;

    /** Four letters and the symbols between them: with three, {@code d!g!t} is likelier to be a word. */
    private static final int LEAST_SET_APART = 7;

    /** Words of one letter in the languages of each script, as they fold: Latin, Greek, Cyrillic, Arabic. */
    private static final String[] WORDS = {"aeiouwyz", "ho", "abиikocyяз", "و", "", ""};

    private final Spelling spelling;
    private final boolean both;
    private final Letters letters = new Letters();

    /** What stands before each letter. */
    private final long[] gaps = new long[Letters.MOST + 1];

    /** @param both whether what cannot be told apart is written both ways, as for a document, or as a whole */
    SpacedLetters(Spelling spelling, boolean both) {
        this.spelling = spelling;
        this.both = both;
    }

    boolean isEmpty() {
        return letters.size == 0;
    }

    /** Adds the single letter or digit at {@code first}, or all the letters that one character stands for. */
    void add(Letters from, int first, int to, long gap) {
        long before = gap;
        if (gap == Gap.NONE && letters.size > 0 && Letters.isSymbol(letters.code[letters.size - 1])) {
            letters.size--;
            before = Gap.other(gaps[letters.size], letters.raw[letters.size]);
        }
        if (letters.isFull()) {
            end(before);
        }
        gaps[letters.size] = before;
        letters.add(from, first);
        if (to - first > 1) {
            String several = new String(from.code, first, to - first);
            letters.code[letters.size - 1] = GlyphTable.expansion(several) | Letters.SEVERAL;
        }
    }

    /** Adds a symbol that stands alone behind a single letter. */
    void addSymbol(int code, int raw, int start, int end, long gap) {
        if (!letters.isFull()) {
            gaps[letters.size] = gap;
            letters.add(code | Letters.SYMBOL, raw, start, end, 0);
        }
    }

    /** Hands all letters on, before something that is none. */
    void end(long gap) {
        int size = letters.size;
        if (size == 0) {
            return;
        }
        if (size < LEAST) {
            single(0, size);
        } else {
            gaps[size] = gap;
            runs(size);
        }
        letters.size = 0;
    }

    private void runs(int size) {
        long spread = widestRun(size);
        wholePhrase(size, spread);
        for (int from = 0; from < size; ) {
            int to = blockEnd(from, size);
            if (to < size && to - from > 1 && belongsToNext(from, to, size)) {
                to--;
            }
            if (isRun(from, to) || isInPhrase(from, to, size, spread)) {
                run(from, to);
            } else {
                to = from + 1;
                single(from, to);
            }
            from = to;
        }
    }

    /**
     * A spaced phrase, told by the wider gaps between its words, that a word of one letter may follow: the phrase without
     * it is written as one word, as its last word cannot stand next to the one before both with that letter and without.
     */
    private void wholePhrase(int size, long spread) {
        boolean wide = false;
        for (int i = 1; i < size; i++) {
            wide |= Gap.isWider(gaps[i], spread);
            if (gaps[i] != spread && !Gap.isWider(gaps[i], spread)) {
                return;
            }
        }
        if (both && wide && gaps[size] == spread && isWord(size - 1)) {
            word(Gap.isWider(gaps[1], spread) ? 1 : 0, size - 1, true);
        }
    }

    /** The gap in the longest run, or {@link Gap#NONE}. */
    private long widestRun(int size) {
        long gap = Gap.NONE;
        int longest = 0;
        for (int from = 0; from < size - 1; from = blockEnd(from, size) - 1) {
            int to = blockEnd(from, size);
            if (isRun(from, to) && to - from > longest) {
                longest = to - from;
                gap = gaps[from + 1];
            }
            if (to == size) {
                break;
            }
        }
        return gap;
    }

    /** One past the last letter from {@code from} on with the same gap between each and the next. */
    private int blockEnd(int from, int size) {
        int to = from + 1;
        while (to < size && gaps[to] == gaps[from + 1]) {
            to++;
        }
        return to;
    }

    /**
     * Whether the last letter of a block, which is the first of the next one too, belongs there: the one without spaces
     * holds together, or else the longer one.
     */
    private boolean belongsToNext(int from, int to, int size) {
        boolean spaces = Gap.hasSpace(gaps[from + 1]);
        int next = blockEnd(to - 1, size) - to + 1;
        return spaces == Gap.hasSpace(gaps[to]) ? next > to - from : spaces && next >= LEAST;
    }

    private boolean isRun(int from, int to) {
        return to - from >= LEAST && lettersIn(from, to) >= LEAST_LETTERS;
    }

    /** A number, or a word of two letters, in a spaced phrase, told by the wider gaps around it. */
    private boolean isInPhrase(int from, int to, int size, long spread) {
        return to - from > 1
                && spread != Gap.NONE
                && gaps[from + 1] == spread
                && (from == 0 || isBetweenWords(gaps[from], spread))
                && (to == size || isBetweenWords(gaps[to], spread));
    }

    private static boolean isBetweenWords(long gap, long spread) {
        return gap != spread && Gap.hasSpace(gap);
    }

    private int lettersIn(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += Letters.isLetter(letters.code[i]) ? 1 : 0;
        }
        return count;
    }

    private void single(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Letters.isSymbol(letters.code[i])) {
                word(i, i + 1, false);
            }
        }
    }

    private void run(int from, int to) {
        if (isSetApartBySymbols(letters, from, to)) {
            withoutSymbols(letters, from, to);
            return;
        }
        long gap = gaps[from + 1];
        if (!both || !Gap.isBlank(gap)) {
            word(from, to, true);
            return;
        }
        boolean head = isWord(from) && !Gap.isWider(gaps[from], gap);
        boolean tail = isWord(to - 1) && gaps[to] == gap;
        word(from, to, true);
        if (tail && to - from > LEAST) {
            word(from, to - 1, true);
            if (head && to - from > LEAST + 1) {
                word(from + 1, to - 1, true);
            }
            word(from, to, true);
        }
        if (head && to - from > LEAST) {
            word(from + 1, to, true);
        }
    }

    private void word(int from, int to, boolean apart) {
        boolean several = false;
        for (int i = from; i < to; i++) {
            several |= (letters.code[i] & Letters.SEVERAL) != 0;
        }
        if (!several) {
            spelling.word(letters, from, to, apart);
            return;
        }
        Letters spelt = new Letters();
        for (int i = from; i < to && !spelt.isFull(); i++) {
            int code = letters.code[i];
            int[] codes = (code & Letters.SEVERAL) == 0
                    ? new int[] {code}
                    : GlyphTable.expansion(code & Letters.CODE).codePoints().toArray();
            for (int k = 0; k < codes.length && !spelt.isFull(); k++) {
                spelt.add(codes[k], codes[k], letters.start[i], letters.end[i], letters.mark[i]);
            }
        }
        spelling.word(spelt, 0, spelt.size, apart);
    }

    private boolean isWord(int at) {
        int scripts = Glyph.scripts(letters.mark[at]);
        return scripts != 0 && WORDS[Integer.numberOfTrailingZeros(scripts)].indexOf(letters.code[at]) >= 0;
    }

    /** Hands on, as one word, every second one. */
    void withoutSymbols(Letters from, int first, int to) {
        Letters apart = new Letters();
        for (int i = first; i < to; i += 2) {
            apart.add(from, i);
        }
        spelling.word(apart, 0, apart.size, true);
    }

    /** Whether every second one is the same symbol, which then stands for nothing. */
    static boolean isSetApartBySymbols(Letters letters, int from, int to) {
        if (to - from < LEAST_SET_APART || (to - from) % 2 == 0 || !Leet.separates(letters.raw[from + 1])) {
            return false;
        }
        for (int i = from; i < to; i++) {
            boolean between = (i - from) % 2 == 1;
            if (between != Letters.isSymbol(letters.code[i]) || (between && letters.raw[i] != letters.raw[from + 1])) {
                return false;
            }
        }
        return true;
    }
}
