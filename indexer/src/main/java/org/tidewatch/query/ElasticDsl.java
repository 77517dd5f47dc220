package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads the part of Elasticsearch's query language that Kibana's filters hold. A query, or a setting of one, that is not
 * known here is refused by its path instead of being guessed at. For one set of filters; not thread-safe.
 */
final class ElasticDsl {

    private static final Set<String> IN_BOOL =
            Set.of("must", "filter", "should", "must_not", "minimum_should_match", "boost");

    private final Reading reading;
    private final Leaves leaves;
    private final ElasticDslRange ranges;

    ElasticDsl(Reading reading) {
        this.reading = reading;
        this.leaves = new Leaves(reading.fields(), Leaves.Days.OF_UTC);
        this.ranges = new ElasticDslRange(leaves);
    }

    /**
     * What a query finds.
     *
     * @param path where it stands, for messages
     * @param depth groups that are open around it, itself included
     */
    Clause read(JsonNode query, String path, int depth) throws QueryRefused {
        if (depth > Judgement.MAX_DEPTH) {
            throw refused(path, "is nested deeper than " + Judgement.MAX_DEPTH + ": take a level away");
        }
        Map.Entry<String, JsonNode> only = only(query, path, "one query");
        String kind = only.getKey();
        Setting body = new Setting(only.getValue(), path + "." + kind);
        return switch (kind) {
            case "match_all" -> new Clause.Everything();
            case "match_none" -> new Clause.Nothing();
            case "bool" -> bool(body, depth);
            case "constant_score" -> read(body.only("filter"), body.path() + ".filter", depth + 1);
            case "exists" -> exists(body);
            case "query_string" -> queryString(body);
            case "multi_match" -> multiMatch(body);
            case "terms" -> terms(body);
            case "match", "match_phrase", "term", "range", "prefix", "wildcard", "regexp" -> field(kind, body);
            case "nested" -> throw refused(body.path(), "has nothing to look in: items hold no nested fields");
            default ->
                throw refused(
                        body.path(),
                        "cannot be read: a filter is made of match, match_phrase, term, terms, range, exists, prefix,"
                                + " wildcard, regexp, query_string, multi_match, match_all and bool");
        };
    }

    static QueryRefused refused(String path, String reason) {
        return new QueryRefused(path + " " + reason, -1);
    }

    private static Map.Entry<String, JsonNode> only(JsonNode object, String path, String what) throws QueryRefused {
        if (object.size() != 1 || !object.isObject()) {
            throw refused(
                    path, "holds " + (object.isObject() ? object.size() + " keys" : "no object") + ", not " + what);
        }
        return object.properties().iterator().next();
    }

    private Clause bool(Setting bool, int depth) throws QueryRefused {
        bool.refuseOthers(IN_BOOL);
        List<Clause> all = new ArrayList<>(clauses(bool, "must", depth));
        all.addAll(clauses(bool, "filter", depth));
        List<Clause> should = clauses(bool, "should", depth);
        boolean optional = !all.isEmpty();
        if (bool.has("minimum_should_match")) {
            String least = bool.text("minimum_should_match");
            if (!least.equals("0") && !least.equals("1")) {
                throw refused(bool.path() + ".minimum_should_match", "is 0 or 1");
            }
            optional = optional && least.equals("0");
        }
        if (!should.isEmpty() && !optional) {
            all.add(new Clause.Any(should));
        }
        clauses(bool, "must_not", depth).forEach(not -> all.add(new Clause.Not(not)));
        return all.isEmpty() ? new Clause.Everything() : new Clause.All(all);
    }

    private List<Clause> clauses(Setting bool, String occur, int depth) throws QueryRefused {
        List<Clause> clauses = new ArrayList<>();
        int index = 0;
        for (JsonNode query : bool.list(occur)) {
            clauses.add(read(query, bool.path() + "." + occur + "[" + index + "]", depth + 1));
            index++;
        }
        return clauses;
    }

    private Clause exists(Setting exists) throws QueryRefused {
        exists.refuseOthers(Set.of("field", "boost"));
        String field = exists.text("field");
        Clause clause = leaves.exists(field);
        if (!(clause instanceof Clause.Any)) {
            reading.type(field, -1);
        }
        return reading.leaf(clause, -1);
    }

    private Clause terms(Setting terms) throws QueryRefused {
        List<Clause> any = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : terms.body().properties()) {
            if (each.getKey().equals("boost")) {
                continue;
            }
            if (!each.getValue().isArray()) {
                throw refused(terms.path() + "." + each.getKey(), "is no list of values");
            }
            for (JsonNode value : each.getValue()) {
                any.add(one("term", each.getKey(), new Setting(value, terms.path() + "." + each.getKey())));
            }
        }
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    private Clause field(String kind, Setting query) throws QueryRefused {
        Map.Entry<String, JsonNode> only = only(query.body(), query.path(), "one field");
        return one(kind, only.getKey(), new Setting(only.getValue(), query.path() + "." + only.getKey()));
    }

    private Clause one(String kind, String field, Setting asked) throws QueryRefused {
        if (reading.type(field, -1).isEmpty()) {
            return new Clause.Nothing();
        }
        try {
            return switch (kind) {
                case "match" -> match(field, asked);
                case "match_phrase" -> phrase(field, asked);
                case "range" -> reading.leaf(ranges.read(field, asked), -1);
                case "prefix" -> reading.leaf(leaves.prefix(field, value(asked, "value", field)), -1);
                case "wildcard" ->
                    reading.leaf(
                            leaves.wildcard(field, value(asked, asked.has("wildcard") ? "wildcard" : "value", field)),
                            -1);
                case "regexp" -> reading.leaf(leaves.regexp(field, value(asked, "value", field)), -1);
                default -> reading.leaf(leaves.term(field, value(asked, "value", field)), -1);
            };
        } catch (Unreadable e) {
            if (asked.body().path("lenient").asBoolean()) {
                return new Clause.Nothing();
            }
            throw refused(asked.path(), "cannot be asked: " + e.getMessage());
        }
    }

    /** The value itself, or one key of an object with settings that change nothing. */
    private String value(Setting asked, String key, String field) throws QueryRefused {
        if (asked.body().isObject()) {
            if (asked.body().path("case_insensitive").asBoolean()) {
                throw refused(asked.path() + ".case_insensitive", "cannot be followed: leave it out");
            }
            asked.refuseOthers(Set.of(key, "boost", "case_insensitive", "rewrite"));
        }
        return asked.value(key, leaves.type(field));
    }

    private Clause match(String field, Setting asked) throws Unreadable, QueryRefused {
        asked.refuseOthers(Set.of("query", "operator", "boost", "lenient"));
        boolean all = asked.has("operator") && asked.text("operator").equalsIgnoreCase("and");
        List<Clause> words = leaves.words(field, asked.value("query", leaves.type(field)));
        for (Clause word : words) {
            reading.leaf(word, -1);
        }
        return words.isEmpty() ? new Clause.Nothing() : all ? new Clause.All(words) : new Clause.Any(words);
    }

    private Clause phrase(String field, Setting asked) throws Unreadable, QueryRefused {
        asked.refuseOthers(Set.of("query", "slop", "boost"));
        int slop = asked.has("slop") ? asked.whole("slop") : 0;
        Optional<Clause> phrase = leaves.phrase(field, asked.value("query", leaves.type(field)), slop);
        return phrase.isEmpty() ? new Clause.Nothing() : reading.leaf(phrase.get(), -1);
    }

    private Clause multiMatch(Setting asked) throws QueryRefused {
        asked.refuseOthers(Set.of("query", "fields", "type", "lenient", "boost"));
        String type = asked.has("type") ? asked.text("type") : "best_fields";
        if (!Set.of("best_fields", "most_fields", "phrase").contains(type)) {
            throw refused(asked.path() + ".type", "is best_fields, most_fields or phrase");
        }
        boolean lenient = asked.body().path("lenient").asBoolean();
        List<Clause> any = new ArrayList<>();
        for (String field : fields(asked)) {
            try {
                any.addAll(
                        type.equals("phrase")
                                ? leaves.phrase(field, asked.text("query"), 0).stream()
                                        .toList()
                                : leaves.words(field, asked.text("query")));
            } catch (Unreadable e) {
                if (!lenient) {
                    throw refused(asked.path(), "cannot be asked: " + field + ": " + e.getMessage());
                }
            }
        }
        for (Clause leaf : any) {
            reading.leaf(leaf, -1);
        }
        return any.isEmpty() ? new Clause.Nothing() : new Clause.Any(any);
    }

    private Clause queryString(Setting asked) throws QueryRefused {
        asked.refuseOthers(Set.of(
                "query",
                "fields",
                "default_field",
                "analyze_wildcard",
                "lenient",
                "default_operator",
                "allow_leading_wildcard",
                "boost"));
        if (asked.has("default_operator") && !asked.text("default_operator").equalsIgnoreCase("or")) {
            throw refused(asked.path() + ".default_operator", "is OR: write AND between the words");
        }
        String query = asked.text("query");
        Judgement.refuseLength(query);
        boolean everywhere = !asked.has("fields") && !asked.has("default_field");
        QueryString.Mode mode = new QueryString.Mode(
                asked.body().path("analyze_wildcard").asBoolean(),
                asked.body().path("lenient").asBoolean(everywhere),
                Leaves.Days.OF_UTC);
        try {
            return query.isBlank()
                    ? new Clause.Nothing()
                    : new QueryString(reading, query, fields(asked), mode, OptionalInt.of(-1)).read();
        } catch (QueryRefused e) {
            throw refused(asked.path() + ".query", "cannot be read: " + e.getMessage());
        }
    }

    /** The fields to search, patterns and weights resolved. */
    private List<String> fields(Setting asked) throws QueryRefused {
        List<String> names = new ArrayList<>();
        asked.list("fields").forEach(name -> names.add(name.asText()));
        if (asked.has("default_field")) {
            names.add(asked.text("default_field"));
        }
        if (names.isEmpty()) {
            return reading.fields().defaults();
        }
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            String plain = name.replaceFirst("\\^[0-9.]+$", "");
            if (plain.contains("*")) {
                fields.addAll(reading.fields().matching(plain));
            } else if (reading.type(plain, -1).isPresent()) {
                fields.add(plain);
            }
        }
        return fields;
    }

    /** A part of a query, and where it stands. */
    record Setting(JsonNode body, String path) {

        boolean has(String key) {
            return body.has(key);
        }

        JsonNode only(String key) throws QueryRefused {
            refuseOthers(Set.of(key, "boost"));
            return body.path(key);
        }

        void refuseOthers(Set<String> known) throws QueryRefused {
            for (Map.Entry<String, JsonNode> each : body.properties()) {
                if (!known.contains(each.getKey())) {
                    throw refused(path + "." + each.getKey(), "cannot be followed: leave it out");
                }
            }
        }

        /** The elements of a list, or the one thing that stands for it. */
        List<JsonNode> list(String key) {
            JsonNode value = body.path(key);
            return value.isArray()
                    ? StreamSupport.stream(value.spliterator(), false).toList()
                    : value.isMissingNode() ? List.of() : List.of(value);
        }

        String text(String key) throws QueryRefused {
            JsonNode value = body.path(key);
            if (!value.isValueNode() || value.isNull()) {
                throw refused(path + "." + key, "is missing, or is no single value");
            }
            return value.asText();
        }

        int whole(String key) throws QueryRefused {
            JsonNode value = body.path(key);
            if (!value.canConvertToInt() || value.asInt() < 0) {
                throw refused(path + "." + key, "is no whole number");
            }
            return value.asInt();
        }

        /** This, or what it holds under {@code key}, as a field of the type takes it: to a date, a number is milliseconds. */
        String value(String key, Fields.Type type) throws QueryRefused {
            JsonNode value = body.isObject() ? body.path(key) : body;
            if (!value.isValueNode() || value.isNull()) {
                throw refused(body.isObject() ? path + "." + key : path, "is missing, or is no single value");
            }
            return type == Fields.Type.DATE && value.isNumber() ? DateMath.epoch(value.asText()) : value.asText();
        }
    }
}
