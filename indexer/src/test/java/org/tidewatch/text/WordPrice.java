package org.tidewatch.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the folding costs over a list of words: how many distinct words, as they are written, are found by the search for
 * another. Two spellings that differ in case only are one word; case is that of the root locale, or of Turkish for lists
 * named {@code tr} or {@code turk...}.
 *
 * <p>Risky collisions are those of words that the safe folds keep apart; they are also counted as if every word gave
 * evidence, which is what they would cost without the rule that it must. A list is gone through several times, for some of
 * the skeletons each time, so that one of four million words fits into the heap of a test.
 */
final class WordPrice {

    private static final int WORST = 12;
    private static final long BYTES_AT_ONCE = 8 << 20;

    private final Path list;
    private final List<Set<String>> worstSafe = new ArrayList<>();
    private final List<Set<String>> worstRisky = new ArrayList<>();
    private long words;
    private long disguised;
    private long safe;
    private long risky;
    private long withoutEvidence;

    private WordPrice(Path list) {
        this.list = list;
    }

    /** The lists of a folder, or a file alone; links are left out, as most are another name of a list beside them. */
    static List<Path> lists(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().matches("README.*|.*\\.aff"))
                    .sorted()
                    .toList();
        }
    }

    /** @param list a word a line, or a Hunspell dictionary, whose stems are taken as they are */
    static WordPrice of(Path list) throws IOException {
        WordPrice price = new WordPrice(list);
        int parts = (int) (Files.size(list) / BYTES_AT_ONCE) + 1;
        for (int part = 0; part < parts; part++) {
            price.add(price.read(part, parts));
        }
        return price;
    }

    private void add(Map<String, Set<String>> bySkeleton) {
        for (Set<String> alike : bySkeleton.values()) {
            Map<String, Set<String>> groups = new HashMap<>();
            alike.forEach(word ->
                    groups.computeIfAbsent(plain(word), key -> new TreeSet<>()).add(word));
            words += alike.size();
            safe += groups.values().stream()
                    .filter(group -> group.size() > 1)
                    .mapToLong(Set::size)
                    .sum();
            groups.values().forEach(group -> keepWorst(worstSafe, group));
            Set<String> marked = alike.stream()
                    .filter(word -> Folding.fold(word).indexOf(FoldedWord.RISKY) >= 0)
                    .collect(Collectors.toSet());
            disguised += marked.size();
            if (groups.size() > 1) {
                withoutEvidence += alike.size();
            }
            if (groups.size() > 1 && !marked.isEmpty()) {
                risky += alike.size();
                keepWorst(worstRisky, alike);
            }
        }
    }

    private static void keepWorst(List<Set<String>> worst, Set<String> group) {
        if (group.size() > 1
                && (worst.size() < WORST || group.size() > worst.get(WORST - 1).size())) {
            worst.add(group);
            worst.sort(Comparator.comparingInt((Set<String> one) -> one.size()).reversed());
            if (worst.size() > WORST) {
                worst.remove(WORST);
            }
        }
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.4f %% | %.2f %% | %.2f %% |",
                list.getFileName(),
                words,
                disguised,
                share(risky),
                share(safe),
                share(withoutEvidence));
    }

    private double share(long some) {
        return 100.0 * some / words;
    }

    String worst() {
        return list.getFileName() + "\n  risky: " + shown(worstRisky) + "\n  safe: " + shown(worstSafe);
    }

    private static String shown(Collection<Set<String>> groups) {
        return groups.stream().map(group -> String.join(" ", group)).collect(Collectors.joining("; "));
    }

    /** The word as one, as a search for it looks for it. */
    private static String plain(String word) {
        return Folding.phrase(word).words().stream().map(FoldedWord::plain).collect(Collectors.joining(" "));
    }

    /** Distinct words by their skeletons, of which {@code part} in {@code parts} is taken. */
    private Map<String, Set<String>> read(int part, int parts) throws IOException {
        Locale locale =
                list.getFileName().toString().matches("tr[_.].*|turk.*") ? Locale.forLanguageTag("tr") : Locale.ROOT;
        Map<String, Set<String>> words = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(list), charset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String word = Normalizer.normalize(line.replaceFirst("[/\t].*", ""), Normalizer.Form.NFC)
                        .toLowerCase(locale);
                if (word.startsWith("#") || word.codePoints().noneMatch(Character::isLetter)) {
                    continue;
                }
                String skeleton = Leet.risky(plain(word));
                if (Math.floorMod(skeleton.hashCode(), parts) == part) {
                    words.computeIfAbsent(skeleton, key -> new HashSet<>(2)).add(word);
                }
            }
        }
        words.replaceAll((skeleton, some) -> new TreeSet<>(some));
        return words;
    }

    /** Hunspell names the charset of a dictionary in the file beside it; a list has UTF-8 or, if it can't be, Latin 1. */
    private Charset charset() throws IOException {
        Path rules = list.resolveSibling(list.getFileName().toString().replaceFirst("\\.dic$", ".aff"));
        if (rules.equals(list) || !Files.exists(rules)) {
            return isUtf8() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        }
        try (Stream<String> lines = Files.lines(rules, StandardCharsets.ISO_8859_1)) {
            Optional<String> set = lines.filter(line -> line.startsWith("SET"))
                    .map(line -> line.substring(3).strip())
                    .findFirst();
            return set.map(name -> Charset.forName(name.replaceFirst("^ISO(\\d)", "ISO-$1")))
                    .orElse(StandardCharsets.UTF_8);
        }
    }

    private boolean isUtf8() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {}
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
