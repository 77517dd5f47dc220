package org.tidewatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Json;

/**
 * What the folding sees through, evasion by evasion and in pairs, and what it costs over lists of words. Not part of the
 * build; BENCHMARKS.md has the commands. {@code -Dseed} varies the cases, {@code -Dmisses} says how many of those that are
 * not found are shown, {@code -Dlists} names the lists, files or folders of them with commas between.
 */
class EvasionTable {

    static final long SEED = 20261125;

    private static final int TIMES = 5;
    private static final int MISSES_SHOWN = Integer.getInteger("misses", 40);
    private static final long CHOSEN = Long.getLong("seed", SEED);
    private static final String LISTS = System.getProperty("lists", "/usr/share/dict,/usr/share/hunspell");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Prints the recall of every evasion alone, of the pairs that lose something, and what was not found. */
    @Test
    void recall() {
        out.printf(Locale.ROOT, "seed %d%n| Evasion | cases | found | recall |%n| --- | --- | --- | --- |%n", CHOSEN);
        List<EvasionCase> alone = EvasionCase.alone(CHOSEN, TIMES);
        counts(alone).forEach(this::row);
        List<EvasionCase> pairs = EvasionCase.pairs(CHOSEN);
        Map<String, int[]> counts = counts(pairs);
        row("**alone**", count(alone));
        row("**" + counts.size() + " pairs**", count(pairs));

        out.println("\nPairs below 100 %, worst first");
        counts.entrySet().stream()
                .filter(entry -> entry.getValue()[1] < entry.getValue()[0])
                .sorted(Comparator.comparingDouble(entry -> (double) entry.getValue()[1] / entry.getValue()[0]))
                .forEach(entry -> row(entry.getKey(), entry.getValue()));
        impossible();
        Stream.of(alone, pairs)
                .flatMap(cases -> cases.stream().filter(one -> !one.isFound()).limit(MISSES_SHOWN))
                .forEach(one -> out.println("missed: " + one));
    }

    private static Map<String, int[]> counts(List<EvasionCase> cases) {
        Map<String, List<EvasionCase>> byName = cases.stream()
                .collect(Collectors.groupingBy(EvasionCase::name, LinkedHashMap::new, Collectors.toList()));
        Map<String, int[]> counts = new LinkedHashMap<>();
        byName.forEach((name, some) -> counts.put(name, count(some)));
        return counts;
    }

    private static int[] count(List<EvasionCase> cases) {
        return new int[] {
            cases.size(), (int) cases.stream().filter(EvasionCase::isFound).count()
        };
    }

    private void row(String name, int[] counts) {
        out.printf(
                Locale.ROOT, "| %s | %d | %d | %.2f %% |%n", name, counts[0], counts[1], 100.0 * counts[1] / counts[0]);
    }

    private void impossible() {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Evasion first : Evasion.values()) {
            for (Evasion second : Evasion.values()) {
                second.impossibleAfter(first).ifPresent(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        reasons.forEach((reason, count) -> out.printf(Locale.ROOT, "left out, %d pairs: %s%n", count, reason));
    }

    /** Writes the cases into the file that {@code -Dcases} names, a JSON object a line, for other tools to try. */
    @Test
    void cases() throws IOException {
        List<EvasionCase> cases = new ArrayList<>(EvasionCase.alone(CHOSEN, TIMES));
        cases.addAll(EvasionCase.pairs(CHOSEN));
        try (BufferedWriter file = Files.newBufferedWriter(Path.of(System.getProperty("cases")))) {
            for (EvasionCase one : cases) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("evasions", one.evasions());
                line.put("source", one.source());
                line.put("text", one.text());
                line.put("found", one.isFound());
                file.write(Json.text(line));
                file.newLine();
            }
        }
    }

    /** Prints what each list of words costs, and its worst collisions. */
    @Test
    void price() throws IOException {
        List<Path> lists = new ArrayList<>();
        for (String path : LISTS.split(",", -1)) {
            lists.addAll(WordPrice.lists(Path.of(path)));
        }
        assertThat(lists).as("lists of words in " + LISTS).isNotEmpty();
        List<WordPrice> prices = new ArrayList<>();
        out.println("| List | words | disguised | risky | safe | risky without evidence |\n"
                + "| --- | --- | --- | --- | --- | --- |");
        for (Path list : lists) {
            WordPrice price = WordPrice.of(list);
            prices.add(price);
            out.println(price.row());
        }
        prices.forEach(price -> out.println(price.worst()));
    }
}
