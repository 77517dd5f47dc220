package org.tidewatch.match;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;

/** What is asked of a field's values as they are; a reason for a match, but no place in a text. */
sealed interface FieldValue extends FieldCriterion {

    Clause.Leaf clause();

    @Override
    default Anchors anchors(Rarity rarity) {
        return Anchors.EVERYWHERE;
    }

    @Override
    default void addPatterns(Set<Pattern> patterns) {}

    @Override
    default void collect(Evaluation evaluation, List<Hit> hits) {
        hits.add(Hit.ofValue(clause()));
    }

    /** A keyword, or {@code true} or {@code false}, as a whole. */
    record Is(Clause.Value clause, int field) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (String word : evaluation.document().words(field)) {
                if (word.equals(clause.value())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.of(new Anchor.Value(field, clause.value()), rarity);
        }
    }

    /** A keyword that a pattern takes. */
    record Like(Clause.Leaf clause, int field, Pattern pattern) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (String word : evaluation.document().words(field)) {
                if (pattern.takes(word)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.of(new Anchor.ValueLike(field, pattern), rarity);
        }
    }

    /** A date within bounds; those that move with the clock are worked out for each document. */
    record During(
            Clause.Dates clause, int field, Optional<DateBound> from, Optional<DateBound> to, long least, long most)
            implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            long[] numbers = evaluation.document().numbers(field);
            if (numbers.length == 0) {
                return false;
            }
            long min = from.isEmpty() ? least : from.get().millis(evaluation.now());
            long max = to.isEmpty() ? most : to.get().millis(evaluation.now());
            for (long number : numbers) {
                if (number >= min && number <= max) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A whole number within bounds. */
    record Whole(Clause.Integers clause, int field, long min, long max) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (long number : evaluation.document().numbers(field)) {
                if (number >= min && number <= max) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A number within bounds; minus zero is less than zero, as in the server's index. */
    record Decimal(Clause.Decimals clause, int field) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (double decimal : evaluation.document().decimals(field)) {
                if (Double.compare(decimal, clause.min()) >= 0 && Double.compare(decimal, clause.max()) <= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** An address within bounds. */
    record Address(Clause.Addresses clause, int field, BytesRef min, BytesRef max) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (byte[] address : evaluation.document().addresses(field)) {
                BytesRef value = new BytesRef(address);
                if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Any value at all. */
    record Present(Clause.Exists clause, int field) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            return evaluation.document().has(field);
        }
    }
}
