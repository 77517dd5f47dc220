package org.tidewatch.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a KQL expression finds: the query that Kibana sends for it, given the fields' types, and what the server makes of
 * that. For one query; not thread-safe.
 */
final class KqlMeaning {

    /** Those of two characters first. */
    enum Operator {
        AT_MOST("<="),
        AT_LEAST(">="),
        BELOW("<"),
        ABOVE(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    private final Reading reading;
    private final Leaves leaves;
    private final KqlSurprises surprises;

    KqlMeaning(Reading reading) {
        this.reading = reading;
        this.leaves = new Leaves(reading.fields(), Leaves.Days.ASKED);
        this.surprises = new KqlSurprises(reading);
    }

    /** A value without a field: each default field that can hold it, and no complaint of the others. */
    Clause bare(KqlLiteral value) throws QueryRefused {
        surprises.in(value, Optional.empty());
        List<String> defaults = reading.fields().defaults();
        if (value.hasWildcard()) {
            return queryString(value, defaults, true);
        }
        if (value.isNull()) {
            throw noValue(value);
        }
        List<Clause> any = new ArrayList<>();
        for (String field : defaults) {
            try {
                any.addAll(leaves(field, value));
            } catch (Unreadable e) {
                any.add(new Clause.Nothing());
            }
        }
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    Clause is(KqlLiteral field, KqlLiteral value) throws QueryRefused {
        if (field.isNull()) {
            return bare(value);
        }
        if (field.isLoneWildcard() && value.isLoneWildcard()) {
            return new Clause.Everything();
        }
        if (value.isLoneWildcard()) {
            return exists(field);
        }
        List<Clause> any = new ArrayList<>();
        for (String each : named(field)) {
            surprises.in(value, reading.fields().type(each));
            any.add(refusing(each, value, () -> one(each, value)));
        }
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    Clause range(KqlLiteral field, Operator operator, KqlLiteral bound) throws QueryRefused {
        List<Clause> any = new ArrayList<>();
        for (String each : named(field)) {
            surprises.inRange(bound, reading.fields().type(each));
            any.add(refusing(each, bound, () -> reading.leaf(range(each, operator, bound), bound.start())));
        }
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    private Clause range(String field, Operator operator, KqlLiteral bound) throws Unreadable {
        if (bound.isNull()) {
            return new Clause.Exists(field);
        }
        Optional<String> text = Optional.of(bound.text());
        return switch (operator) {
            case AT_MOST -> leaves.range(field, Optional.empty(), true, text, true);
            case BELOW -> leaves.range(field, Optional.empty(), true, text, false);
            case AT_LEAST -> leaves.range(field, text, true, Optional.empty(), true);
            case ABOVE -> leaves.range(field, text, false, Optional.empty(), true);
        };
    }

    /** Fields that a name stands for; none for an object. */
    private List<String> named(KqlLiteral field) throws QueryRefused {
        String name = field.text();
        if (!field.hasWildcard()) {
            return reading.type(name, field.start()).isPresent() ? List.of(name) : List.of();
        }
        List<String> matching = reading.fields().matching(name);
        if (matching.isEmpty()) {
            remarkNoneLike(field);
        }
        return matching;
    }

    private Clause exists(KqlLiteral field) throws QueryRefused {
        String name = field.text();
        Clause exists = leaves.exists(name);
        if (field.hasWildcard()) {
            if (reading.fields().matching(name).equals(reading.fields().names())) {
                return new Clause.Everything();
            }
            if (exists instanceof Clause.Nothing) {
                remarkNoneLike(field);
            }
        } else if (!(exists instanceof Clause.Any)) {
            reading.type(name, field.start());
        }
        return reading.leaf(exists, field.start());
    }

    private void remarkNoneLike(KqlLiteral field) {
        reading.remark(
                "No field of items is named like \"" + field.text() + "\", so this finds nothing", field.start());
    }

    private Clause one(String field, KqlLiteral value) throws Unreadable, QueryRefused {
        Fields.Type type = leaves.type(field);
        if (value.hasWildcard()) {
            return type == Fields.Type.KEYWORD
                    ? reading.leaf(pattern(field, value), value.start())
                    : queryString(value, List.of(field), false);
        }
        if (value.isNull()) {
            if (type != Fields.Type.DATE) {
                throw noValue(value);
            }
            return reading.leaf(new Clause.Exists(field), value.start());
        }
        List<Clause> any = leaves(field, value);
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    private Clause pattern(String field, KqlLiteral value) throws Unreadable {
        boolean beginning = value.pieces().size() == 2 && value.pieces().get(1).isEmpty();
        return beginning ? leaves.prefix(field, value.pieces().get(0)) : leaves.wildcard(field, value.pattern());
    }

    private List<Clause> leaves(String field, KqlLiteral value) throws Unreadable, QueryRefused {
        List<Clause> found = value.quoted()
                ? leaves.phrase(field, value.text(), 0).map(List::of).orElse(List.of())
                : leaves.words(field, value.text());
        for (Clause leaf : found) {
            reading.leaf(leaf, value.start());
        }
        return found;
    }

    private Clause queryString(KqlLiteral value, List<String> fields, boolean lenient) throws QueryRefused {
        QueryString.Mode mode = new QueryString.Mode(false, lenient, Leaves.Days.OF_UTC);
        return new QueryString(reading, value.queryString(), fields, mode, OptionalInt.of(value.start())).read();
    }

    private interface Made {
        Clause clause() throws Unreadable, QueryRefused;
    }

    private static Clause refusing(String field, KqlLiteral value, Made made) throws QueryRefused {
        try {
            return made.clause();
        } catch (Unreadable e) {
            throw new QueryRefused(field + ": " + e.getMessage(), value.start());
        }
    }

    private static QueryRefused noValue(KqlLiteral value) {
        return new QueryRefused(
                "null without quotes is no word and fails in Elasticsearch: write \"null\" to look for the word, or"
                        + " not field: * for items without a value",
                value.start());
    }
}
