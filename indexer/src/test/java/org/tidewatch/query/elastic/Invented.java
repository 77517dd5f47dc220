package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tidewatch.index.Json;

/** Random documents of the {@link AgreementIndex}: few words in several scripts, so that queries meet them. */
final class Invented {

    static final List<String> WORDS = List.of(
            "falcon",
            "purple",
            "front",
            "harbour",
            "dawn",
            "rises",
            "velmora",
            "falcons",
            "fal",
            "cephesi'ne",
            "şahin",
            "ışık",
            "istanbul",
            "الصقر",
            "جبهة",
            "الأرجواني",
            "сокол",
            "фронт",
            "γεράκι",
            "σημαίας",
            "紫隼",
            "日本語",
            "🦅",
            "purple-falcon",
            "falcon_one",
            "purplefalcon",
            "x9",
            "007",
            "7",
            "2024",
            "true",
            "192.0.2.7",
            "and",
            "f",
            "a");

    static final List<String> CODES = List.of(
            "alpha",
            "Alpha",
            "alpha two",
            "two  gaps",
            "exactly-10",
            "eleven-long",
            "",
            "a*b",
            "a?b",
            "back\\sl",
            "🦅🦅",
            "сокол",
            "#tag",
            "7",
            "true",
            "alpine");

    static final List<String> TAGS =
            List.of("demo", "harbour watch", "Demo", "falcon", "fal:con", "(x)", "ünder", "2024", "🟣", "de");

    static final List<String> HANDLES =
            List.of("falcon_one", "Harbour_Cat", "purple falcon", "falcon", "a-handle-that-is-far-too-long", "сокол");

    static final List<String> DATES = List.of(
            "2024-01-01",
            "2024-03-10",
            "2024-03-10T00:00:00.000Z",
            "2024-03-10T23:59:59.999Z",
            "2024-03-11T01:00:00+02:00",
            "2024-02-29T12:00:00Z",
            "2024-12-31T23:59:59.999Z",
            "2023-12-31",
            "2026-11-23T10:00:00Z",
            "2026-11-24T09:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31",
            "1710028800000");

    static final List<Long> COUNTS = List.of(
            -1L,
            0L,
            1L,
            7L,
            42L,
            2024L,
            9_007_199_254_740_992L,
            9_007_199_254_740_993L,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    static final List<Double> SCORES = List.of(-3.25, -0.0, 0.0, 0.5, 1.0, 2.5, 7.0, 1e300, Double.MIN_VALUE);

    static final List<String> ADDRESSES =
            List.of("10.0.0.1", "10.0.0.200", "192.0.2.7", "::ffff:192.0.2.8", "2001:db8::5", "::1");

    /** Words that the standard analyzer, or the server's white space tokenizer, cuts in pieces at 255. */
    static final List<String> LONG_WORDS = List.of(
            "a".repeat(255),
            "a".repeat(256) + "falcon",
            "falcon".repeat(50),
            "𐐨".repeat(200),
            "a" + "𐐨".repeat(127) + "falcon",
            "a".repeat(600));

    private final Dice dice;

    Invented(Dice dice) {
        this.dice = dice;
    }

    List<ObjectNode> documents(int number) {
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            documents.add(document());
        }
        return documents;
    }

    private ObjectNode document() {
        ObjectNode document = Json.MAPPER.createObjectNode();
        maybe(document, "title", 0.8, () -> text(6));
        maybe(document, "body", 0.9, () -> text(25));
        maybe(document, "note", 0.6, () -> text(8));
        ObjectNode author = Json.MAPPER.createObjectNode();
        maybe(author, "name", 0.6, () -> text(3));
        maybe(author, "handle", 0.6, () -> value(dice.of(HANDLES)));
        if (!author.isEmpty()) {
            document.set("author", author);
        }
        maybe(document, "code", 0.8, () -> value(dice.of(CODES)));
        maybe(document, "tags", 0.8, () -> value(dice.of(TAGS)));
        maybe(document, "seen", 0.8, () -> value(dice.of(DATES)));
        maybe(document, "flag", 0.8, () -> value(dice.chance(0.5)));
        maybe(document, "count", 0.8, () -> value(dice.of(COUNTS)));
        maybe(document, "score", 0.8, () -> value(dice.of(SCORES)));
        maybe(document, "address", 0.8, () -> value(dice.of(ADDRESSES)));
        return document;
    }

    /** One value, several, none, or null. */
    private void maybe(ObjectNode document, String field, double there, Supplier<JsonNode> value) {
        if (!dice.chance(there)) {
            if (dice.chance(0.1)) {
                document.putNull(field);
            } else if (dice.chance(0.1)) {
                document.putArray(field);
            }
        } else if (dice.chance(0.7)) {
            document.set(field, value.get());
        } else {
            ArrayNode values = document.putArray(field);
            for (int i = dice.between(1, 3); i > 0; i--) {
                values.add(value.get());
            }
        }
    }

    private static JsonNode value(Object value) {
        return Json.MAPPER.valueToTree(value);
    }

    private JsonNode text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.between(0, longest); i > 0; i--) {
            text.append(word()).append(dice.of(" ", " ", " ", " ", " ", ", ", "\n", ". ", " / ", "", " \u200E"));
        }
        return value(text.toString());
    }

    private String word() {
        if (dice.chance(0.02)) {
            return dice.of(LONG_WORDS);
        }
        // The first words of the list are the frequent ones, as in any language.
        String word = WORDS.get(dice.below(1 + dice.below(WORDS.size())));
        return dice.chance(0.75) ? word : Spellings.of(dice, word);
    }
}
