package org.tidewatch.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.kibana.ExampleItem;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.match.Match;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.match.Reason;
import org.tidewatch.query.Fields;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.url.Defang;
import org.tidewatch.yaml.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Saved searches over items in a file, without a server. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Runs saved searches over items in a file, with the matcher that the crawl uses and no server:"
                + " one line an item, with the searches that match it and why.")
final class SearchesEvalCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(
            names = "--pages",
            paramLabel = "FILE",
            required = true,
            description = "a JSON object a line with fields of an item, such as title, text, host; or a text in quotes")
    private Path pages = Path.of("");

    @Mixin
    private SearchSource source = new SearchSource();

    @Option(names = "--json", description = "a JSON object an item, with every reason")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        SearchFiles files = source.read(place.configuration());
        SearchSource.tell(files);
        List<SavedSearch> standing =
                files.searches().stream().filter(SavedSearch::stands).toList();
        Matcher matcher = new Matcher(new SearchSet(
                0,
                standing.stream()
                        .map(search -> new SearchSet.Versioned(search, 0))
                        .toList()));
        int bad = files.problems().size();
        int items = 0;
        int matched = 0;
        try (BufferedReader lines = Files.newBufferedReader(pages, StandardCharsets.UTF_8)) {
            String line;
            for (int number = 1; (line = lines.readLine()) != null; number++) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    Item item = ExampleItem.of(
                            withoutBookkeeping(Json.MAPPER.readTree(line)),
                            Clock.systemUTC().instant());
                    Matching matching = matcher.match(item);
                    items++;
                    matched += matching.matches().isEmpty() ? 0 : 1;
                    bad += matching.failures().size();
                    System.out.println(
                            json ? Json.text(new Line(number, item.url(), matching)) : text(number, item, matching));
                } catch (JsonProcessingException e) {
                    bad++;
                    System.err.println(
                            new Problem(pages.toString(), number, "", "not JSON: " + e.getOriginalMessage()));
                } catch (IllegalArgumentException e) {
                    bad++;
                    System.err.println(new Problem(pages.toString(), number, "", String.valueOf(e.getMessage())));
                }
            }
        } catch (NoSuchFileException e) {
            System.err.println("--pages: there is no file " + pages);
            return 2;
        }
        System.err.println(standing.size() + " searches, " + items + " items, " + matched + " of them matched"
                + (bad == 0 ? "." : "; " + bad + " problems."));
        return bad == 0 ? 0 : 1;
    }

    /** An item as a script reads it. */
    private record Line(int line, String url, List<Search> matches, List<Matching.Failure> failures) {

        Line(int line, String url, Matching matching) {
            this(
                    line,
                    url,
                    matching.matches().stream()
                            .map(match -> new Search(
                                    match.search().id(), match.search().tier(), match.reasons()))
                            .toList(),
                    matching.failures());
        }
    }

    private record Search(String id, int tier, List<Reason> reasons) {}

    /** An item that was taken from the index brings what the index adds to it, which no search sees. */
    private static JsonNode withoutBookkeeping(JsonNode line) {
        if (line instanceof ObjectNode document) {
            Fields fields = Fields.ofItems();
            List<String> names = new ArrayList<>();
            document.fieldNames().forEachRemaining(names::add);
            names.stream()
                    .filter(name -> fields.isBookkeeping(name) || name.endsWith(Fields.FOLDED_SUFFIX))
                    .forEach(document::remove);
            document.remove(List.of("has_media", "link_hosts"));
        }
        return line;
    }

    private static String text(int number, Item item, Matching matching) {
        StringBuilder line = new StringBuilder()
                .append(number)
                .append("  ")
                .append(Defang.line(item.url()))
                .append(matching.matches().isEmpty() ? "  -" : "");
        for (Match match : matching.matches()) {
            Reason first = match.reasons().get(0);
            line.append("  ").append(match.search().id()).append(": ").append(Defang.line(first.clause()));
            if (!first.folds().isEmpty()) {
                line.append(" (folds: ")
                        .append(String.join(", ", first.folds()))
                        .append(')');
            }
            if (!first.excerpt().isBlank()) {
                line.append(" in \"").append(Defang.line(first.excerpt())).append('"');
            }
        }
        matching.failures().forEach(failure -> line.append("  ")
                .append(failure.search())
                .append(" failed: ")
                .append(failure.reason()));
        return line.toString();
    }
}
