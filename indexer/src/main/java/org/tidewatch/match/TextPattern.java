package org.tidewatch.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tidewatch.query.Clause;

/**
 * A token that a pattern takes, in any of several text fields: one pattern in the exact streams, others that mean the same
 * in the folded ones.
 *
 * @param clause its field is of no matter
 * @param foldedStreams 0 when only the exact form is asked for
 */
record TextPattern(Clause.Leaf clause, Pattern exact, long exactStreams, List<Pattern> folded, long foldedStreams)
        implements FieldCriterion {

    @Override
    public boolean holds(Evaluation evaluation) {
        if ((evaluation.takenIn(exact) & exactStreams) != 0) {
            return true;
        }
        for (int i = 0; i < folded.size(); i++) {
            if ((evaluation.takenIn(folded.get(i)) & foldedStreams) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Anchors anchors(Rarity rarity) {
        Set<Pattern> patterns = new LinkedHashSet<>(folded);
        patterns.add(exact);
        return Anchors.any(patterns.stream()
                .map(pattern -> Anchors.of(new Anchor.WordLike(pattern), rarity))
                .toList());
    }

    @Override
    public void addPatterns(Set<Pattern> patterns) {
        patterns.add(exact);
        patterns.addAll(folded);
    }

    @Override
    public void collect(Evaluation evaluation, List<Hit> hits) {
        List<Hit> seen = new ArrayList<>();
        collect(evaluation, exact, exactStreams, seen, 0);
        int exactHits = seen.size();
        for (Pattern pattern : folded) {
            collect(evaluation, pattern, foldedStreams, seen, exactHits);
        }
        hits.addAll(seen);
    }

    private void collect(Evaluation evaluation, Pattern pattern, long streams, List<Hit> seen, int exactHits) {
        if ((evaluation.takenIn(pattern) & streams) == 0) {
            return;
        }
        TokenTable tokens = evaluation.tokens();
        for (int token = 0; token < tokens.size() && seen.size() < Evaluation.MAX_HITS; token++) {
            if ((tokens.streams(token) & streams) == 0 || !pattern.takes(tokens.word(token))) {
                continue;
            }
            for (int place = tokens.firstPlace(token);
                    place != TokenTable.NONE && seen.size() < Evaluation.MAX_HITS;
                    place = tokens.nextPlace(place)) {
                if ((streams & 1L << tokens.streamAt(place)) != 0) {
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
