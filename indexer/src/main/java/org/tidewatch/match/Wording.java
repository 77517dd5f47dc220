package org.tidewatch.match;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tidewatch.query.Clause;
import org.tidewatch.text.Fold;
import org.tidewatch.text.FoldedPhrase;
import org.tidewatch.text.FoldedWord;
import org.tidewatch.text.Folding;

/**
 * Words in a row, in any of several text fields: as they stand in the exact streams, or in any of their readings in the
 * folded ones.
 */
final class Wording implements FieldCriterion {

    private final Clause.Words words;
    private final Row exact;
    private final long exactStreams;
    private final Row[] readings;
    private final long foldedStreams;
    private final int foldedWords;

    /**
     * @param words without slop; their field is of no matter
     * @param foldedStreams 0 when only the exact form is asked for
     */
    Wording(Clause.Words words, long exactStreams, long foldedStreams) {
        this.words = words;
        this.exact = Row.of(words.tokens());
        this.exactStreams = exactStreams;
        this.foldedStreams = foldedStreams;
        FoldedPhrase phrase = foldedStreams == 0 ? new FoldedPhrase(List.of()) : Folding.phrase(words.source());
        this.foldedWords = phrase.words().size();
        List<Row> rows = new ArrayList<>();
        for (List<FoldedWord> reading : phrase.readings()) {
            rows.add(Row.ofFolded(reading));
        }
        this.readings = rows.toArray(Row[]::new);
    }

    @Override
    public boolean holds(Evaluation evaluation) {
        if (exact.isIn(evaluation.tokens(), exactStreams)) {
            return true;
        }
        for (Row reading : readings) {
            if (reading.isIn(evaluation.tokens(), foldedStreams)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Anchors anchors(Rarity rarity) {
        List<Anchors> all = new ArrayList<>();
        all.add(exact.anchors(rarity));
        for (Row reading : readings) {
            all.add(reading.anchors(rarity));
        }
        return Anchors.any(all);
    }

    @Override
    public void addPatterns(Set<Pattern> patterns) {}

    @Override
    public void collect(Evaluation evaluation, List<Hit> hits) {
        TokenTable tokens = evaluation.tokens();
        List<Hit> seen = new ArrayList<>();
        exact.starts(tokens, exactStreams, Evaluation.MAX_HITS, place -> {
            Hit hit = hit(evaluation, place, exact.length(), Set.of());
            seen.add(hit);
        });
        int exactHits = seen.size();
        for (Row reading : readings) {
            reading.starts(tokens, foldedStreams, Evaluation.MAX_HITS, place -> {
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
