package org.tidewatch.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Sets of {@link Fold}s as bits, and as the shared immutable sets that tokens carry. */
final class Folds {

    static final int FORM = bit(Fold.FORM);
    static final int CASE = bit(Fold.CASE);
    static final int MARKS = bit(Fold.MARKS);
    static final int LOOKALIKES = bit(Fold.LOOKALIKES);
    static final int TURNED = bit(Fold.TURNED);
    static final int INVISIBLE = bit(Fold.INVISIBLE);
    static final int ARABIC = bit(Fold.ARABIC);
    static final int ENTITIES = bit(Fold.ENTITIES);
    static final int HYPHENATION = bit(Fold.HYPHENATION);
    static final int LEET = bit(Fold.LEET);
    static final int REPEATS = bit(Fold.REPEATS);
    static final int SPACED = bit(Fold.SPACED);

    private static final AtomicReferenceArray<Set<Fold>> SETS = new AtomicReferenceArray<>(1 << Fold.values().length);

    static {
        SETS.set(0, Set.of());
    }

    private Folds() {}

    static Set<Fold> of(int bits) {
        Set<Fold> known = SETS.get(bits);
        return known != null ? known : remembered(bits);
    }

    private static Set<Fold> remembered(int bits) {
        EnumSet<Fold> folds = EnumSet.noneOf(Fold.class);
        for (Fold fold : Fold.values()) {
            if ((bits & bit(fold)) != 0) {
                folds.add(fold);
            }
        }
        Set<Fold> set = Set.copyOf(folds);
        SETS.set(bits, set);
        return set;
    }

    static int bit(Fold fold) {
        return 1 << List.of(Fold.values()).indexOf(fold);
    }
}
