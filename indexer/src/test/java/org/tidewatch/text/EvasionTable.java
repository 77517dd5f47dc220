package org.tidewatch.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what the folding sees through, evasion by evasion, and in pairs; writes the cases for other tools to try; and
 * prints what it costs over lists of words.
 *
 * <pre>
 * EvasionTable recall [SEED]
 * EvasionTable cases FILE.ndjson [SEED]
 * EvasionTable price FILE|FOLDER...
 * </pre>
 */
final class EvasionTable {

    static final long SEED = 20261125;
    private static final int TIMES = 5;
    private static final int MISSES_SHOWN = Integer.getInteger("misses", 40);

    private EvasionTable() {}

    public static void main(String[] arguments) throws IOException {
        String command = arguments.length == 0 ? "recall" : arguments[0];
        PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
        switch (command) {
            case "recall" -> recall(seed(arguments, 1), out);
            case "cases" -> cases(Path.of(arguments[1]), seed(arguments, 2));
            case "price" -> {
                for (int i = 1; i < arguments.length; i++) {
                    WordPrice.print(Path.of(arguments[i]), out);
                }
            }
            default -> throw new IllegalArgumentException("recall, cases or price, not " + command);
        }
    }

    private static long seed(String[] arguments, int at) {
        return arguments.length > at ? Long.parseLong(arguments[at]) : SEED;
    }

    private static void recall(long seed, PrintStream out) {
        out.printf(Locale.ROOT, "seed %d%n| Evasion | cases | found | recall |%n| --- | --- | --- | --- |%n", seed);
        List<EvasionCase> alone = EvasionCase.alone(seed, TIMES);
        Map<String, int[]> table = new LinkedHashMap<>();
        List<EvasionCase> missed = new ArrayList<>();
        count(alone, table, missed);
        table.forEach((name, counts) -> row(name, counts, out));
        total("alone", alone, missed, out);

        List<EvasionCase> pairs = EvasionCase.pairs(seed);
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

    private static void cases(Path file, long seed) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<EvasionCase> cases = new ArrayList<>(EvasionCase.alone(seed, TIMES));
        cases.addAll(EvasionCase.pairs(seed));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (EvasionCase one : cases) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("evasions", one.evasions());
                line.put("source", one.source());
                line.put("text", one.text());
                line.put("found", one.isFound());
                out.write(json.writeValueAsString(line));
                out.newLine();
            }
        }
    }
}
