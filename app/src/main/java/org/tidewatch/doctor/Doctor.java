package org.tidewatch.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidewatch.config.Configuration;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.kibana.SearchFolder;
import org.tidewatch.seed.SeedLists;
import org.tidewatch.supervise.BorrowedIndex;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.StartRefused;
import org.tidewatch.supervise.Status;

/** Looks at everything Tidewatch needs, and says how to mend what is not well. */
public final class Doctor {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Configuration configuration;
    private final DataFolder folder;
    private final Path zip;
    private final Clock clock;

    public Doctor(Configuration configuration, DataFolder folder, Path zip, Clock clock) {
        this.configuration = configuration;
        this.folder = folder;
        this.zip = zip;
        this.clock = clock;
    }

    public List<Finding> look() throws IOException, InterruptedException {
        Optional<Status> running = Status.read(folder);
        List<Finding> findings =
                new ArrayList<>(new MachineChecks(configuration, folder, zip, clock, running.isPresent()).all());
        List<String> missing = configuration.missingForRun();
        findings.add(
                missing.isEmpty()
                        ? Finding.ok(
                                "agent",
                                configuration.crawl().agent().orElse("") + ", "
                                        + configuration.crawl().contact().orElse(""))
                        : Finding.warn("agent", "run will not start yet", String.join(" ", missing)));
        SeedLists seeds = SeedLists.read(configuration.seeds());
        SearchFiles searches =
                new SearchFolder(configuration.searches().folder(), clock, configuration.recipients()).read();
        seeds.problems()
                .forEach(problem -> findings.add(
                        Finding.warn("seeds", problem.toString(), "Mend that line; the rest is in force.")));
        searches.problems()
                .forEach(problem -> findings.add(
                        Finding.warn("searches", problem.toString(), "Mend that line; the rest is in force.")));
        searches.warnings()
                .forEach(warning -> findings.add(Finding.warn(
                        "searches", warning.toString(), "It is in force all the same; see whether it is meant so.")));
        findings.addAll(elastic(running));
        findings.add(
                new SmtpCheck(configuration.alerts().map(alerts -> alerts.mail().smtp())).look());
        return findings;
    }

    private List<Finding> elastic(Optional<Status> running) throws IOException, InterruptedException {
        Optional<ElasticAccess> access =
                configuration.elasticsearch().access().or(() -> running.flatMap(Status::elastic));
        if (access.isPresent()) {
            return elastic(access.get());
        }
        try (BorrowedIndex own = BorrowedIndex.start(configuration, folder, zip, clock)) {
            return elastic(own.access());
        } catch (StartRefused e) {
            return List.of(Finding.fail(
                    "elasticsearch",
                    String.valueOf(e.getMessage()),
                    "See above, and the logs in " + folder.logs() + "."));
        }
    }

    private static List<Finding> elastic(ElasticAccess access) throws IOException {
        try (Indices indices = Indices.open(access.withPatience(PATIENCE).settings(System.getenv()))) {
            return new ElasticChecks(indices).all();
        }
    }
}
