package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidewatch.index.Json;
import org.tidewatch.query.Fields;
import org.tidewatch.search.Question;

/** Random queries in Lucene syntax over its whole grammar; the server's own {@code query_string} reads the same text. */
final class RandomLucene {

    private static final String SPECIAL = "+-=&|!(){}[]^\"~*?:\\/<>";

    /** Marks the begin and the end of a date that moves with the clock. */
    private static final String MOVING = "\uE000";

    private static final String STILL = "\uE001";

    private final Grammar grammar;
    private final Dice dice;

    RandomLucene(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    Asked next(ZoneId zone) {
        String query = query(3);
        return new Asked(
                Question.Language.LUCENE,
                query.replaceAll("[" + MOVING + STILL + "]", ""),
                List.of(),
                zone,
                raw(stopped(query), zone));
    }

    /** A query in which nothing moves with the clock. */
    String query() {
        return stopped(query(2));
    }

    /** The query with a fixed instant in place of every {@code now}, quoted where that was. */
    private String stopped(String query) {
        return Pattern.compile(MOVING + "(.*?)" + STILL).matcher(query).replaceAll(now -> {
            String spelt = now.group(1);
            String still = Grammar.still(spelt.replaceAll("[\"\\\\]", ""));
            return Matcher.quoteReplacement(spelt.startsWith("\"") ? quoted(still) : escaped(still));
        });
    }

    /** As Kibana sends it, but that no rewrite stops early. */
    static ObjectNode raw(String query, ZoneId zone) {
        ObjectNode raw = Json.MAPPER.createObjectNode();
        raw.putObject("query_string")
                .put("query", query)
                .put("analyze_wildcard", true)
                .put("lenient", true)
                .put("rewrite", "constant_score")
                .put("fuzzy_rewrite", "constant_score")
                .put("time_zone", zone.getId());
        return raw;
    }

    private String query(int depth) {
        StringBuilder query = new StringBuilder(clause(depth));
        for (int i = dice.between(depth == 0 ? 0 : 1, 3); i > 0; i--) {
            String by = dice.of(" ", " ", " ", " OR ", " OR ", " || ", " AND ", " && ", "\n", "\u3000");
            grammar.rule("lucene by \"" + by.strip() + "\"");
            query.append(by).append(clause(depth));
        }
        return query.toString();
    }

    private String clause(int depth) {
        String sign = dice.chance(0.75) ? "" : dice.of("+", "-", "!", "NOT ", "not ");
        grammar.rule("lucene sign \"" + sign.strip() + "\"");
        String boost = "";
        if (dice.chance(0.08)) {
            grammar.rule("lucene boost");
            boost = dice.of("^2", "^0.5", "^10");
        }
        return sign + primary(depth) + boost;
    }

    private String primary(int depth) {
        if (depth > 0 && dice.chance(0.15)) {
            grammar.rule("lucene group");
            return "(" + query(depth - 1) + ")";
        }
        if (depth > 0 && dice.chance(0.08)) {
            grammar.rule("lucene group of a field");
            String field = grammar.field(Fields.Type.TEXT, Fields.Type.TEXT, Fields.Type.KEYWORD, Fields.Type.INTEGER);
            StringBuilder group = new StringBuilder(field + ":(");
            for (int i = dice.between(1, 4); i > 0; i--) {
                group.append(dice.of("", "", "", "+", "-"))
                        .append(value(field))
                        .append(dice.of(" ", " OR ", " AND "))
                        .append(value(field))
                        .append(' ');
            }
            return group.toString().strip() + ")";
        }
        if (dice.chance(0.3)) {
            grammar.rule("lucene default fields");
            return text("");
        }
        if (dice.chance(0.05)) {
            grammar.rule("lucene exists");
            return "_exists_:" + dice.of(AgreementIndex.FIELDS.names());
        }
        if (dice.chance(0.06)) {
            grammar.rule("lucene pattern of fields");
            return dice.of("ta\\*", "\\*te", "\\*itle", "a\\*.name", "\\*.handle") + ":" + escaped(grammar.word());
        }
        if (dice.chance(0.05)) {
            grammar.rule("lucene everything");
            return "*:*";
        }
        String field = grammar.field(
                Fields.Type.TEXT,
                Fields.Type.TEXT,
                Fields.Type.KEYWORD,
                Fields.Type.KEYWORD,
                Fields.Type.KEYWORD,
                Fields.Type.DATE,
                Fields.Type.BOOLEAN,
                Fields.Type.INTEGER,
                Fields.Type.DECIMAL,
                Fields.Type.ADDRESS);
        grammar.rule("lucene field");
        if (dice.chance(0.05)) {
            grammar.rule("lucene field with any value");
            return field + ":*";
        }
        return field + ":" + (dice.chance(0.4) ? range(field) : value(field));
    }

    private String value(String field) {
        grammar.rule("lucene " + grammar.type(field));
        return switch (grammar.type(field)) {
            case TEXT -> text(field);
            case KEYWORD -> keyword(field);
            case DATE, BOOLEAN, INTEGER, DECIMAL, ADDRESS -> {
                if (dice.chance(0.1)) {
                    grammar.rule("lucene value of another type");
                    yield escaped(grammar.word());
                }
                String value = grammar.value(field);
                yield spelt(value, dice.chance(0.5));
            }
        };
    }

    private String spelt(String value, boolean quoted) {
        String spelt = quoted ? quoted(value) : escaped(value);
        return value.startsWith("now") ? MOVING + spelt + STILL : spelt;
    }

    private String text(String field) {
        switch (dice.below(9)) {
            case 0 -> {
                grammar.rule("lucene phrase");
                return quoted(dice.chance(0.5) ? grammar.passage() : grammar.words());
            }
            case 1 -> {
                grammar.rule("lucene slop");
                return quoted(dice.chance(0.5) ? grammar.passage() : grammar.words()) + "~" + dice.between(0, 12);
            }
            case 2 -> {
                grammar.rule("lucene fuzzy");
                return escaped(misspelt(grammar.word())) + dice.of("~", "~1", "~2", "~0");
            }
            case 3 -> {
                grammar.rule("lucene prefix");
                return escaped(grammar.cut(grammar.word(), "", "")) + "*";
            }
            case 4 -> {
                grammar.rule("lucene wildcard");
                return wildcard(grammar.word());
            }
            case 5 -> {
                if (field.isEmpty() && dice.chance(0.5)) {
                    return word();
                }
                grammar.rule("lucene regexp");
                return regexp(grammar.word());
            }
            default -> {
                return word();
            }
        }
    }

    private String word() {
        grammar.rule("lucene word");
        String word = dice.chance(0.05)
                ? dice.of(Invented.LONG_WORDS)
                : dice.chance(0.2) ? Spellings.of(dice, grammar.word()) : grammar.word();
        return escaped(word.strip());
    }

    private String keyword(String field) {
        String value = grammar.value(field);
        if (value.isBlank()) {
            return quoted(value);
        }
        return switch (dice.below(6)) {
            case 0 -> {
                grammar.rule("lucene prefix of a keyword");
                yield escaped(grammar.cut(value, "", "")) + "*";
            }
            case 1 -> {
                grammar.rule("lucene wildcard of a keyword");
                yield wildcard(value);
            }
            case 2 -> {
                grammar.rule("lucene fuzzy keyword");
                yield escaped(misspelt(value)) + dice.of("~", "~1", "~2");
            }
            case 3 -> {
                grammar.rule("lucene regexp of a keyword");
                yield regexp(value);
            }
            default -> dice.chance(0.5) ? quoted(value) : escaped(value);
        };
    }

    private String wildcard(String word) {
        int length = word.codePointCount(0, word.length());
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < length; i++) {
            pattern.append(
                    dice.chance(0.3)
                            ? dice.of("*", "?")
                            : escaped(Character.toString(word.codePointAt(word.offsetByCodePoints(0, i)))));
        }
        return pattern.append(dice.of("*", "?", "")).toString();
    }

    private String misspelt(String word) {
        int at = word.offsetByCodePoints(0, dice.below(word.codePointCount(0, word.length())));
        int after = word.offsetByCodePoints(at, 1);
        return switch (dice.below(4)) {
            case 0 -> word.substring(0, at) + "q" + word.substring(at);
            case 1 -> word.substring(0, at) + "q" + word.substring(after);
            case 2 -> word.length() > after ? word.substring(0, at) + word.substring(after) : word;
            default -> word;
        };
    }

    /** Of letters with all operators that Lucene's regular expressions have. */
    private String regexp(String word) {
        StringBuilder expression = new StringBuilder("/");
        for (int c : word.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            String letter = Character.toString(c);
            if (!Character.isLetterOrDigit(c)) {
                expression.append('.');
                continue;
            }
            expression.append(
                    switch (dice.below(14)) {
                        case 0 -> ".";
                        case 1 -> "[" + letter + "q-s]";
                        case 2 -> "[^q" + "]";
                        case 3 -> "(" + letter + "|qq)";
                        case 4 -> letter + "?";
                        case 5 -> letter + "+";
                        case 6 -> letter + "{1,2}";
                        case 7 -> ".*";
                        case 8 -> "(~(q" + letter + "))";
                        case 9 -> "(" + letter + "&.)";
                        default -> letter;
                    });
        }
        return expression.append(dice.of("", ".*", "@", "\"\"")).append('/').toString();
    }

    private String range(String field) {
        grammar.rule("lucene range of " + grammar.type(field));
        String low = bound(field);
        if (dice.chance(0.5)) {
            String operator = dice.of(">", ">=", "<", "<=");
            grammar.rule("lucene " + operator);
            return operator + low;
        }
        String open = dice.of("[", "{");
        String close = dice.of("]", "}");
        grammar.rule("lucene " + open + close);
        return open + (dice.chance(0.2) ? "*" : low) + " TO " + (dice.chance(0.2) ? "*" : bound(field)) + close;
    }

    private String bound(String field) {
        String value = grammar.value(field);
        return spelt(value, !value.matches("[0-9A-Za-zşı.|/+-]+") || dice.chance(0.4));
    }

    private String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > ' ' && !Character.isSurrogate(c) && dice.chance(0.01)) {
                grammar.rule("lucene unicode escape");
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                continue;
            }
            if (SPECIAL.indexOf(c) >= 0 || Character.isWhitespace(c)) {
                grammar.rule("lucene escape");
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
