package org.tidewatch.match;

import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RegexpQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Now;

/** The exact form of a clause over the documents that {@link Matcher} makes. */
final class ClauseQuery {

    private final Now now;

    ClauseQuery(Now now) {
        this.now = now;
    }

    Query of(Clause clause) {
        if (clause instanceof Clause.Everything) {
            return new MatchAllDocsQuery();
        }
        if (clause instanceof Clause.Not not) {
            return new BooleanQuery.Builder()
                    .add(new MatchAllDocsQuery(), Occur.MUST)
                    .add(of(not.clause()), Occur.MUST_NOT)
                    .build();
        }
        BooleanQuery.Builder group = new BooleanQuery.Builder();
        if (clause instanceof Clause.All all) {
            boolean positive = all.clauses().stream().anyMatch(each -> !(each instanceof Clause.Not));
            for (Clause each : all.clauses()) {
                if (positive && each instanceof Clause.Not not) {
                    group.add(of(not.clause()), Occur.MUST_NOT);
                } else {
                    group.add(of(each), Occur.MUST);
                }
            }
            return group.build();
        }
        if (clause instanceof Clause.Any any) {
            any.clauses().forEach(each -> group.add(of(each), Occur.SHOULD));
            return group.build();
        }
        return clause instanceof Clause.Leaf leaf ? of(leaf) : new MatchNoDocsQuery();
    }

    private Query of(Clause.Leaf leaf) {
        String field = leaf.field();
        if (leaf instanceof Clause.Words words) {
            return words.tokens().size() == 1
                    ? new TermQuery(new Term(field, words.tokens().get(0)))
                    : new PhraseQuery(words.slop(), field, words.tokens().toArray(String[]::new));
        }
        if (leaf instanceof Clause.Value value) {
            return new TermQuery(new Term(field, value.value()));
        }
        if (leaf instanceof Clause.Prefix prefix) {
            return new PrefixQuery(new Term(field, prefix.prefix()));
        }
        if (leaf instanceof Clause.Wildcard wildcard) {
            return new WildcardQuery(new Term(field, wildcard.pattern()));
        }
        if (leaf instanceof Clause.Regexp regexp) {
            return new RegexpQuery(new Term(field, regexp.pattern()));
        }
        if (leaf instanceof Clause.Fuzzy fuzzy) {
            return new FuzzyQuery(new Term(field, fuzzy.token()), fuzzy.edits());
        }
        if (leaf instanceof Clause.Between between) {
            return TermRangeQuery.newStringRange(
                    field,
                    between.low().orElse(null),
                    between.high().orElse(null),
                    between.lowIncluded(),
                    between.highIncluded());
        }
        if (leaf instanceof Clause.Dates dates) {
            return LongPoint.newRangeQuery(
                    field,
                    dates.from().map(bound -> bound.millis(now)).orElse(Long.MIN_VALUE),
                    dates.to().map(bound -> bound.millis(now)).orElse(Long.MAX_VALUE));
        }
        if (leaf instanceof Clause.Exists) {
            return new WildcardQuery(new Term(field, "*"));
        }
        throw new IllegalArgumentException("Items have no such field: " + leaf);
    }
}
