package org.tidewatch.query.elastic;

import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;

/** Trees in negation normal form that find at least what another finds. */
final class Widened {

    private Widened() {}

    /** Without what moves with the clock: a moving range still wants its field, and one that is denied wants nothing. */
    static Clause untilStill(Clause clause) {
        if (clause instanceof Clause.All all) {
            return NegationNormalForm.of(new Clause.All(
                    all.clauses().stream().map(Widened::untilStill).toList()));
        }
        if (clause instanceof Clause.Any any) {
            return NegationNormalForm.of(new Clause.Any(
                    any.clauses().stream().map(Widened::untilStill).toList()));
        }
        if (clause instanceof Clause.Not not && moves(not.clause())) {
            return new Clause.Everything();
        }
        return clause instanceof Clause.Dates dates && moves(dates) ? new Clause.Exists(dates.field()) : clause;
    }

    /** Without what is denied, and so with nothing in it that would find more if a leaf found less. */
    static Clause untilAffirmative(Clause clause) {
        if (clause instanceof Clause.All all) {
            return NegationNormalForm.of(new Clause.All(
                    all.clauses().stream().map(Widened::untilAffirmative).toList()));
        }
        if (clause instanceof Clause.Any any) {
            return NegationNormalForm.of(new Clause.Any(
                    any.clauses().stream().map(Widened::untilAffirmative).toList()));
        }
        return clause instanceof Clause.Not ? new Clause.Everything() : clause;
    }

    private static boolean moves(Clause clause) {
        return clause instanceof Clause.Dates dates
                && (dates.from().filter(DateBound::moves).isPresent()
                        || dates.to().filter(DateBound::moves).isPresent());
    }
}
