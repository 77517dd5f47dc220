package org.tidewatch.text;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the folding costs over a list of words: how many distinct words, as they are written, are found by the search for
 * another. Two spellings that differ in case only, as Unicode's root locale has it, are one word.
 *
 * <p>Risky collisions are those of words that the safe folds keep apart; they are also counted as if every word gave
 * evidence, which is what they would cost without the rule that it must.
 */
final class WordPrice {

    private static final int WORST = 12;

    private WordPrice() {}

    /** Prints the price of each list in a folder, or of one list: a word a line, or a Hunspell dictionary. */
    static void print(Path path, PrintStream out) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                List<Path> lists = files.filter(Files::isRegularFile)
                        .filter(Predicate.not(Files::isSymbolicLink))
                        .filter(file -> !file.getFileName().toString().matches("README.*|.*\\.aff"))
                        .sorted()
                        .toList();
                for (Path list : lists) {
                    print(list, out);
                }
            }
            return;
        }
        Set<String> words = read(path);
        Map<String, Set<String>> safe = new HashMap<>();
        Map<String, Set<String>> plain = new HashMap<>();
        Set<String> evidence = new HashSet<>();
        for (String word : words) {
            String query = plain(word);
            safe.computeIfAbsent(query, key -> new TreeSet<>()).add(word);
            plain.computeIfAbsent(Leet.risky(query), key -> new TreeSet<>()).add(query);
            String document = Folding.fold(word);
            if (document.indexOf(FoldedWord.RISKY) >= 0) {
                evidence.add(word);
            }
        }
        Set<String> risky = new TreeSet<>();
        for (String word : evidence) {
            Set<String> met = new TreeSet<>(plain.getOrDefault(Leet.risky(plain(word)), Set.of()));
            if (met.size() > 1) {
                met.forEach(one -> risky.addAll(safe.getOrDefault(one, Set.of())));
            }
        }
        long safely = safe.values().stream()
                .filter(group -> group.size() > 1)
                .mapToLong(Set::size)
                .sum();
        long always = plain.values().stream()
                .filter(group -> group.size() > 1)
                .mapToLong(Set::size)
                .sum();
        out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.4f %% | %.2f %% | %.2f %% |%n",
                path.getFileName(),
                words.size(),
                evidence.size(),
                100.0 * risky.size() / words.size(),
                100.0 * safely / words.size(),
                100.0 * always / words.size());
        out.println("  risky: " + risky.stream().limit(WORST).toList());
        out.println("  safe: "
                + safe.values().stream()
                        .filter(group -> group.size() > 1)
                        .sorted(Comparator.comparing((Set<String> group) -> -group.size()))
                        .limit(WORST)
                        .toList());
    }

    /** The word as one, as a search for it looks for it. */
    private static String plain(String word) {
        return Folding.phrase(word).words().stream().map(FoldedWord::plain).collect(Collectors.joining(" "));
    }

    private static Set<String> read(Path path) throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<String> lines = new String(Files.readAllBytes(path), charset(path)).lines()) {
            lines.map(line -> line.replaceFirst("[/\t].*", ""))
                    .map(line -> Normalizer.normalize(line, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
                    .filter(line -> line.codePoints().anyMatch(Character::isLetter))
                    .forEach(words::add);
        }
        return words;
    }

    /** Hunspell names the charset of a dictionary in the file beside it; a list has UTF-8 or, if it can't be, Latin 1. */
    private static Charset charset(Path path) throws IOException {
        Path rules = path.resolveSibling(path.getFileName().toString().replaceFirst("\\.dic$", ".aff"));
        if (rules.equals(path) || !Files.exists(rules)) {
            return isUtf8(path) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        }
        try (Stream<String> lines = Files.lines(rules, StandardCharsets.ISO_8859_1)) {
            Optional<String> set = lines.filter(line -> line.startsWith("SET"))
                    .map(line -> line.substring(3).strip())
                    .findFirst();
            return set.map(name -> Charset.forName(name.replaceFirst("^ISO(\\d)", "ISO-$1")))
                    .orElse(StandardCharsets.UTF_8);
        }
    }

    private static boolean isUtf8(Path path) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(path)));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
