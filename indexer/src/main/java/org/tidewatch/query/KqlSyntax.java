package org.tidewatch.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads KQL, Kibana's own language, and means what Kibana means by it, oddities included:
 *
 * <pre>
 * query      = [or]
 * or         = and ("or" and)*
 * and        = not ("and" not)*
 * not        = ["not"] ( "(" or ")" | expression )
 * expression = literal (">" | ">=" | "&lt;" | "&lt;=") literal
 *            | literal ":" values
 *            | literal
 * values     = "(" orValues ")" | literal
 * orValues   = andValues ("or" andValues)*
 * andValues  = notValues ("and" notValues)*
 * notValues  = ["not"] values
 * </pre>
 *
 * <p>{@link KqlReader} says what literals and keywords are, {@link KqlMeaning} what an expression finds. Nested syntax,
 * {@code field: { }}, is refused: items hold no nested fields. Thread-safe.
 */
public final class KqlSyntax {

    private final KqlReader reader;
    private final KqlMeaning meaning;
    private int depth;

    private KqlSyntax(String query, Reading reading) {
        this.reader = new KqlReader(query);
        this.meaning = new KqlMeaning(reading);
    }

    /**
     * What the query means; it may still match everything or nothing, see {@link Judgement}.
     *
     * @throws QueryRefused naming the place and the remedy: what Kibana refuses, what would fail on the server, and what
     *     is beyond the bounds
     */
    public static Parsed parse(String query, Fields fields) throws QueryRefused {
        Judgement.refuseLength(query);
        Reading reading = new Reading(fields);
        KqlSyntax syntax = new KqlSyntax(query, reading);
        return new Parsed(Simplified.of(syntax.query()), reading.remarks());
    }

    private Clause query() throws QueryRefused {
        reader.skipSpace();
        Clause clause = reader.atEnd() ? new Clause.Everything() : or();
        reader.skipSpace();
        if (!reader.atEnd()) {
            throw unexpected();
        }
        return clause;
    }

    private Clause or() throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        do {
            clauses.add(and());
        } while (reader.takeBetween("or"));
        return clauses.size() == 1 ? clauses.get(0) : new Clause.Any(clauses);
    }

    private Clause and() throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        do {
            clauses.add(not());
        } while (reader.takeBetween("and"));
        return clauses.size() == 1 ? clauses.get(0) : new Clause.All(clauses);
    }

    private Clause not() throws QueryRefused {
        boolean negated = reader.takeNot();
        Clause clause;
        if (open()) {
            clause = or();
            close();
        } else {
            clause = expression();
        }
        return negated ? new Clause.Not(clause) : clause;
    }

    private Clause expression() throws QueryRefused {
        KqlLiteral first = literal();
        int after = reader.place();
        reader.skipSpace();
        for (KqlMeaning.Operator operator : KqlMeaning.Operator.values()) {
            if (reader.take(operator.sign())) {
                reader.skipSpace();
                return meaning.range(first, operator, literal());
            }
        }
        if (!reader.take(":")) {
            reader.backTo(after);
            return meaning.bare(first);
        }
        reader.skipSpace();
        if (reader.take("{")) {
            throw new QueryRefused(
                    "Nested syntax, " + first.raw().strip() + ": { … }, has nothing to look in: items hold no nested"
                            + " fields. Write each condition with its field's full name",
                    reader.place() - 1);
        }
        return values(first);
    }

    private Clause values(KqlLiteral field) throws QueryRefused {
        if (!open()) {
            return meaning.is(field, literal());
        }
        Clause clause = orValues(field);
        close();
        return clause;
    }

    private Clause orValues(KqlLiteral field) throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        do {
            clauses.add(andValues(field));
        } while (reader.takeBetween("or"));
        return clauses.size() == 1 ? clauses.get(0) : new Clause.Any(clauses);
    }

    private Clause andValues(KqlLiteral field) throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        do {
            boolean negated = reader.takeNot();
            Clause clause = values(field);
            clauses.add(negated ? new Clause.Not(clause) : clause);
        } while (reader.takeBetween("and"));
        return clauses.size() == 1 ? clauses.get(0) : new Clause.All(clauses);
    }

    private boolean open() throws QueryRefused {
        int place = reader.place();
        if (!reader.take("(")) {
            return false;
        }
        depth++;
        if (depth > Judgement.MAX_DEPTH) {
            throw Judgement.tooDeep(place);
        }
        reader.skipSpace();
        return true;
    }

    private void close() throws QueryRefused {
        reader.skipSpace();
        if (!reader.take(")")) {
            throw unexpected();
        }
        depth--;
    }

    private KqlLiteral literal() throws QueryRefused {
        Optional<KqlLiteral> literal = reader.literal();
        return literal.orElseThrow(this::unexpected);
    }

    private QueryRefused unexpected() {
        return new QueryRefused(
                "KQL does not go on with " + reader.next() + " here (character " + (reader.place() + 1)
                        + "): join conditions with \"and\" or \"or\", close every quote and bracket, and put a value with"
                        + " any of ( ) : < > \" { } \\ or \"not\" in it into quotes",
                reader.place());
    }
}
