package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Retention;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.search.SearchStore;
import org.tidewatch.seed.SeedLists;
import org.tidewatch.seed.SeedStore;
import org.tidewatch.yaml.Problem;

/**
 * The files that people keep, seed lists and saved searches, and what of them is in force. What is wrong in a file is
 * reported; everything else in it and beside it takes force. Not thread-safe.
 */
final class Definitions {

    private final Path seedFolder;
    private final Path searchFolder;
    private final SeedStore seeds;
    private final SearchStore searches;
    private final Frontier frontier;
    private String applied = "";

    Definitions(
            Path seedFolder,
            Path searchFolder,
            Indices indices,
            Retention.Terms terms,
            Frontier frontier,
            Clock clock) {
        this.seedFolder = seedFolder;
        this.searchFolder = searchFolder;
        this.seeds = new SeedStore(indices, terms, clock);
        this.searches = new SearchStore(indices, terms, clock);
        this.frontier = frontier;
    }

    /** What an application did, and the problems that stand in the way of the rest. */
    record Applied(List<String> changes, List<Problem> problems, int seeds, int searches) {}

    /** Whether a file was added, changed or removed since the last {@link #apply}. */
    boolean changed() throws IOException {
        return !fingerprint().equals(applied);
    }

    Applied apply() throws IOException {
        String fingerprint = fingerprint();
        List<Problem> problems = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        SearchFiles files = SearchFiles.read(searchFolder);
        problems.addAll(files.problems());
        SearchStore.Applied search = searches.apply(withKnown(files), searchFolder.toString());
        describe(changes, "searches added", search.added());
        describe(changes, "searches changed", search.changed());
        describe(changes, "searches disabled", search.removed());
        SeedLists lists = SeedLists.read(seedFolder);
        problems.addAll(lists.problems());
        SeedStore.Applied seed = seeds.apply(lists, lists.problems().isEmpty());
        frontier.sow(seed.sown());
        frontier.stop(seed.stopped());
        describe(
                changes,
                "seeds sown",
                seed.sown().stream().map(sown -> sown.name()).toList());
        describe(changes, "seeds stopped", seed.stopped());
        applied = fingerprint;
        return new Applied(
                changes,
                problems,
                (int) lists.seeds().stream().filter(one -> one.crawled()).count(),
                files.searches().size());
    }

    /** While files have problems, searches that are in force and not among the good ones stay as they are. */
    private List<org.tidewatch.search.SavedSearch> withKnown(SearchFiles files) {
        List<org.tidewatch.search.SavedSearch> wanted = new ArrayList<>(files.searches());
        if (!files.problems().isEmpty()) {
            searches.load().searches().stream()
                    .map(versioned -> versioned.search())
                    .filter(known ->
                            wanted.stream().noneMatch(search -> search.id().equals(known.id())))
                    .forEach(wanted::add);
        }
        return wanted;
    }

    private static void describe(List<String> changes, String what, List<String> names) {
        if (!names.isEmpty()) {
            changes.add(what + ": " + String.join(", ", names));
        }
    }

    private String fingerprint() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path folder : List.of(seedFolder, searchFolder)) {
            if (!Files.isDirectory(folder)) {
                files.add(folder + " missing");
                continue;
            }
            try (Stream<Path> inside = Files.list(folder)) {
                for (Path file : inside.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    files.add(file + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return String.join("\n", files);
    }
}
