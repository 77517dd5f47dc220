package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tidewatch.config.Configuration;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.index.Indices;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.kibana.SearchFolder;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.Plan;
import org.tidewatch.search.SavedSearch;
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
    private final SearchFolder searchFiles;
    private final SeedStore seeds;
    private final SearchStore searches;
    private final Frontier frontier;
    private final Clock clock;
    private String applied = "";

    Definitions(Configuration configuration, Indices indices, Frontier frontier, Clock clock) {
        this.seedFolder = configuration.seeds();
        this.searchFolder = configuration.searches().folder();
        this.searchFiles = new SearchFolder(searchFolder, clock, configuration.recipients());
        this.seeds = new SeedStore(indices, configuration.retention(), clock);
        this.searches = new SearchStore(
                indices,
                configuration.retention(),
                clock,
                configuration.searches().consent());
        this.frontier = frontier;
        this.clock = clock;
    }

    /**
     * What an application did.
     *
     * @param problems what stands in the way of the rest
     * @param warnings what stands in the way of nothing
     * @param active saved searches that alert
     * @param proposed saved searches whose matches are only recorded
     */
    record Applied(
            List<String> changes,
            List<Problem> problems,
            List<Problem> warnings,
            int seeds,
            long active,
            long proposed) {}

    /** Whether a file was added, changed or removed since the last {@link #apply}, or a day has begun: reviews run out. */
    boolean changed() throws IOException {
        return !fingerprint().equals(applied);
    }

    Applied apply() throws IOException {
        String fingerprint = fingerprint();
        List<Problem> problems = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        SearchFiles files = searchFiles.read();
        problems.addAll(files.problems());
        Plan plan = searches.apply(files.incoming(KeptSearch.TIDEWATCH, Lookback.PLAIN));
        describe(changes, "searches added", plan.added());
        describe(changes, "searches changed", plan.changed());
        describe(changes, "searches disabled", plan.removed());
        describe(changes, "searches that stand otherwise", plan.ids(Plan.Kind.MOVED));
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
                files.warnings(),
                (int) lists.seeds().stream().filter(one -> one.crawled()).count(),
                standing(plan, SavedSearch.State.ACTIVE),
                standing(plan, SavedSearch.State.PROPOSED));
    }

    private static long standing(Plan plan, SavedSearch.State state) {
        return plan.steps().stream()
                .filter(step -> step.after().entry().standing().state() == state)
                .count();
    }

    private static void describe(List<String> changes, String what, List<String> names) {
        if (!names.isEmpty()) {
            changes.add(what + ": " + String.join(", ", names));
        }
    }

    private String fingerprint() throws IOException {
        List<String> files = new ArrayList<>();
        files.add(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        for (Path folder : List.of(seedFolder, searchFolder)) {
            if (!Files.isDirectory(folder)) {
                files.add(folder + " missing");
                continue;
            }
            try (Stream<Path> inside = Files.list(folder)) {
                for (Path file : inside.filter(Definitions::isYaml).sorted().toList()) {
                    files.add(file + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return String.join("\n", files);
    }

    /** An editor's own files, whose names begin with a dot, come and go. */
    private static boolean isYaml(Path path) {
        return String.valueOf(path.getFileName()).matches("[^.].*\\.ya?ml");
    }
}
