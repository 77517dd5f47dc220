package org.tidewatch.query.elastic;

import java.util.ArrayList;
import java.util.List;
import org.tidewatch.query.Clause;

/**
 * A tree in which {@link Clause.Not} stands on leaves only, no {@link Clause.All} is directly in another, nor an {@link
 * Clause.Any} in another, and {@link Clause.Everything} and {@link Clause.Nothing} stand for the whole tree or not at all.
 * It means what the tree it is made from means, is no deeper, and to widen any leaf of it, denied or not, widens the whole.
 */
final class NegationNormalForm {

    private NegationNormalForm() {}

    static Clause of(Clause clause) {
        return of(clause, false);
    }

    private static Clause of(Clause clause, boolean denied) {
        if (clause instanceof Clause.Not not) {
            return of(not.clause(), !denied);
        }
        if (clause instanceof Clause.All all) {
            return denied ? any(all.clauses(), true) : all(all.clauses(), false);
        }
        if (clause instanceof Clause.Any any) {
            return denied ? all(any.clauses(), true) : any(any.clauses(), false);
        }
        if (clause instanceof Clause.Everything) {
            return denied ? new Clause.Nothing() : clause;
        }
        if (clause instanceof Clause.Nothing) {
            return denied ? new Clause.Everything() : clause;
        }
        return denied ? new Clause.Not(clause) : clause;
    }

    private static Clause all(List<Clause> clauses, boolean denied) {
        List<Clause> parts = new ArrayList<>();
        for (Clause clause : clauses) {
            Clause part = of(clause, denied);
            if (part instanceof Clause.Nothing) {
                return part;
            }
            if (part instanceof Clause.All all) {
                parts.addAll(all.clauses());
            } else if (!(part instanceof Clause.Everything)) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? new Clause.Everything() : parts.size() == 1 ? parts.get(0) : new Clause.All(parts);
    }

    private static Clause any(List<Clause> clauses, boolean denied) {
        List<Clause> parts = new ArrayList<>();
        for (Clause clause : clauses) {
            Clause part = of(clause, denied);
            if (part instanceof Clause.Everything) {
                return part;
            }
            if (part instanceof Clause.Any any) {
                parts.addAll(any.clauses());
            } else if (!(part instanceof Clause.Nothing)) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? new Clause.Nothing() : parts.size() == 1 ? parts.get(0) : new Clause.Any(parts);
    }
}
