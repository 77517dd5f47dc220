package org.tidewatch.match;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which criteria may hold for a document from the signs it has. Every criterion lies under the signs that fewest
 * documents are thought to have; one without such is tried on every document. Immutable and thread-safe.
 */
final class Presearch {

    private static final int[] NOTHING = {};

    private final int[][] under;
    private final int[] everywhere;
    private final int size;

    private static final class Numbers {
        private int[] numbers = new int[2];
        private int count;

        void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = number;
        }

        int[] toArray() {
            return Arrays.copyOf(numbers, count);
        }
    }

    /**
     * @param criteria known by their place in the list from here on
     * @param signs the criteria's are numbered below this
     */
    Presearch(List<Criterion> criteria, int signs, Rarity rarity) {
        @Nullable Numbers[] bySign = new @Nullable Numbers[signs];
        Numbers anywhere = new Numbers();
        for (int i = 0; i < criteria.size(); i++) {
            Anchors anchors = criteria.get(i).anchors(rarity);
            if (anchors.everywhere()) {
                anywhere.add(i);
            }
            for (Sign sign : anchors.any()) {
                Numbers numbers = bySign[sign.number()];
                if (numbers == null) {
                    numbers = new Numbers();
                    bySign[sign.number()] = numbers;
                }
                numbers.add(i);
            }
        }
        size = criteria.size();
        everywhere = anywhere.toArray();
        under = new int[signs][];
        for (int sign = 0; sign < signs; sign++) {
            Numbers numbers = bySign[sign];
            under[sign] = numbers == null ? NOTHING : numbers.toArray();
        }
    }

    /** Criteria that are tried on every document. */
    int[] everywhere() {
        return everywhere.clone();
    }

    /** Numbers of all criteria that may hold. */
    BitSet candidates(Marked marked) {
        BitSet candidates = new BitSet(size);
        for (int number : everywhere) {
            candidates.set(number);
        }
        for (int i = 0; i < marked.count(); i++) {
            for (int number : under[marked.sign(i)]) {
                candidates.set(number);
            }
        }
        return candidates;
    }
}
