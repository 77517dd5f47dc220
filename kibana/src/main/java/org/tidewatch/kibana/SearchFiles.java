package org.tidewatch.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidewatch.query.Fields;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;
import org.tidewatch.yaml.YamlMap;

/**
 * The saved searches of a folder, one {@code <id>.yaml} each. A search that is wrong is a problem with file and line;
 * the searches beside it are read all the same.
 */
public record SearchFiles(List<SavedSearch> searches, List<Problem> problems) {

    public SearchFiles {
        searches = List.copyOf(searches);
        problems = List.copyOf(problems);
    }

    public static SearchFiles read(Path folder) {
        List<Problem> problems = new ArrayList<>();
        List<SavedSearch> searches = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                YamlFile.read(file, problems)
                        .flatMap(map -> search(file, map, problems))
                        .ifPresent(searches::add);
            }
        } catch (IOException e) {
            problems.add(new Problem(
                    folder.toString(), 1, "", "the folder of saved searches cannot be read: " + e.getMessage()));
        }
        return new SearchFiles(searches, problems);
    }

    private static Optional<SavedSearch> search(Path file, YamlMap map, List<Problem> problems) {
        int before = problems.size();
        String id = map.required("id");
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
        if (!id.isEmpty() && !id.equals(name)) {
            map.problem("id", "must be the file's name, \"" + name + "\", not \"" + id + "\"");
        }
        String title = map.required("title");
        Optional<Question.Language> language = language(map);
        String query = map.required("query");
        Optional<Integer> tier = map.integer("tier", SavedSearch.MIN_TIER, SavedSearch.MAX_TIER);
        if (!map.has("tier")) {
            map.problem("tier", "missing: " + SavedSearch.MIN_TIER + " (most urgent) to " + SavedSearch.MAX_TIER);
        }
        String purpose = map.required("purpose");
        String basis = map.required("basis");
        String owner = map.required("owner");
        List<String> recipients = map.texts("recipients");
        Optional<LocalDate> reviewBy = map.date("review_by");
        if (!map.has("review_by")) {
            map.problem("review_by", "missing");
        }
        SavedSearch.State state = map.oneOf("state", SavedSearch.State.class).orElse(SavedSearch.State.PROPOSED);
        Optional<String> proposedBy = map.text("proposed_by");
        Optional<String> approvedBy = map.text("approved_by");
        map.refuseUnknown();
        if (!query.isEmpty()) {
            checkQuery(map, query);
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SavedSearch(
                    id,
                    title,
                    Question.of(language.orElse(Question.Language.LUCENE), query),
                    tier.orElse(1),
                    purpose,
                    basis,
                    owner,
                    recipients,
                    MailSchedule.BY_TIER,
                    reviewBy.orElse(LocalDate.MAX),
                    state,
                    proposedBy,
                    approvedBy,
                    Examples.NONE));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            map.problem(message.substring(0, Math.max(0, colon)), message.substring(colon + 2));
            return Optional.empty();
        }
    }

    private static Optional<Question.Language> language(YamlMap map) {
        if (map.text("language").filter("kuery"::equals).isPresent()) {
            map.problem("language", "kuery is not understood by this version: write the query in lucene syntax");
            return Optional.empty();
        }
        return map.oneOf("language", Question.Language.class);
    }

    private static void checkQuery(YamlMap map, String query) {
        try {
            Question.of(Question.Language.LUCENE, query).read(Fields.ofItems());
        } catch (QueryRefused e) {
            map.problem("query", e.withCaret(query));
        }
    }
}
