package org.tidewatch.match;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidewatch.query.Clause;
import org.tidewatch.text.Fold;

/**
 * Words in a row, in any of several text fields: as they stand in the exact streams, or in any of their readings in the
 * folded ones. Immutable.
 */
final class Wording implements FieldCriterion {

    private final Clause.Words words;
    private final @Nullable Sign whole;
    private final Row exact;
    private final Row[] readings;
    private final int foldedWords;

    /**
     * @param words without slop; their field is of no matter
     * @param whole the sign that says it all, when no row is longer than two words
     * @param readings none when only the exact form is asked for
     * @param foldedWords words of the first, longest reading
     */
    Wording(Clause.Words words, @Nullable Sign whole, Row exact, List<Row> readings, int foldedWords) {
        this.words = words;
        this.whole = whole;
        this.exact = exact;
        this.readings = readings.toArray(Row[]::new);
        this.foldedWords = foldedWords;
    }

    @Override
    public boolean holds(Evaluation evaluation) {
        if (whole != null) {
            return evaluation.has(whole);
        }
        if (exact.isIn(evaluation)) {
            return true;
        }
        for (Row reading : readings) {
            if (reading.isIn(evaluation)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Sign sign() {
        return whole;
    }

    @Override
    public Anchors anchors(Rarity rarity) {
        if (whole != null) {
            return Anchors.of(whole, rarity);
        }
        List<Anchors> all = new ArrayList<>();
        all.add(exact.anchors(rarity));
        for (Row reading : readings) {
            all.add(reading.anchors(rarity));
        }
        return Anchors.any(all);
    }

    @Override
    public void addSigns(Set<Sign> signs) {
        if (whole != null) {
            signs.add(whole);
            return;
        }
        exact.addSigns(signs);
        for (Row reading : readings) {
            reading.addSigns(signs);
        }
    }

    @Override
    public void collect(Evaluation evaluation, List<Hit> hits) {
        TokenTable tokens = evaluation.tokens();
        List<Hit> seen = new ArrayList<>();
        exact.starts(
                evaluation, Evaluation.MAX_HITS, place -> seen.add(hit(evaluation, place, exact.length(), Set.of())));
        int exactHits = seen.size();
        for (Row reading : readings) {
            reading.starts(evaluation, Evaluation.MAX_HITS, place -> {
                Set<Fold> folds = EnumSet.noneOf(Fold.class);
                if (reading.length() < foldedWords) {
                    folds.add(Fold.JOINED);
                }
                for (int i = 0; i < reading.length(); i++) {
                    folds.addAll(tokens.folds(place + i));
                }
                Hit hit = hit(evaluation, place, reading.length(), folds);
                if (seen.subList(0, exactHits).stream().noneMatch(hit::isAt)) {
                    seen.add(hit);
                }
            });
        }
        hits.addAll(seen);
    }

    private Hit hit(Evaluation evaluation, int place, int length, Set<Fold> folds) {
        TokenTable tokens = evaluation.tokens();
        String field = evaluation.layout().fieldOf(tokens.streamAt(place));
        return new Hit(
                new Clause.Words(field, words.source(), words.tokens(), 0),
                tokens.start(place),
                tokens.end(place + length - 1),
                folds);
    }
}
