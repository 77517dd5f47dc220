package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question;

/**
 * Makes the server's query from the tree: term-level clauses only, so that the server analyses nothing, with every date as
 * an instant and never {@code now}. Nothing in it scores. It uses what every Elasticsearch 8 and 9 has.
 */
public final class ElasticQuery {

    /**
     * Most clauses that every server takes in one query: the least that {@code indices.query.bool.max_clause_count} can
     * be since 8.1, which sets it by heap and threads.
     */
    public static final int MAX_CLAUSES = 1_024;

    private final Leaves leaves;

    private ElasticQuery(Leaves leaves) {
        this.leaves = leaves;
    }

    /**
     * The query that finds exactly the items that the live matcher finds. It can have more than {@link #MAX_CLAUSES}
     * clauses, see {@link #clauses}; a server may refuse it then.
     *
     * @param now what {@code now} means for all items alike
     */
    public static Query of(Clause clause, Fields fields, Question.Form form, Now now) {
        return new ElasticQuery(new Leaves(fields, form, now, false)).query(NegationNormalForm.of(clause));
    }

    /**
     * A query that finds at least the items that the live matcher finds, whatever the time is by which each of them is
     * matched, and that every server takes: what moves with the clock may match, and when it would have more than
     * {@link #MAX_CLAUSES} clauses it finds more, if need be everything. For asking the live matcher about fewer items.
     *
     * @param zone whose days and weeks dates are rounded to
     */
    public static Query loose(Clause clause, Fields fields, Question.Form form, ZoneId zone) {
        Clause still = Widened.untilStill(NegationNormalForm.of(clause));
        Now never = new Now(Instant.EPOCH, zone);
        Query narrow = new ElasticQuery(new Leaves(fields, form, never, false)).query(still);
        if (clauses(narrow) <= MAX_CLAUSES) {
            return narrow;
        }
        Clause affirmative = Widened.untilAffirmative(still);
        return new ElasticQuery(new Leaves(fields, form, never, true))
                .asManyAsFit(affirmative instanceof Clause.All all ? all.clauses() : List.of(affirmative));
    }

    private Query asManyAsFit(List<Clause> clauses) {
        List<Query> fitting = new ArrayList<>();
        int count = 0;
        for (Clause clause : clauses) {
            Query query = query(clause);
            int more = clauses(query);
            if (count + more <= MAX_CLAUSES) {
                fitting.add(query);
                count += more;
            }
        }
        return fitting.isEmpty()
                ? Query.of(q -> q.matchAll(m -> m))
                : BoolQuery.of(b -> b.filter(fitting))._toQuery();
    }

    /** How many clauses a query has by the server's count. */
    public static int clauses(Query query) {
        return ClauseCount.of(query);
    }

    private Query query(Clause clause) {
        if (clause instanceof Clause.Everything) {
            return Query.of(q -> q.matchAll(m -> m));
        }
        if (clause instanceof Clause.All all) {
            return all(all.clauses());
        }
        if (clause instanceof Clause.Not) {
            return all(List.of(clause));
        }
        Alternatives alternatives = new Alternatives();
        add(clause, alternatives);
        return alternatives.query();
    }

    private void add(Clause clause, Alternatives alternatives) {
        if (clause instanceof Clause.Any any) {
            any.clauses().forEach(part -> add(part, alternatives));
        } else if (clause instanceof Clause.Leaf leaf) {
            leaves.add(leaf, alternatives);
        } else if (!(clause instanceof Clause.Nothing)) {
            alternatives.add(query(clause));
        }
    }

    private Query all(List<Clause> clauses) {
        BoolQuery.Builder bool = new BoolQuery.Builder();
        Alternatives denied = new Alternatives();
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Not not) {
                add(not.clause(), denied);
            } else {
                bool.filter(query(clause));
            }
        }
        return bool.mustNot(denied.queries()).build()._toQuery();
    }
}
