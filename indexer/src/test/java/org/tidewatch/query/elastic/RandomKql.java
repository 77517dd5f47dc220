package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.tidewatch.index.Json;
import org.tidewatch.query.Fields;
import org.tidewatch.search.Question;

/**
 * Random KQL over its whole grammar. Beside every query it makes what Kibana's query builder makes of it, from the parts
 * that it has put together and so without parsing.
 */
final class RandomKql {

    private static final String SPECIAL = "\\():<>\"*{}";

    private final Grammar grammar;
    private final Dice dice;
    private ZoneId zone = ZoneOffset.UTC;

    /** A piece of a query and what it means. */
    private record Part(String text, ObjectNode raw) {}

    RandomKql(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    Asked next(ZoneId in) {
        zone = in;
        Part whole = or(3);
        return new Asked(Question.Language.KUERY, whole.text(), List.of(), zone, whole.raw());
    }

    private Part or(int depth) {
        int parts = depth == 0 ? 1 : dice.between(1, 4);
        return joined(parts, "or", () -> and(depth));
    }

    private Part and(int depth) {
        int parts = depth > 0 && dice.chance(0.2) ? 2 : 1;
        return joined(parts, "and", () -> not(depth));
    }

    private Part joined(int number, String by, Supplier<Part> part) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            parts.add(part.get());
        }
        if (number == 1) {
            return parts.get(0);
        }
        grammar.rule("kql " + by);
        String word = dice.of(
                by, by, by.toUpperCase(Locale.ROOT), by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1));
        List<ObjectNode> raw = parts.stream().map(Part::raw).toList();
        return new Part(
                String.join(
                        space() + word + space(), parts.stream().map(Part::text).toList()),
                by.equals("or") ? Raw.any(raw) : Raw.all(raw));
    }

    private String space() {
        return dice.of(" ", " ", " ", "  ", "\n", "\t", "\u00A0");
    }

    private Part not(int depth) {
        if (!dice.chance(0.12)) {
            return primary(depth);
        }
        grammar.rule("kql not");
        Part denied = primary(depth);
        return new Part(dice.of("not ", "NOT ", "Not\u00A0") + denied.text(), Raw.not(denied.raw()));
    }

    private Part primary(int depth) {
        if (depth > 0 && dice.chance(0.25)) {
            grammar.rule("kql group");
            Part inner = or(depth - 1);
            return new Part("(" + dice.of("", " ") + inner.text() + dice.of("", " ") + ")", inner.raw());
        }
        return switch (dice.below(12)) {
            case 0, 1, 2 -> bare();
            case 3, 4, 5 -> range();
            case 6 -> list();
            case 7 -> exists();
            case 8 -> patternOfFields();
            default -> field();
        };
    }

    private Part bare() {
        switch (dice.below(5)) {
            case 0 -> {
                grammar.rule("kql bare phrase");
                String phrase = dice.chance(0.5) ? grammar.passage() : grammar.words();
                return new Part(quoted(phrase), multiMatch(phrase, "phrase"));
            }
            case 1 -> {
                grammar.rule("kql bare wildcard");
                String pattern = pattern(grammar.word());
                return new Part(escaped(pattern, true), queryString(pattern, ""));
            }
            case 2 -> {
                grammar.rule("kql bare words");
                String words = plain(dice.chance(0.5) ? grammar.passage() : grammar.words());
                return new Part(escaped(words, false), multiMatch(words, "best_fields"));
            }
            default -> {
                grammar.rule("kql bare word");
                String word = dice.chance(0.3) ? dice.of("and", "or", "not") : grammar.word();
                return new Part(escaped(word, false), multiMatch(word, "best_fields"));
            }
        }
    }

    private Part field() {
        String field = grammar.field(
                Fields.Type.TEXT,
                Fields.Type.TEXT,
                Fields.Type.TEXT,
                Fields.Type.KEYWORD,
                Fields.Type.KEYWORD,
                Fields.Type.DATE,
                Fields.Type.BOOLEAN,
                Fields.Type.INTEGER,
                Fields.Type.DECIMAL,
                Fields.Type.ADDRESS);
        Part value = literal(field);
        grammar.rule("kql field");
        return new Part(name(field) + dice.of(":", ": ", " : ") + value.text(), value.raw());
    }

    private String name(String field) {
        if (dice.chance(0.1)) {
            grammar.rule("kql quoted field name");
            return "\"" + field + "\"";
        }
        return field;
    }

    private Part list() {
        String field = grammar.field(Fields.Type.TEXT, Fields.Type.KEYWORD, Fields.Type.DATE, Fields.Type.INTEGER);
        grammar.rule("kql value list");
        Part values = joined(
                dice.between(1, 4),
                "or",
                () -> joined(dice.chance(0.2) ? 2 : 1, "and", () -> {
                    Part value = literal(field);
                    if (dice.chance(0.1)) {
                        grammar.rule("kql not in a value list");
                        return new Part("not " + value.text(), Raw.not(value.raw()));
                    }
                    return value;
                }));
        return new Part(field + ": (" + values.text() + ")", values.raw());
    }

    private Part exists() {
        grammar.rule("kql exists");
        if (dice.chance(0.3)) {
            grammar.rule("kql exists of an object");
            return new Part(
                    "author: *",
                    Raw.any(List.of(
                            Raw.of("exists", "field", "author.name"), Raw.of("exists", "field", "author.handle"))));
        }
        String field = dice.of(AgreementIndex.FIELDS.names());
        return new Part(field + dice.of(":*", ": *"), Raw.of("exists", "field", field));
    }

    private Part patternOfFields() {
        grammar.rule("kql wildcard field name");
        String pattern = dice.of("author.*", "t*", "*te", "*ody", "a*.name", "nosuch*");
        List<String> fields = AgreementIndex.FIELDS.matching(pattern);
        String word = grammar.word();
        boolean phrase = dice.chance(0.5);
        List<ObjectNode> raw = fields.stream()
                .map(field -> grammar.type(field) == Fields.Type.KEYWORD
                        ? Raw.of("term", field, word)
                        : Raw.of(phrase ? "match_phrase" : "match", field, word))
                .toList();
        return new Part(
                pattern + ": " + (phrase ? quoted(word) : escaped(word, false)),
                raw.isEmpty() ? Raw.nothing() : Raw.any(raw));
    }

    private Part range() {
        String field = grammar.field(
                Fields.Type.DATE,
                Fields.Type.DATE,
                Fields.Type.INTEGER,
                Fields.Type.DECIMAL,
                Fields.Type.ADDRESS,
                Fields.Type.KEYWORD,
                Fields.Type.TEXT);
        String operator = dice.of(">", ">=", "<", "<=");
        grammar.rule("kql " + operator);
        grammar.rule("kql range of " + grammar.type(field));
        String value = grammar.value(field);
        ObjectNode bounds = Json.MAPPER.createObjectNode();
        bounds.put(
                switch (operator) {
                    case ">" -> "gt";
                    case ">=" -> "gte";
                    case "<" -> "lt";
                    default -> "lte";
                },
                Grammar.still(value));
        if (grammar.type(field) == Fields.Type.DATE) {
            bounds.put("time_zone", zone.getId());
        }
        return new Part(
                field + dice.of("", " ") + operator + dice.of("", " ") + spelt(value), Raw.of("range", field, bounds));
    }

    private Part literal(String field) {
        return switch (grammar.type(field)) {
            case TEXT -> text(field);
            case KEYWORD -> keyword(field);
            case DATE -> {
                grammar.rule("kql date");
                String value = grammar.value(field);
                ObjectNode bounds = Json.MAPPER.createObjectNode();
                bounds.put("gte", Grammar.still(value))
                        .put("lte", Grammar.still(value))
                        .put("time_zone", zone.getId());
                yield new Part(spelt(value), Raw.of("range", field, bounds));
            }
            case BOOLEAN, INTEGER, DECIMAL, ADDRESS -> {
                grammar.rule("kql " + grammar.type(field));
                String value = grammar.value(field);
                yield new Part(spelt(value), Raw.of("match", field, value));
            }
        };
    }

    private Part text(String field) {
        switch (dice.below(6)) {
            case 0 -> {
                grammar.rule("kql phrase");
                String phrase = dice.chance(0.6) ? grammar.passage() : grammar.words();
                return new Part(quoted(phrase), Raw.of("match_phrase", field, phrase));
            }
            case 1 -> {
                grammar.rule("kql wildcard on text");
                String pattern = pattern(grammar.word());
                return new Part(escaped(pattern, true), queryString(pattern, field));
            }
            case 2 -> {
                grammar.rule("kql words");
                String words = plain(dice.chance(0.5) ? grammar.passage() : grammar.words());
                return new Part(escaped(words, false), Raw.of("match", field, words));
            }
            case 3 -> {
                grammar.rule("kql words with a wildcard");
                String words = plain(grammar.word()) + " " + grammar.cut(plain(grammar.word()), "", "*");
                return new Part(escaped(words, true), queryString(words, field));
            }
            default -> {
                grammar.rule("kql word");
                String word = dice.chance(0.05) ? dice.of(Invented.LONG_WORDS) : grammar.word();
                return new Part(escaped(word, false), Raw.of("match", field, word));
            }
        }
    }

    private Part keyword(String field) {
        String value = grammar.value(field);
        if (!value.isBlank() && !value.contains("*") && dice.chance(0.3)) {
            grammar.rule("kql wildcard on keyword");
            String pattern = pattern(value);
            return new Part(
                    escaped(pattern, true),
                    Raw.of(
                            "wildcard",
                            field,
                            Json.MAPPER
                                    .createObjectNode()
                                    .put("value", pattern.replace("\\", "\\\\").replace("?", "\\?"))));
        }
        grammar.rule("kql keyword");
        return new Part(
                value.isBlank() || dice.chance(0.4) ? quoted(value) : escaped(value, false),
                Raw.of("term", field, value));
    }

    /** With a wildcard at one end, at both, or within. */
    private String pattern(String word) {
        String plain = plain(word).strip();
        return switch (dice.below(5)) {
            case 0 -> grammar.cut(plain, "*", "");
            case 1 -> "*" + grammar.cut(plain, "", "*");
            case 2 ->
                plain.substring(0, plain.offsetByCodePoints(0, 1)) + "*"
                        + plain.substring(plain.offsetByCodePoints(plain.length(), -1));
            default -> grammar.cut(plain, "", "*");
        };
    }

    private ObjectNode multiMatch(String text, String type) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.putObject("multi_match").put("type", type).put("query", text).put("lenient", true);
        return query;
    }

    /** @param field the one to search, or empty for the default ones */
    private static ObjectNode queryString(String pattern, String field) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        ObjectNode parameters = query.putObject("query_string");
        if (!field.isEmpty()) {
            parameters.putArray("fields").add(field);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            text.append("+-=&|><!(){}[]^\"~?:\\/".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        parameters.put("query", text.toString()).put("rewrite", "constant_score");
        return query;
    }

    /** Words that may stand unquoted next to each other: no line feeds, and none that KQL reads as its own. */
    private static String plain(String words) {
        return String.join(
                " ",
                List.of(words.strip().split("[ \\t\\r\\n\\u00A0]+")).stream()
                        .map(word -> word.matches("(?i)and|or|not|null|\\*+|") ? "falcon" : word)
                        .toList());
    }

    /** A value in one of the ways in which it may be written: quoted when it must be. */
    private String spelt(String value) {
        return value.isBlank() || value.contains(":") && dice.chance(0.7) || dice.chance(0.4)
                ? quoted(value)
                : escaped(value, false);
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** @param withWildcards whether {@code *} is one */
    private String escaped(String value, boolean withWildcards) {
        if (value.matches("(?i)and|or|not")) {
            grammar.rule("kql escaped keyword");
            return "\\" + value.toUpperCase(Locale.ROOT);
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '*' && withWildcards) {
                escaped.append(c);
            } else if (SPECIAL.indexOf(c) >= 0) {
                grammar.rule("kql escape");
                escaped.append('\\').append(c);
            } else if (c > ' ' && !Character.isSurrogate(c) && dice.chance(0.02)) {
                grammar.rule("kql unicode escape");
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
