package org.tidewatch.query.elastic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tidewatch.query.Fields;

/** What the random queries of all languages are made from, and the count of the rules that made them. */
final class Grammar {

    /** What {@code now} is, in date maths that need no clock. */
    static final String NOW = "2026-11-24T10:00:00.000Z";

    /** Every rule of the generators. */
    static final List<String> RULES = List.of(
            "date",
            "date maths",
            "now",
            "word in ARABIC",
            "word in COMMON",
            "word in CYRILLIC",
            "word in GREEK",
            "word in HAN",
            "word in LATIN",
            "filter as it is",
            "filter negated",
            "filter disabled",
            "filter combined",
            "filter custom",
            "filter exists",
            "filter match",
            "filter phrase",
            "filter phrases",
            "filter range",
            "filter range of ADDRESS",
            "filter range of DATE",
            "filter range of DECIMAL",
            "filter range of INTEGER",
            "filter range of KEYWORD",
            "kql or",
            "kql and",
            "kql not",
            "kql group",
            "kql field",
            "kql quoted field name",
            "kql wildcard field name",
            "kql exists",
            "kql exists of an object",
            "kql value list",
            "kql not in a value list",
            "kql bare word",
            "kql bare words",
            "kql bare phrase",
            "kql bare wildcard",
            "kql word",
            "kql words",
            "kql phrase",
            "kql wildcard on text",
            "kql words with a wildcard",
            "kql keyword",
            "kql wildcard on keyword",
            "kql date",
            "kql BOOLEAN",
            "kql INTEGER",
            "kql DECIMAL",
            "kql ADDRESS",
            "kql <",
            "kql <=",
            "kql >",
            "kql >=",
            "kql range of DATE",
            "kql range of INTEGER",
            "kql range of DECIMAL",
            "kql range of ADDRESS",
            "kql range of KEYWORD",
            "kql range of TEXT",
            "kql escape",
            "kql unicode escape",
            "kql escaped keyword",
            "lucene by \"\"",
            "lucene by \"OR\"",
            "lucene by \"||\"",
            "lucene by \"AND\"",
            "lucene by \"&&\"",
            "lucene sign \"\"",
            "lucene sign \"+\"",
            "lucene sign \"-\"",
            "lucene sign \"!\"",
            "lucene sign \"NOT\"",
            "lucene sign \"not\"",
            "lucene group",
            "lucene group of a field",
            "lucene boost",
            "lucene default fields",
            "lucene field",
            "lucene pattern of fields",
            "lucene exists",
            "lucene field with any value",
            "lucene everything",
            "lucene TEXT",
            "lucene KEYWORD",
            "lucene DATE",
            "lucene BOOLEAN",
            "lucene INTEGER",
            "lucene DECIMAL",
            "lucene ADDRESS",
            "lucene value of another type",
            "lucene word",
            "lucene phrase",
            "lucene slop",
            "lucene fuzzy",
            "lucene prefix",
            "lucene wildcard",
            "lucene regexp",
            "lucene fuzzy keyword",
            "lucene prefix of a keyword",
            "lucene wildcard of a keyword",
            "lucene regexp of a keyword",
            "lucene []",
            "lucene [}",
            "lucene {]",
            "lucene {}",
            "lucene <",
            "lucene <=",
            "lucene >",
            "lucene >=",
            "lucene range of TEXT",
            "lucene range of KEYWORD",
            "lucene range of DATE",
            "lucene range of BOOLEAN",
            "lucene range of INTEGER",
            "lucene range of DECIMAL",
            "lucene range of ADDRESS",
            "lucene escape",
            "lucene unicode escape");

    final Dice dice;
    private final List<String> passages;
    private final Map<String, Integer> used = new TreeMap<>();

    /** @param passages pieces of texts of the documents, some words long */
    Grammar(Dice dice, List<String> passages) {
        this.dice = dice;
        this.passages = passages;
    }

    /** Counts a use of a rule. */
    void rule(String rule) {
        used.merge(rule, 1, Integer::sum);
    }

    Map<String, Integer> used() {
        return used;
    }

    String field(Fields.Type... types) {
        Fields.Type type = dice.of(List.of(types));
        List<String> fields = new ArrayList<>(AgreementIndex.FIELDS.names());
        fields.removeIf(name -> !AgreementIndex.FIELDS.type(name).orElseThrow().equals(type));
        return dice.of(fields);
    }

    Fields.Type type(String field) {
        return AgreementIndex.FIELDS.type(field).orElseThrow();
    }

    /** A word of the texts; the frequent ones most of the time. */
    String word() {
        String word = Invented.WORDS.get(dice.below(1 + dice.below(Invented.WORDS.size())));
        rule("word in " + Character.UnicodeScript.of(word.codePointAt(0)));
        return word;
    }

    String passage() {
        return dice.of(passages);
    }

    /** Two to four words of the kind that the texts are made of. */
    String words() {
        List<String> words = new ArrayList<>();
        for (int i = dice.between(2, 4); i > 0; i--) {
            words.add(word());
        }
        return String.join(" ", words);
    }

    /** A value that some documents have in the field. */
    String value(String field) {
        return switch (field) {
            case "code" -> dice.of(Invented.CODES);
            case "tags" -> dice.of(Invented.TAGS);
            case "author.handle" -> dice.of(Invented.HANDLES);
            case "seen" -> date();
            case "flag" -> dice.of("true", "false");
            case "count" -> String.valueOf(dice.of(Invented.COUNTS));
            case "score" -> String.valueOf(dice.of(Invented.SCORES));
            case "address" -> dice.of(Invented.ADDRESSES);
            default -> word();
        };
    }

    private String date() {
        String date = dice.of(
                "2024",
                "2024-02",
                "2024-03-10",
                "2024-01-01",
                "2023-12-31",
                "1970-01-01",
                "2026-11-24",
                "2024-03-10T23:59:59.999Z",
                "2024-03-11T00:00:00+01:00",
                "2024-03-10T12",
                "2024-03-10T23:59",
                "2024-03-10||/M",
                "2024-03-10||+1d",
                "2024-03-10||-1M/y",
                "2024-12-31||/w",
                "2024-02-29||-1y/d",
                "now",
                "now-1d",
                "now/d",
                "now-2y/M",
                "now+1h-1d/d",
                "now-40w/w");
        rule(date.startsWith("now") ? "now" : date.contains("||") ? "date maths" : "date");
        return date;
    }

    /** The same date without {@code now}, for a server whose clock is another. */
    static String still(String date) {
        return !date.startsWith("now") ? date : date.equals("now") ? NOW : NOW + "||" + date.substring("now".length());
    }

    /** The first or last characters of a word, or its ends. */
    String cut(String word, String left, String right) {
        int length = word.codePointCount(0, word.length());
        int kept = dice.between(1, length);
        int from = left.isEmpty() ? 0 : word.offsetByCodePoints(0, length - kept);
        int to = left.isEmpty() ? word.offsetByCodePoints(0, kept) : word.length();
        return left + word.substring(from, to) + right;
    }
}
