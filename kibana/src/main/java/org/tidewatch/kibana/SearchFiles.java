package org.tidewatch.kibana;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.search.Incoming;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.yaml.Problem;

/**
 * The saved searches of a folder. A search that is wrong is a problem with file and line; the searches beside it are read
 * all the same.
 *
 * @param found the good ones
 * @param warnings what their authors should know and what does not stop them
 * @param refused id to what is wrong, of those of which an id can be told
 * @param unsound names of the files that have a problem
 * @param complete whether the folder could be read
 */
public record SearchFiles(
        List<Found> found,
        List<Problem> problems,
        List<Problem> warnings,
        Map<String, String> refused,
        Set<String> unsound,
        boolean complete) {

    /**
     * A definition and where it stands.
     *
     * @param file the file's name
     */
    public record Found(SavedSearch search, String file, int line) {}

    public SearchFiles {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        refused = Map.copyOf(refused);
        unsound = Set.copyOf(unsound);
    }

    /** Reads a folder, or one file of searches. */
    public static SearchFiles read(Path path, Clock clock) {
        return new SearchFolder(path, clock, Optional.empty()).read();
    }

    public List<SavedSearch> searches() {
        return found.stream().map(Found::search).toList();
    }

    /**
     * What is to be in force.
     *
     * @param by the person who applies
     */
    public Incoming incoming(String by, Lookback history) {
        return new Incoming(
                found.stream()
                        .map(one -> new Incoming.Offered(one.search(), one.file()))
                        .toList(),
                refused,
                unsound,
                complete,
                by,
                history);
    }
}
