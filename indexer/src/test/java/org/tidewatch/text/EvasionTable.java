package org.tidewatch.text;

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
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Json;

/**
 * Prints what the folding sees through, evasion by evasion, and in pairs; writes the cases for other tools to try; and
 * prints what it costs over lists of words. Not part of the build; BENCHMARKS.md has the commands.
 */
class EvasionTable {

    static final long SEED = 20261125;
    private static final long SEED_OF_RUN = Long.getLong("seed", SEED);
    private static final int TIMES = 5;
    private static final int MISSES_SHOWN = Integer.getInteger("misses", 40);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    @Test
    void recall() {
        out.printf(
                Locale.ROOT, "seed %d%n| Evasion | cases | found | recall |%n| --- | --- | --- | --- |%n", SEED_OF_RUN);
        List<EvasionCase> alone = EvasionCase.alone(SEED_OF_RUN, TIMES);
        Map<String, int[]> table = new LinkedHashMap<>();
        List<EvasionCase> missed = new ArrayList<>();
        count(alone, table, missed);
        table.forEach((name, counts) -> row(name, counts, out));
        total("alone", alone, missed, out);

        List<EvasionCase> pairs = EvasionCase.pairs(SEED_OF_RUN);
        Map<String, int[]> pairTable = new LinkedHashMap<>();
        List<EvasionCase> pairsMissed = new ArrayList<>();
        count(pairs, pairTable, pairsMissed);
        out.printf(Locale.ROOT, "%nPairs below 100 %%, worst first%n");
        pairTable.entrySet().stream()
                .filter(entry -> entry.getValue()[1] < entry.getValue()[0])
                .sorted(Comparator.comparingDouble(entry -> (double) entry.getValue()[1] / entry.getValue()[0]))
                .forEach(entry -> row(entry.getKey(), entry.getValue(), out));
        total(pairTable.size() + " pairs", pairs, pairsMissed, out);
        out.println();
        impossible(out);
    }

    /** Into the file that {@code -Dcases} names. */
    @Test
    void cases() throws IOException {
        List<EvasionCase> cases = new ArrayList<>(EvasionCase.alone(SEED_OF_RUN, TIMES));
        cases.addAll(EvasionCase.pairs(SEED_OF_RUN));
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

    /** Over the files and folders that {@code -Dlists} names, with commas between. */
    @Test
    void price() throws IOException {
        for (String path : System.getProperty("lists", "/usr/share/dict").split(",")) {
            WordPrice.print(Path.of(path), out);
        }
    }

    private static void count(List<EvasionCase> cases, Map<String, int[]> table, List<EvasionCase> missed) {
        for (EvasionCase one : cases) {
            int[] counts = table.computeIfAbsent(
                    String.join(
                            ", then ", one.evasions().stream().map(Enum::name).toList()),
                    name -> new int[2]);
            counts[0]++;
            if (one.isFound()) {
                counts[1]++;
            } else {
                missed.add(one);
            }
        }
    }

    private static void row(String name, int[] counts, PrintStream out) {
        out.printf(
                Locale.ROOT, "| %s | %d | %d | %.1f %% |%n", name, counts[0], counts[1], 100.0 * counts[1] / counts[0]);
    }

    private static void total(String name, List<EvasionCase> cases, List<EvasionCase> missed, PrintStream out) {
        row("**" + name + "**", new int[] {cases.size(), cases.size() - missed.size()}, out);
        missed.stream().limit(MISSES_SHOWN).forEach(one -> out.println("missed: " + one));
    }

    private static void impossible(PrintStream out) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Evasion first : Evasion.values()) {
            for (Evasion second : Evasion.values()) {
                second.impossibleAfter(first).ifPresent(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        reasons.forEach((reason, count) -> out.printf(Locale.ROOT, "left out, %d pairs: %s%n", count, reason));
    }
}
