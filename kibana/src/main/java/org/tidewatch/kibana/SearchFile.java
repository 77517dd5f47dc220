package org.tidewatch.kibana;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;
import org.tidewatch.yaml.YamlMap;

/**
 * A file of saved searches: one search, named like the file, or several under {@code searches}.
 *
 * @param name the file's name
 * @param refused id to what is wrong, of the searches of which an id can be told
 */
record SearchFile(
        String name,
        List<SearchFiles.Found> found,
        List<Problem> problems,
        List<Problem> warnings,
        Map<String, String> refused) {

    /** Whether a path is named like one; a name that begins with a dot is an editor's own file. */
    static boolean isOne(Path path) {
        return String.valueOf(path.getFileName()).matches("[^.].*\\.ya?ml");
    }

    static SearchFile read(Path file, Clock clock, Optional<Set<String>> recipients) {
        String name = String.valueOf(file.getFileName());
        String stem = name.replaceFirst("\\.ya?ml$", "");
        SearchFile read =
                new SearchFile(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        Definition definition = new Definition(clock, recipients, read.warnings);
        Optional<YamlMap> whole = YamlFile.read(file, read.problems);
        if (whole.isEmpty()) {
            read.refuse(stem, 0);
            return read;
        }
        YamlMap map = whole.get();
        if (!map.has("searches")) {
            read.take(map, definition, Optional.of(stem));
            return read;
        }
        List<YamlMap> several = map.maps("searches");
        map.refuseUnknown();
        several.forEach(one -> read.take(one, definition, Optional.empty()));
        return read;
    }

    private void take(YamlMap map, Definition definition, Optional<String> named) {
        int before = problems.size();
        Optional<SavedSearch> search = definition.read(map, named);
        search.ifPresent(good -> found.add(new SearchFiles.Found(good, name, map.line())));
        if (search.isEmpty()) {
            map.text("id").or(() -> named).ifPresent(id -> refuse(id, before));
        }
    }

    /** The first of the problems that were added since stands for all of them. */
    private void refuse(String id, int before) {
        if (problems.size() > before) {
            refused.put(id, problems.get(before).toString());
        }
    }
}
