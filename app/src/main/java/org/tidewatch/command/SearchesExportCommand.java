package org.tidewatch.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidewatch.kibana.SearchYaml;
import org.tidewatch.search.KeptSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the searches in the index as files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes saved searches from the index as files that lint accepts and apply finds unchanged.")
final class SearchesExportCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "which (default: all)")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "folder for one file each (default: standard output, one search)")
    private @Nullable Path folder;

    @Option(names = "--force", description = "write over files that are there")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        if (folder == null && ids.size() != 1) {
            System.err.println("--to: name a folder, or one search to print");
            return 2;
        }
        try (Desk desk = Desk.open(place)) {
            List<KeptSearch> kept = desk.searches().kept().stream()
                    .filter(one -> ids.isEmpty() || ids.contains(one.id()))
                    .toList();
            TreeSet<String> missing = new TreeSet<>(ids);
            kept.forEach(one -> missing.remove(one.id()));
            if (!missing.isEmpty()) {
                System.err.println("There is no saved search " + String.join(", ", missing) + ".");
                return 1;
            }
            Optional<Path> target = Optional.ofNullable(folder);
            if (target.isEmpty()) {
                System.out.print(SearchYaml.of(kept.get(0).definition()));
                return 0;
            }
            return write(kept, target.get());
        }
    }

    private int write(List<KeptSearch> kept, Path target) throws java.io.IOException {
        Files.createDirectories(target);
        List<Path> taken = kept.stream()
                .map(one -> target.resolve(one.id() + ".yaml"))
                .filter(Files::exists)
                .toList();
        if (!taken.isEmpty() && !force) {
            System.err.println(taken.get(0) + " is there already"
                    + (taken.size() > 1 ? ", and " + (taken.size() - 1) + " more" : "")
                    + ". --force writes over it; nothing was written.");
            return 1;
        }
        for (KeptSearch one : kept) {
            Files.writeString(
                    target.resolve(one.id() + ".yaml"), SearchYaml.of(one.definition()), StandardCharsets.UTF_8);
        }
        System.out.println(kept.size() + " searches are written to " + target + ".");
        return 0;
    }
}
