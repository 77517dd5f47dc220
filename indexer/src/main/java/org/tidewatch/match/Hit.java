package org.tidewatch.match;

import java.util.Set;
import org.tidewatch.query.Clause;
import org.tidewatch.text.Fold;

/**
 * A place where a clause hit.
 *
 * @param clause as it was asked of its field
 * @param start first character within the field's text, and {@code end} one past the last; both 0 where a clause hit a
 *     field's value as a whole
 * @param folds what had to be done to the text to see it
 */
record Hit(Clause.Leaf clause, int start, int end, Set<Fold> folds) {

    static Hit ofValue(Clause.Leaf clause) {
        return new Hit(clause, 0, 0, Set.of());
    }

    /** Whether both have a character of one field in common. */
    boolean isAt(Hit other) {
        return start < other.end && other.start < end && clause.field().equals(other.clause.field());
    }
}
