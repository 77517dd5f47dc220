package org.tidewatch.match;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.tidewatch.text.Fold;
import org.tidewatch.text.FoldedToken;

/**
 * The tokens of one document: each distinct word once, with the streams that hold it and the places where it stands.
 * Places of a stream are numbered in a row, so that the words next to each other in the text are next to each other here.
 *
 * <p>Filled by one thread, then only read.
 */
final class TokenTable {

    /** Stands for a word that the document lacks, and for the end of a word's places. */
    static final int NONE = -1;

    /** Unknown outside of this process, so that no page can be written whose words all collide. */
    private static final int SEED = ThreadLocalRandom.current().nextInt();

    private int[] slots;
    private String[] words;
    private int[] hashes;
    private long[] streams;
    private int[] counts;
    private int[] firsts;
    private int[] lasts;
    private int size;

    private int[] tokens;
    private byte[] placeStreams;
    private int[] positions;
    private int[] starts;
    private int[] ends;
    private int[] nexts;
    private @Nullable Set<Fold>[] folds;
    private int places;

    /** @param expected places, roughly */
    @SuppressWarnings("unchecked")
    TokenTable(int expected) {
        int distinct = Math.max(16, expected / 3);
        slots = new int[Integer.highestOneBit(distinct) * 4];
        words = new String[distinct];
        hashes = new int[distinct];
        streams = new long[distinct];
        counts = new int[distinct];
        firsts = new int[distinct];
        lasts = new int[distinct];
        int room = Math.max(16, expected);
        tokens = new int[room];
        placeStreams = new byte[room];
        positions = new int[room];
        starts = new int[room];
        ends = new int[room];
        nexts = new int[room];
        folds = (Set<Fold>[]) new Set<?>[room];
    }

    static int hash(String word) {
        int hash = SEED;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    private static int hash(char[] word, int length) {
        int hash = SEED;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ word[i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /** Adds a place of the word in the first {@code length} characters of {@code word}. */
    void add(char[] word, int length, int stream, int position, int start, int end) {
        int hash = hash(word, length);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int token = slots[slot] - 1;
            if (hashes[token] == hash && equals(words[token], word, length)) {
                place(token, stream, position, start, end, null);
                return;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        place(claim(slot, hash, new String(word, 0, length)), stream, position, start, end, null);
    }

    void add(String word, int stream, int position, int start, int end, Set<Fold> done) {
        int hash = hash(word);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int token = slots[slot] - 1;
            if (hashes[token] == hash && words[token].equals(word)) {
                place(token, stream, position, start, end, done);
                return;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        place(claim(slot, hash, word), stream, position, start, end, done);
    }

    /** Adds a place of the word if it is the one that stands at {@code other}, where it has the same offsets; else nothing. */
    boolean addLike(int other, String word, int stream, int position, FoldedToken token) {
        if (starts[other] != token.start() || ends[other] != token.end() || !words[tokens[other]].equals(word)) {
            return false;
        }
        place(tokens[other], stream, position, token.start(), token.end(), token.folds());
        return true;
    }

    private static boolean equals(String word, char[] other, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != other[i]) {
                return false;
            }
        }
        return true;
    }

    private int claim(int slot, int hash, String word) {
        if (size == words.length) {
            int room = size * 2;
            words = Arrays.copyOf(words, room);
            hashes = Arrays.copyOf(hashes, room);
            streams = Arrays.copyOf(streams, room);
            counts = Arrays.copyOf(counts, room);
            firsts = Arrays.copyOf(firsts, room);
            lasts = Arrays.copyOf(lasts, room);
        }
        int token = size++;
        words[token] = word;
        hashes[token] = hash;
        firsts[token] = NONE;
        slots[slot] = token + 1;
        if (size * 2 > slots.length) {
            spread();
        }
        return token;
    }

    private void spread() {
        slots = new int[slots.length * 2];
        for (int token = 0; token < size; token++) {
            int slot = hashes[token] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = token + 1;
        }
    }

    private void place(int token, int stream, int position, int start, int end, @Nullable Set<Fold> done) {
        if (places == tokens.length) {
            int room = places * 2;
            tokens = Arrays.copyOf(tokens, room);
            placeStreams = Arrays.copyOf(placeStreams, room);
            positions = Arrays.copyOf(positions, room);
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            nexts = Arrays.copyOf(nexts, room);
            folds = Arrays.copyOf(folds, room);
        }
        int place = places++;
        tokens[place] = token;
        placeStreams[place] = (byte) stream;
        positions[place] = position;
        starts[place] = start;
        ends[place] = end;
        folds[place] = done;
        nexts[place] = NONE;
        if (firsts[token] == NONE) {
            firsts[token] = place;
        } else {
            nexts[lasts[token]] = place;
        }
        lasts[token] = place;
        counts[token]++;
        streams[token] |= 1L << stream;
    }

    /** Distinct words; they are numbered from 0. */
    int size() {
        return size;
    }

    String word(int token) {
        return words[token];
    }

    int hash(int token) {
        return hashes[token];
    }

    /** Number of a word, or {@link #NONE}; {@code hash} is its {@link #hash(String)}. */
    int token(String word, int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int token = slots[slot] - 1;
            if (hashes[token] == hash && words[token].equals(word)) {
                return token;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return NONE;
    }

    /** Bits of the streams that hold the word. */
    long streams(int token) {
        return streams[token];
    }

    /** Places of the word in all streams together. */
    int count(int token) {
        return counts[token];
    }

    int firstPlace(int token) {
        return firsts[token];
    }

    /** The word's next place, in the order in which streams and positions were added, or {@link #NONE}. */
    int nextPlace(int place) {
        return nexts[place];
    }

    /** Places are numbered below this. */
    int places() {
        return places;
    }

    int tokenAt(int place) {
        return tokens[place];
    }

    int streamAt(int place) {
        return placeStreams[place];
    }

    int start(int place) {
        return starts[place];
    }

    int end(int place) {
        return ends[place];
    }

    /** What was done to a word of a folded stream; nothing in any other. */
    Set<Fold> folds(int place) {
        Set<Fold> done = folds[place];
        return done == null ? Set.of() : done;
    }

    /** Whether {@code place} and the one after it hold neighbours of one stream. */
    boolean isFollowed(int place) {
        return place >= 0
                && place + 1 < places
                && placeStreams[place] == placeStreams[place + 1]
                && positions[place] + 1 == positions[place + 1];
    }
}
