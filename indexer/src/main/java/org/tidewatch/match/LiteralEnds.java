package org.tidewatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Patterns by the literals that words must begin with, or end with. One walk over a word finds all literals that are its
 * beginning (its end); of nearly all others a hash tells that they are none. Filled first, then only read.
 */
final class LiteralEnds {

    private static final int HASHES = 1 << 18;

    private final boolean backwards;
    private final Map<String, List<PatternIndex.Shape>> byLiteral = new HashMap<>();
    private final BitSet lengths = new BitSet();
    private final BitSet hashes = new BitSet(HASHES);

    /** @param backwards whether literals stand at the end of words */
    LiteralEnds(boolean backwards) {
        this.backwards = backwards;
    }

    /** @param literal not empty */
    void add(String literal, PatternIndex.Shape shape) {
        byLiteral.computeIfAbsent(literal, key -> new ArrayList<>(1)).add(shape);
        lengths.set(literal.length());
        int hash = 0;
        for (int i = 0; i < literal.length(); i++) {
            hash = next(hash, literal, i);
        }
        hashes.set(hash & (HASHES - 1));
    }

    boolean isEmpty() {
        return byLiteral.isEmpty();
    }

    /** Adds the marks of the patterns that take the word, each once. */
    void find(String word, List<Marks> found) {
        int longest = Math.min(lengths.length() - 1, word.length());
        int hash = 0;
        for (int i = 0; i < longest; i++) {
            hash = next(hash, word, i);
            int length = i + 1;
            if (lengths.get(length) && hashes.get(hash & (HASHES - 1))) {
                List<PatternIndex.Shape> under =
                        byLiteral.get(backwards ? word.substring(word.length() - length) : word.substring(0, length));
                if (under != null) {
                    for (PatternIndex.Shape shape : under) {
                        if (shape.pattern().takes(word)) {
                            found.add(shape.marks());
                        }
                    }
                }
            }
        }
    }

    private int next(int hash, String word, int i) {
        int mixed = (hash ^ word.charAt(backwards ? word.length() - 1 - i : i)) * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }
}
