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
    default void addSigns(Set<Sign> signs) {}

    @Override
    default void collect(Evaluation evaluation, List<Hit> hits) {
        hits.add(Hit.ofValue(clause()));
    }

    /** A keyword, or {@code true} or {@code false}, as a whole; or a keyword that a pattern takes. */
    record OneOf(Clause.Leaf clause, Sign sign) implements FieldValue {
        @Override
        public boolean holds(Evaluation evaluation) {
            return evaluation.has(sign);
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.of(sign, rarity);
        }

        @Override
        public void addSigns(Set<Sign> signs) {
            signs.add(sign);
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
