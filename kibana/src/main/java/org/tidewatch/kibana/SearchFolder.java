package org.tidewatch.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidewatch.yaml.Problem;

/**
 * A folder of saved searches that is read again and again; a file that has not changed since is not. Not thread-safe.
 */
public final class SearchFolder {

    private final Path path;
    private final Clock clock;
    private final Optional<Set<String>> recipients;
    private Map<Path, Seen> seen = Map.of();

    /** What a file held when it was of this size and time, judged on this day. */
    private record Seen(long size, FileTime time, LocalDate day, SearchFile file) {}

    /**
     * @param path a folder, or one file
     * @param recipients those that the configuration names; empty when it names none and nothing is checked
     */
    public SearchFolder(Path path, Clock clock, Optional<Set<String>> recipients) {
        this.path = path;
        this.clock = clock;
        this.recipients = recipients;
    }

    public SearchFiles read() {
        List<SearchFile> files;
        try {
            files = files();
        } catch (IOException e) {
            Problem problem =
                    new Problem(path.toString(), 1, "", "the folder of saved searches cannot be read: " + reason(e));
            return new SearchFiles(List.of(), List.of(problem), List.of(), Map.of(), Set.of(), false);
        }
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        Map<String, String> refused = new HashMap<>();
        Set<String> unsound = new HashSet<>();
        Map<String, List<SearchFiles.Found>> claims = new LinkedHashMap<>();
        for (SearchFile file : files) {
            problems.addAll(file.problems());
            warnings.addAll(file.warnings());
            refused.putAll(file.refused());
            if (!file.problems().isEmpty()) {
                unsound.add(file.name());
            }
            file.found().forEach(found -> claims.computeIfAbsent(found.search().id(), id -> new ArrayList<>())
                    .add(found));
        }
        List<SearchFiles.Found> good = new ArrayList<>();
        claims.forEach((id, found) -> {
            if (found.size() == 1 && !refused.containsKey(id)) {
                good.add(found.get(0));
                return;
            }
            for (SearchFiles.Found one : found) {
                Problem problem = twice(one, found);
                problems.add(problem);
                unsound.add(one.file());
                refused.merge(id, problem.toString(), (first, second) -> first);
            }
        });
        return new SearchFiles(good, problems, warnings, refused, unsound, true);
    }

    /** None of two searches with one id is taken: nobody can tell which is meant. */
    private Problem twice(SearchFiles.Found one, List<SearchFiles.Found> all) {
        String others = all.stream()
                .filter(other -> !place(other).equals(place(one)))
                .map(SearchFolder::place)
                .reduce((a, b) -> a + ", " + b)
                .orElse("a search that is refused");
        return new Problem(
                shown(one.file()), one.line(), "id", "\"" + one.search().id() + "\" is also the id of " + others);
    }

    private static String place(SearchFiles.Found found) {
        return found.file() + ":" + found.line();
    }

    private String shown(String file) {
        return Files.isDirectory(path) ? path.resolve(file).toString() : path.toString();
    }

    private List<SearchFile> files() throws IOException {
        Map<Path, Seen> now = new TreeMap<>();
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (Path file : paths()) {
            Seen known = seen.get(file);
            long size = Files.size(file);
            FileTime time = Files.getLastModifiedTime(file);
            now.put(
                    file,
                    known != null
                                    && known.size() == size
                                    && known.time().equals(time)
                                    && known.day().equals(day)
                            ? known
                            : new Seen(size, time, day, SearchFile.read(file, clock, recipients)));
        }
        seen = now;
        return now.values().stream().map(Seen::file).toList();
    }

    private List<Path> paths() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(SearchFile::isOne).sorted().toList();
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
