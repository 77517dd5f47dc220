package org.tidewatch.match;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link org.tidewatch.query.Clause} asks, made ready to be tried on documents. Equal parts of different searches are
 * one object. Immutable and thread-safe.
 */
sealed interface Criterion permits Criterion.All, Criterion.Any, Criterion.Not, Criterion.Constant, FieldCriterion {

    int[] NONE = {};

    boolean holds(Evaluation evaluation);

    /** The sign that says all of it; null when it takes more than one. */
    default @Nullable Sign sign() {
        return null;
    }

    /** Numbers of signs one of which is all it takes; none when it is not that simple. */
    default int[] alternatives() {
        Sign sign = sign();
        return sign == null ? NONE : new int[] {sign.number()};
    }

    /** What a document must have for the criterion to hold. */
    Anchors anchors(Rarity rarity);

    /** Adds the signs that it asks an {@link Evaluation} about. */
    void addSigns(Set<Sign> signs);

    /** Adds the places where the criterion has hit; asked only when it holds. */
    void collect(Evaluation evaluation, List<Hit> hits) throws IOException;

    /**
     * All of its parts hold.
     *
     * <p>Note on implementation. Most parts are a sign, or a few signs of which one is enough. Those lie in one array, each
     * behind their number, so that a query that does not hold is mostly told from one stretch of memory.
     */
    final class All implements Criterion {
        private final List<Criterion> parts;
        private final int[] groups;
        private final Criterion[] others;

        All(List<Criterion> parts) {
            this.parts = List.copyOf(parts);
            this.groups = parts.stream()
                    .map(Criterion::alternatives)
                    .filter(signs -> signs.length > 0)
                    .flatMapToInt(signs -> IntStream.concat(IntStream.of(signs.length), IntStream.of(signs)))
                    .toArray();
            this.others = parts.stream()
                    .filter(part -> part.alternatives().length == 0)
                    .toArray(Criterion[]::new);
        }

        List<Criterion> parts() {
            return parts;
        }

        @Override
        public boolean holds(Evaluation evaluation) {
            for (int at = 0; at < groups.length; at += 1 + groups[at]) {
                if (!hasOne(evaluation, at)) {
                    return false;
                }
            }
            for (Criterion other : others) {
                if (!other.holds(evaluation)) {
                    return false;
                }
            }
            return true;
        }

        private boolean hasOne(Evaluation evaluation, int at) {
            for (int i = 1; i <= groups[at]; i++) {
                if (evaluation.has(groups[at + i])) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.rarest(
                    parts.stream().map(part -> part.anchors(rarity)).toList());
        }

        @Override
        public void addSigns(Set<Sign> all) {
            parts.forEach(part -> part.addSigns(all));
        }

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) throws IOException {
            for (Criterion part : parts) {
                part.collect(evaluation, hits);
            }
        }
    }

    /** One of its parts holds. */
    final class Any implements Criterion {
        private final List<Criterion> parts;
        private final int[] signs;
        private final Criterion[] others;

        Any(List<Criterion> parts) {
            this.parts = List.copyOf(parts);
            this.signs = parts.stream()
                    .flatMap(part -> Stream.ofNullable(part.sign()))
                    .mapToInt(Sign::number)
                    .toArray();
            this.others = parts.stream().filter(part -> part.sign() == null).toArray(Criterion[]::new);
        }

        @Override
        public int[] alternatives() {
            return others.length == 0 ? signs : NONE;
        }

        @Override
        public boolean holds(Evaluation evaluation) {
            for (int sign : signs) {
                if (evaluation.has(sign)) {
                    return true;
                }
            }
            for (Criterion other : others) {
                if (other.holds(evaluation)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.any(parts.stream().map(part -> part.anchors(rarity)).toList());
        }

        @Override
        public void addSigns(Set<Sign> all) {
            parts.forEach(part -> part.addSigns(all));
        }

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) throws IOException {
            for (Criterion part : parts) {
                if (part.holds(evaluation)) {
                    part.collect(evaluation, hits);
                }
            }
        }
    }

    /** The part does not hold. What is not there has no place. */
    record Not(Criterion part) implements Criterion {
        @Override
        public boolean holds(Evaluation evaluation) {
            return !part.holds(evaluation);
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.EVERYWHERE;
        }

        @Override
        public void addSigns(Set<Sign> signs) {
            part.addSigns(signs);
        }

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) {}
    }

    /** Every document, or none. */
    record Constant(boolean holds) implements Criterion {
        @Override
        public boolean holds(Evaluation evaluation) {
            return holds;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return holds ? Anchors.EVERYWHERE : Anchors.NOWHERE;
        }

        @Override
        public void addSigns(Set<Sign> signs) {}

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) {}
    }
}
