package org.tidewatch.match;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Patterns by the literals that words must begin with, or end with. One walk over a word finds all literals that are its
 * beginning (its end); of nearly all others a hash tells that they are none. Immutable.
 */
final class LiteralEnds {

    private static final int HASHES = 1 << 18;

    private final boolean backwards;
    private final Map<String, List<PatternIndex.Shape>> byLiteral;
    private final BitSet lengths = new BitSet();
    private final BitSet hashes = new BitSet(HASHES);

    /** Of all literals, as many characters as the shortest has; these tell most words to have none of the literals. */
    private final BitSet heads = new BitSet(HASHES);

    private final int shortest;

    /**
     * @param byLiteral by literals that are not empty
     * @param backwards whether literals stand at the end of words
     */
    LiteralEnds(Map<String, List<PatternIndex.Shape>> byLiteral, boolean backwards) {
        this.byLiteral = Map.copyOf(byLiteral);
        this.backwards = backwards;
        this.shortest =
                byLiteral.keySet().stream().mapToInt(String::length).min().orElse(0);
        for (String literal : byLiteral.keySet()) {
            int hash = 0;
            for (int i = 0; i < literal.length(); i++) {
                hash = next(hash, literal, i);
                if (i + 1 == shortest) {
                    heads.set(hash & (HASHES - 1));
                }
            }
            lengths.set(literal.length());
            hashes.set(hash & (HASHES - 1));
        }
    }

    boolean isEmpty() {
        return byLiteral.isEmpty();
    }

    /** Adds the marks of the patterns that take the word, each once. */
    void find(String word, List<Marks> found) {
        if (isEmpty() || word.length() < shortest) {
            return;
        }
        int hash = 0;
        int length = 0;
        while (length < shortest) {
            hash = next(hash, word, length++);
        }
        if (!heads.get(hash & (HASHES - 1))) {
            return;
        }
        int longest = Math.min(lengths.length() - 1, word.length());
        while (true) {
            if (lengths.get(length) && hashes.get(hash & (HASHES - 1))) {
                addTaking(word, backwards ? word.substring(word.length() - length) : word.substring(0, length), found);
            }
            if (length == longest) {
                return;
            }
            hash = next(hash, word, length++);
        }
    }

    private void addTaking(String word, String literal, List<Marks> found) {
        for (PatternIndex.Shape shape : byLiteral.getOrDefault(literal, List.of())) {
            if (shape.pattern().takes(word)) {
                found.add(shape.marks());
            }
        }
    }

    private int next(int hash, String word, int i) {
        int mixed = (hash ^ word.charAt(backwards ? word.length() - 1 - i : i)) * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }
}
