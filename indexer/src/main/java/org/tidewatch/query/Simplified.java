package org.tidewatch.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tidewatch.query.Clause.All;
import org.tidewatch.query.Clause.Any;
import org.tidewatch.query.Clause.Everything;
import org.tidewatch.query.Clause.Not;
import org.tidewatch.query.Clause.Nothing;

/**
 * A tree that finds the same with less: groups within groups of their kind are one, double negations are gone, so are
 * repetitions, and {@link Everything} and {@link Nothing} stand at the top or nowhere.
 */
final class Simplified {

    private Simplified() {}

    static Clause of(Clause clause) {
        if (clause instanceof Not not) {
            return not(of(not.clause()));
        }
        if (clause instanceof All all) {
            Set<Clause> parts = parts(all.clauses(), true);
            if (parts.contains(new Nothing()) || contradicts(parts)) {
                return new Nothing();
            }
            parts.remove(new Everything());
            return parts.isEmpty() ? new Everything() : one(parts, All::new);
        }
        if (clause instanceof Any any) {
            Set<Clause> parts = parts(any.clauses(), false);
            if (parts.contains(new Everything()) || contradicts(parts)) {
                return new Everything();
            }
            parts.remove(new Nothing());
            return parts.isEmpty() ? new Nothing() : one(parts, Any::new);
        }
        return clause;
    }

    private static Clause not(Clause clause) {
        if (clause instanceof Not twice) {
            return twice.clause();
        }
        return clause instanceof Everything
                ? new Nothing()
                : clause instanceof Nothing ? new Everything() : new Not(clause);
    }

    private static Set<Clause> parts(List<Clause> clauses, boolean all) {
        Set<Clause> parts = new LinkedHashSet<>();
        for (Clause each : clauses) {
            Clause part = of(each);
            if (all && part instanceof All same) {
                parts.addAll(same.clauses());
            } else if (!all && part instanceof Any same) {
                parts.addAll(same.clauses());
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    private static boolean contradicts(Set<Clause> parts) {
        return parts.stream().anyMatch(part -> part instanceof Not not && parts.contains(not.clause()));
    }

    private interface Group {
        Clause of(List<Clause> parts);
    }

    private static Clause one(Set<Clause> parts, Group group) {
        return parts.size() == 1 ? parts.iterator().next() : group.of(new ArrayList<>(parts));
    }
}
