package org.tidewatch.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tidewatch.config.Configuration;
import org.tidewatch.supervise.Console;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Home;
import org.tidewatch.supervise.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Crawls the seed lists continuously, flags candidates and mails alerts, until it is ended.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(names = "--no-crawl", description = "do all but the crawl, beside a Storm cluster")
    private boolean noCrawl;

    @Override
    public Integer call() throws Exception {
        Configuration configuration = place.configuration();
        List<String> missing = new ArrayList<>(configuration.missingForRun());
        if (!missing.isEmpty() && !noCrawl) {
            throw new BadConfiguration("Sites must be able to see who crawls them, so this is needed first:", missing);
        }
        DataFolder folder = place.folder(configuration);
        Console console = new Console(System.err, Home.onTerminal());
        CountDownLatch ended = new CountDownLatch(1);
        Watch.Plan plan =
                new Watch.Plan("run", configuration, folder, place.home().elasticsearchZip(), !noCrawl);
        try (Ending ending = Ending.onSignal(ended);
                Watch watch = Watch.start(plan, console, Clock.systemUTC())) {
            console.line("Tidewatch is running. Logs: " + folder.logs() + "   Ctrl-C ends it.");
            if (watch.mailroom().isEmpty()) {
                console.line("No mail is sent: set mail.smtp.host, mail.from and mail.recipients in "
                        + Configuration.FILE + ".");
            }
            console.line("Look: " + place.command("status") + "   " + place.command("candidates"));
            ended.await();
            console.line("Ending ...");
        }
        console.line("Ended; the next start goes on from here.");
        return 0;
    }
}
