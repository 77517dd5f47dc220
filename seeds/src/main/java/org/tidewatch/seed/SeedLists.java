package org.tidewatch.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;
import org.tidewatch.yaml.YamlMap;

/**
 * All lists of a folder ({@code *.yaml}, in the order of their names). A seed that is wrong is a problem with file and
 * line; the seeds beside it are read all the same.
 */
public record SeedLists(List<SeedList> lists, List<Problem> problems) {

    private static final int MAX_DEPTH = 50;

    public SeedLists {
        lists = List.copyOf(lists);
        problems = List.copyOf(problems);
    }

    /** Every seed of every list. */
    public List<Seed> seeds() {
        return lists.stream().flatMap(list -> list.seeds().stream()).toList();
    }

    public static SeedLists read(Path folder) {
        List<Problem> problems = new ArrayList<>();
        List<SeedList> lists = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                YamlFile.read(file, problems)
                        .flatMap(map -> list(map, problems))
                        .ifPresent(list -> {
                            String other = seen.putIfAbsent(list.list(), file.toString());
                            if (other == null) {
                                lists.add(list);
                            } else {
                                problems.add(new Problem(
                                        file.toString(),
                                        1,
                                        "list",
                                        "\"" + list.list() + "\" is already the list of " + other));
                            }
                        });
            }
        } catch (IOException e) {
            problems.add(new Problem(
                    folder.toString(), 1, "", "the folder of seed lists cannot be read: " + e.getMessage()));
        }
        return new SeedLists(lists, problems);
    }

    private static Optional<SeedList> list(YamlMap map, List<Problem> problems) {
        int before = problems.size();
        String name = slug(map, "list");
        String title = map.required("title");
        String owner = map.required("owner");
        String purpose = map.required("purpose");
        String basis = map.required("basis");
        Optional<LocalDate> reviewBy = map.date("review_by");
        if (!map.has("review_by")) {
            map.problem("review_by", "missing");
        }
        Defaults defaults = map.map("defaults").map(Defaults::of).orElse(Defaults.PLAIN);
        List<YamlMap> entries = map.maps("seeds");
        map.refuseUnknown();
        if (problems.size() > before && (name.isEmpty() || reviewBy.isEmpty())) {
            return Optional.empty();
        }
        List<Seed> seeds = new ArrayList<>();
        Map<String, Integer> ids = new HashMap<>();
        for (YamlMap entry : entries) {
            int good = problems.size();
            Optional<Seed> seed = seed(name, entry, defaults);
            if (problems.size() == good) {
                seed.ifPresent(read -> {
                    Integer other = ids.putIfAbsent(read.id(), entry.line());
                    if (other == null) {
                        seeds.add(read);
                    } else {
                        entry.problem("id", "\"" + read.id() + "\" is already the seed of line " + other);
                    }
                });
            }
        }
        return reviewBy.map(day -> new SeedList(name, title, owner, purpose, basis, day, seeds));
    }

    private record Defaults(Seed.Reach scope, int depth, int budgetPerDay, Duration minRevisit, Duration maxRevisit) {

        static final Defaults PLAIN = new Defaults(
                Seed.Reach.HOST,
                Seed.DEFAULT_DEPTH,
                Seed.DEFAULT_BUDGET_PER_DAY,
                Seed.DEFAULT_MIN_REVISIT,
                Seed.DEFAULT_MAX_REVISIT);

        static Defaults of(YamlMap map) {
            Defaults read = PLAIN.overriddenBy(map);
            map.refuseUnknown();
            return read;
        }

        Defaults overriddenBy(YamlMap map) {
            Optional<YamlMap> revisit = map.map("revisit");
            Duration min = revisit.flatMap(range -> range.duration("min")).orElse(minRevisit);
            Duration max = revisit.flatMap(range -> range.duration("max")).orElse(maxRevisit);
            revisit.ifPresent(range -> {
                range.refuseUnknown();
                if (max.compareTo(min) < 0) {
                    range.problem("max", "shorter than min");
                }
            });
            return new Defaults(
                    map.oneOf("scope", Seed.Reach.class).orElse(scope),
                    map.integer("depth", 0, MAX_DEPTH).orElse(depth),
                    map.integer("budget_per_day", 1, 10_000_000).orElse(budgetPerDay),
                    min,
                    max);
        }
    }

    private static Optional<Seed> seed(String list, YamlMap map, Defaults defaults) {
        String id = slug(map, "id");
        String address = map.required("url");
        Optional<CanonicalUrl> url = CanonicalUrl.of(address);
        if (url.isEmpty() && !address.isEmpty()) {
            map.problem("url", "not an http or https URL: " + address);
        }
        Seed.Kind kind = map.oneOf("kind", Seed.Kind.class).orElse(Seed.Kind.PAGE);
        Seed.State state = map.oneOf("state", Seed.State.class).orElse(Seed.State.PROPOSED);
        String label = map.required("label");
        String why = map.required("why");
        String proposedBy = map.required("proposed_by");
        Optional<String> approvedBy = map.text("approved_by");
        if (state == Seed.State.APPROVED && approvedBy.isEmpty()) {
            map.problem("approved_by", "an approved seed names who approved it");
        }
        Optional<LocalDate> approvedOn = map.date("approved_on");
        Optional<String> language = map.text("language");
        Optional<String> platform = map.text("platform");
        Optional<String> topic = map.text("topic");
        SortedSet<String> tags = new TreeSet<>(map.texts("tags"));
        Defaults own = defaults.overriddenBy(map);
        map.refuseUnknown();
        return url.map(canonical -> new Seed(
                list,
                id,
                canonical,
                kind,
                label,
                why,
                proposedBy,
                approvedBy,
                approvedOn,
                language,
                platform,
                topic,
                tags,
                own.scope(),
                own.depth(),
                own.budgetPerDay(),
                own.minRevisit(),
                own.maxRevisit(),
                state));
    }

    private static String slug(YamlMap map, String key) {
        String value = map.required(key);
        if (!value.isEmpty() && !value.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            map.problem(key, "lower-case words joined by '-', not \"" + value + "\"");
        }
        return value;
    }
}
