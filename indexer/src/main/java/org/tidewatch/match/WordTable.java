package org.tidewatch.match;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words, or pairs of neighbours, with the signs that they are of. Looked up by the hashes that a {@link TokenTable} has made
 * already: most words of a document are in no query, and that is told from the hash alone. Immutable.
 */
final class WordTable {

    /**
     * One word, or two that stand next to each other.
     *
     * @param next null for a single word
     */
    record Key(String word, @Nullable String next) {
        long hash() {
            return next == null
                    ? WordTable.hash(TokenTable.hash(word))
                    : WordTable.hash(TokenTable.hash(word), TokenTable.hash(next));
        }

        boolean is(String first, @Nullable String second) {
            return word.equals(first) && (next == null ? second == null : next.equals(second));
        }
    }

    /** Several times as many bits as there are keys: most of what is not here is told from these alone. */
    private final long[] filter;

    private final long[] hashes;
    private final @Nullable Key[] keys;
    private final @Nullable Marks[] marks;

    WordTable(Map<Key, Marks> all) {
        int size = Math.max(16, Integer.highestOneBit(all.size()) * 4);
        filter = new long[size / 16];
        hashes = new long[size];
        keys = new @Nullable Key[size];
        marks = new @Nullable Marks[size];
        all.forEach((key, known) -> {
            long hash = key.hash();
            filter[filterAt(mixed(hash))] |= 1L << mixed(hash);
            int slot = slotAt(mixed(hash));
            while (hashes[slot] != 0) {
                slot = (slot + 1) & (size - 1);
            }
            hashes[slot] = hash;
            keys[slot] = key;
            marks[slot] = known;
        });
    }

    /** Never 0, which is for free slots. */
    private static long hash(int word) {
        return 1L << Integer.SIZE | Integer.toUnsignedLong(word);
    }

    private static long hash(int word, int next) {
        long both = (long) word << Integer.SIZE | Integer.toUnsignedLong(next);
        return both == 0 ? 1 : both;
    }

    /** Its lowest six bits choose a bit of the filter, others a word of it, and others again a slot. */
    private static long mixed(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> Integer.SIZE;
    }

    private int filterAt(long mixed) {
        return (int) (mixed >>> 6) & (filter.length - 1);
    }

    private int slotAt(long mixed) {
        return (int) (mixed >>> Integer.SIZE) & (hashes.length - 1);
    }

    /** @param hash of the word in a {@link TokenTable} */
    @Nullable
    Marks get(String word, int hash) {
        return get(word, null, hash(hash));
    }

    /**
     * @param hash of the word in a {@link TokenTable}
     * @param nextHash of the word after it
     */
    @Nullable
    Marks get(String word, int hash, String next, int nextHash) {
        return get(word, next, hash(hash, nextHash));
    }

    private @Nullable Marks get(String word, @Nullable String next, long hash) {
        long mixed = mixed(hash);
        if ((filter[filterAt(mixed)] & 1L << mixed) == 0) {
            return null;
        }
        int slot = slotAt(mixed);
        while (hashes[slot] != 0) {
            Key key = keys[slot];
            if (hashes[slot] == hash && key != null && key.is(word, next)) {
                return marks[slot];
            }
            slot = (slot + 1) & (hashes.length - 1);
        }
        return null;
    }
}
