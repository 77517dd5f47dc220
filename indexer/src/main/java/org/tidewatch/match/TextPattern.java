package org.tidewatch.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tidewatch.query.Clause;

/**
 * A token that a pattern takes, in any of several text fields: one pattern in the exact streams, others that mean the same
 * in the folded ones.
 *
 * @param clause its field is of no matter
 * @param sign with the shape of the exact streams first
 */
record TextPattern(Clause.Leaf clause, Sign.OfPatterns sign) implements FieldCriterion {

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

    @Override
    public void collect(Evaluation evaluation, List<Hit> hits) {
        List<Hit> seen = new ArrayList<>();
        int exactHits = 0;
        for (Sign.OfPatterns.Shape shape : sign.shapes()) {
            collect(evaluation, shape, seen, exactHits);
            exactHits = exactHits == 0 ? seen.size() : exactHits;
        }
        hits.addAll(seen);
    }

    private void collect(Evaluation evaluation, Sign.OfPatterns.Shape shape, List<Hit> seen, int exactHits) {
        TokenTable tokens = evaluation.tokens();
        for (int token = 0; token < tokens.size() && seen.size() < Evaluation.MAX_HITS; token++) {
            if ((tokens.streams(token) & shape.streams()) == 0
                    || !shape.pattern().takes(tokens.word(token))) {
                continue;
            }
            for (int place = tokens.firstPlace(token);
                    place != TokenTable.NONE && seen.size() < Evaluation.MAX_HITS;
                    place = tokens.nextPlace(place)) {
                if ((shape.streams() & 1L << tokens.streamAt(place)) != 0) {
                    String field = evaluation.layout().fieldOf(tokens.streamAt(place));
                    Hit hit = new Hit(
                            Written.in(field, clause), tokens.start(place), tokens.end(place), tokens.folds(place));
                    if (seen.subList(0, exactHits).stream().noneMatch(hit::isAt)) {
                        seen.add(hit);
                    }
                }
            }
        }
    }
}
