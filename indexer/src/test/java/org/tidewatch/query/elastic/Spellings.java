package org.tidewatch.query.elastic;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Ways in which words are written by people who would rather not be found, and by people who write carelessly. */
final class Spellings {

    private static final Map<Character, Character> LOOKALIKES =
            Map.of('a', 'а', 'e', 'е', 'o', 'о', 'p', 'р', 'c', 'с', 'x', 'х', 'y', 'у', 'i', 'і', 's', 'ѕ', 'h', 'һ');
    private static final Map<Character, Character> LEET =
            Map.of('a', '4', 'e', '3', 'i', '1', 'o', '0', 's', '5', 't', '7');

    private static final List<BiFunction<Dice, String, String>> TRICKS = List.of(
            (dice, word) -> word.toUpperCase(Locale.ROOT),
            (dice, word) -> capital(word),
            (dice, word) -> inside(
                    dice,
                    word,
                    dice.of("\u200B", "\u200D", "\u00AD", "\u2060", "\uFE0F", "\u202E", "\u0640", "\u064E")),
            (dice, word) -> inside(dice, word, "\u0301"),
            (dice, word) -> inside(dice, word, "-\n"),
            (dice, word) -> inside(dice, word, dice.of("&shy;", "&#8203;", "&zwnj;")),
            (dice, word) -> swapped(word, LOOKALIKES),
            (dice, word) -> swapped(word, LEET),
            (dice, word) -> repeated(dice, word),
            (dice, word) -> apart(word, dice.of(" ", ".", "-", "/", "*", " 🦅 ", "_")),
            (dice, word) -> shifted(word, 0xFF41 - 'a'),
            (dice, word) -> shifted(word, 0x1D41A - 'a'),
            (dice, word) -> shifted(word, 0x24D0 - 'a'),
            (dice, word) -> shifted(word.toUpperCase(Locale.ROOT), 0x1F130 - 'A'),
            (dice, word) -> word.replace('i', 'ı').replace('I', 'İ'),
            (dice, word) -> "#" + word,
            (dice, word) -> word + dice.of("!", "'s", ".", ",", ":", "…"),
            (dice, word) -> dice.of("(", "\"", "«", "@") + word,
            (dice, word) -> word + "s");

    private Spellings() {}

    static String of(Dice dice, String word) {
        return dice.of(TRICKS).apply(dice, word);
    }

    private static String capital(String word) {
        int first = word.offsetByCodePoints(0, 1);
        return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
    }

    private static String inside(Dice dice, String word, String what) {
        int at = word.offsetByCodePoints(0, dice.below(word.codePointCount(0, word.length())));
        return word.substring(0, at) + what + word.substring(at);
    }

    private static String swapped(String word, Map<Character, Character> by) {
        return word.chars()
                .mapToObj(c -> String.valueOf(by.getOrDefault((char) c, (char) c)))
                .collect(Collectors.joining());
    }

    private static String repeated(Dice dice, String word) {
        int at = word.offsetByCodePoints(0, dice.below(word.codePointCount(0, word.length())));
        String letter = Character.toString(word.codePointAt(at));
        return word.substring(0, at) + letter.repeat(dice.between(2, 4)) + word.substring(at);
    }

    private static String apart(String word, String by) {
        return word.codePoints().mapToObj(Character::toString).collect(Collectors.joining(by));
    }

    private static String shifted(String word, int by) {
        return word.codePoints()
                .map(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c + by : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
