package org.tidewatch.command;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tidewatch.config.Configuration;
import org.tidewatch.doctor.Doctor;
import org.tidewatch.doctor.Finding;
import org.tidewatch.index.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at everything that Tidewatch needs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks Java, memory, disk, ports, Elasticsearch, SMTP, files and clock, and says how to mend what it finds.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Configuration configuration = place.configuration();
        List<Finding> findings = new Doctor(
                        configuration, place.folder(configuration), place.home().elasticsearchZip(), Clock.systemUTC())
                .look();
        if (json) {
            System.out.println(Json.text(findings));
        } else {
            for (Finding finding : findings) {
                System.out.println(String.format(
                        Locale.ROOT, "%-4s  %-13s  %s", finding.level(), finding.check(), finding.said()));
                finding.remedy().ifPresent(remedy -> System.out.println("                     -> " + remedy));
            }
        }
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL) ? 1 : 0;
    }
}
