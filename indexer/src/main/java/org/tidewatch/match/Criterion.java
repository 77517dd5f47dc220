package org.tidewatch.match;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What a {@link org.tidewatch.query.Clause} asks, made ready to be tried on documents. Equal parts of different searches are
 * one object. Immutable and thread-safe.
 */
sealed interface Criterion permits Criterion.All, Criterion.Any, Criterion.Not, Criterion.Constant, FieldCriterion {

    boolean holds(Evaluation evaluation);

    /** What a document must have for the criterion to hold. */
    Anchors anchors(Rarity rarity);

    /** Adds the patterns of tokens that it asks an {@link Evaluation} about. */
    void addPatterns(Set<Pattern> patterns);

    /** Adds the places where the criterion has hit; asked only when it holds. */
    void collect(Evaluation evaluation, List<Hit> hits) throws IOException;

    /** All of its parts hold. */
    record All(List<Criterion> parts) implements Criterion {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).holds(evaluation)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Anchors anchors(Rarity rarity) {
            return Anchors.rarest(
                    parts.stream().map(part -> part.anchors(rarity)).toList());
        }

        @Override
        public void addPatterns(Set<Pattern> patterns) {
            parts.forEach(part -> part.addPatterns(patterns));
        }

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) throws IOException {
            for (Criterion part : parts) {
                part.collect(evaluation, hits);
            }
        }
    }

    /** One of its parts holds. */
    record Any(List<Criterion> parts) implements Criterion {
        @Override
        public boolean holds(Evaluation evaluation) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).holds(evaluation)) {
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
        public void addPatterns(Set<Pattern> patterns) {
            parts.forEach(part -> part.addPatterns(patterns));
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
        public void addPatterns(Set<Pattern> patterns) {
            part.addPatterns(patterns);
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
        public void addPatterns(Set<Pattern> patterns) {}

        @Override
        public void collect(Evaluation evaluation, List<Hit> hits) {}
    }
}
