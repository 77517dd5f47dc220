package org.tidewatch.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
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
record ExampleList(List<Example> match, List<Example> noMatch, Optional<YamlMap> map) {

    private static final int SHOWN = 80;

    /** An example as it is written, and the item that it stands for. */
    private record Example(JsonNode written, Item item, String name, int line) {}

    /** Reads the examples of a search; one that is no item is a problem. */
    static ExampleList read(YamlMap search, Instant now) {
        Optional<YamlMap> map = search.map("examples");
        ExampleList list = new ExampleList(
                map.map(given -> examples(given, "match", now)).orElse(List.of()),
                map.map(given -> examples(given, "no_match", now)).orElse(List.of()),
                map);
        map.ifPresent(YamlMap::refuseUnknown);
        return list;
    }

    private static List<Example> examples(YamlMap map, String key, Instant now) {
        List<Example> examples = new ArrayList<>();
        int index = 0;
        for (YamlMap.Entry entry : map.entries(key)) {
            String name = key + "[" + index++ + "]";
            try {
                examples.add(new Example(entry.value(), ExampleItem.of(entry.value(), now), name, entry.line()));
            } catch (IllegalArgumentException e) {
                map.problem(entry.line(), name, String.valueOf(e.getMessage()));
            }
        }
        return examples;
    }

    Examples examples() {
        return new Examples(
                match.stream().map(Example::written).toList(),
                noMatch.stream().map(Example::written).toList());
    }

    /** Makes every example a problem that the search fails, by the matcher that runs in the crawl. */
    void tryOn(SavedSearch search) {
        if (match.isEmpty() && noMatch.isEmpty()) {
            return;
        }
        Matcher matcher = new Matcher(new SearchSet(0, List.of(new SearchSet.Versioned(search, 0))));
        match.forEach(example -> tryOne(example, true, matcher));
        noMatch.forEach(example -> tryOne(example, false, matcher));
    }

    private void tryOne(Example example, boolean wanted, Matcher matcher) {
        refute(matcher.match(example.item()), wanted, shown(example.written()))
                .ifPresent(message -> map.orElseThrow().problem(example.line(), example.name(), message));
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
                .map(reasons ->
                        "the search matches " + shown + ", by " + reasons.get(0).clause());
    }

    private static String shown(JsonNode example) {
        String text = example.isTextual() ? example.asText() : example.toString();
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
    }
}
