package org.tidewatch.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Item;
import org.tidewatch.match.Match;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.search.Examples;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.yaml.YamlMap;

/** The examples of a search with their places in the file. */
record ExampleList(Optional<YamlMap> map, List<YamlMap.Entry> match, List<YamlMap.Entry> noMatch) {

    private static final int SHOWN = 80;

    static ExampleList read(YamlMap search) {
        Optional<YamlMap> map = search.map("examples");
        ExampleList list = new ExampleList(
                map,
                map.map(given -> given.entries("match")).orElse(List.of()),
                map.map(given -> given.entries("no_match")).orElse(List.of()));
        map.ifPresent(YamlMap::refuseUnknown);
        return list;
    }

    Examples examples() {
        return new Examples(
                match.stream().map(YamlMap.Entry::value).toList(),
                noMatch.stream().map(YamlMap.Entry::value).toList());
    }

    /** Makes every example a problem that the search fails, by the matcher that runs in the crawl. */
    void tryOn(SavedSearch search, Instant now) {
        if (match.isEmpty() && noMatch.isEmpty()) {
            return;
        }
        try (Matcher matcher = new Matcher(new SearchSet(0, List.of(new SearchSet.Versioned(search, 0))))) {
            tryAll("match", match, true, matcher, now);
            tryAll("no_match", noMatch, false, matcher, now);
        } catch (IOException e) {
            throw new UncheckedIOException("A matcher in memory did not close", e);
        }
    }

    private void tryAll(String key, List<YamlMap.Entry> entries, boolean wanted, Matcher matcher, Instant now) {
        for (int i = 0; i < entries.size(); i++) {
            YamlMap.Entry entry = entries.get(i);
            String name = key + "[" + i + "]";
            try {
                Item item = ExampleItem.of(entry.value(), now);
                refute(matcher.match(item), wanted, shown(entry.value()))
                        .ifPresent(message -> problem(entry.line(), name, message));
            } catch (IllegalArgumentException e) {
                problem(entry.line(), name, String.valueOf(e.getMessage()));
            }
        }
    }

    private void problem(int line, String name, String message) {
        map.orElseThrow().problem(line, name, message);
    }

    private static Optional<String> refute(Matching matching, boolean wanted, String shown) {
        if (!matching.failures().isEmpty()) {
            return Optional.of("the search fails on " + shown + ": "
                    + matching.failures().get(0).reason());
        }
        if (wanted) {
            return matching.matches().isEmpty() ? Optional.of("the search does not match " + shown) : Optional.empty();
        }
        return matching.matches().stream()
                .findFirst()
                .map(Match::reasons)
                .map(reasons -> "the search matches " + shown + ", by " + reasons.get(0).clause());
    }

    private static String shown(JsonNode example) {
        String text = example.isTextual() ? example.asText() : example.toString();
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
    }
}
