package org.tidewatch.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.jspecify.annotations.Nullable;

/** A clause in the coat of a Lucene query, so that Lucene's parser can group it; it cannot be run. */
final class CarriedClause extends Query {

    private final Clause clause;

    CarriedClause(Clause clause) {
        this.clause = clause;
    }

    static Query group(List<BooleanClause> clauses) {
        BooleanQuery.Builder group = new BooleanQuery.Builder();
        clauses.forEach(group::add);
        return group.build();
    }

    /** What a query of the parser's means: a group's optional clauses decide nothing beside a required one. */
    static Clause of(Query query) {
        if (query instanceof CarriedClause carried) {
            return carried.clause;
        }
        if (query instanceof BoostQuery boost) {
            return of(boost.getQuery());
        }
        if (query instanceof MatchAllDocsQuery) {
            return new Clause.Everything();
        }
        if (query instanceof BooleanQuery group) {
            List<Clause> must = of(group, Occur.MUST);
            List<Clause> should = of(group, Occur.SHOULD);
            List<Clause> all = new ArrayList<>(must);
            if (must.isEmpty()) {
                all.add(
                        should.isEmpty()
                                ? new Clause.Nothing()
                                : should.size() == 1 ? should.get(0) : new Clause.Any(should));
            }
            of(group, Occur.MUST_NOT).forEach(not -> all.add(new Clause.Not(not)));
            return all.size() == 1 ? all.get(0) : new Clause.All(all);
        }
        throw new IllegalStateException("The parser makes no " + query.getClass());
    }

    private static List<Clause> of(BooleanQuery group, Occur occur) {
        return group.clauses().stream()
                .filter(clause -> clause.getOccur() == occur)
                .map(clause -> of(clause.getQuery()))
                .toList();
    }

    @Override
    public String toString(String field) {
        return clause.toString();
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
