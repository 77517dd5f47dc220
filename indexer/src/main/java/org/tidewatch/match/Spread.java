package org.tidewatch.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.tidewatch.query.Clause;

/**
 * Words of one text field, exact, not far from each other: what Lucene's {@code PhraseQuery} with a slop finds, asked of
 * Lucene itself, since its treatment of repeated words is an algorithm and no rule.
 */
record Spread(Clause.Words words, int field, List<Sign> each, PhraseQuery query) implements FieldCriterion {

    /** @param each the sign of each word in the field's exact stream */
    static Spread of(Clause.Words words, List<Sign> each, Layout layout) {
        return new Spread(
                words,
                layout.number(words.field()),
                each,
                new PhraseQuery(words.slop(), words.field(), words.tokens().toArray(String[]::new)));
    }

    @Override
    public boolean holds(Evaluation evaluation) {
        for (Sign word : each) {
            if (!evaluation.has(word)) {
                return false;
            }
        }
        try {
            return evaluation.searcher(field).count(query) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be read", e);
        }
    }

    @Override
    public Anchors anchors(Rarity rarity) {
        List<Anchors> words = new ArrayList<>();
        for (Sign word : each) {
            words.add(Anchors.of(word, rarity));
        }
        return Anchors.rarest(words);
    }

    @Override
    public void addSigns(Set<Sign> signs) {
        signs.addAll(each);
    }

    @Override
    public void collect(Evaluation evaluation, List<Hit> hits) throws IOException {
        IndexSearcher searcher = evaluation.searcher(field);
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Matches matches = weight.matches(leaf, 0);
            MatchesIterator places = matches == null ? null : matches.getMatches(words.field());
            for (int i = 0; places != null && i < Evaluation.MAX_HITS && places.next(); i++) {
                hits.add(new Hit(words, places.startOffset(), places.endOffset(), Set.of()));
            }
        }
    }
}
