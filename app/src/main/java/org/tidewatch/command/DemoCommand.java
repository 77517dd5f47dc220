package org.tidewatch.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tidewatch.demo.Demo;
import org.tidewatch.demo.Summary;
import org.tidewatch.index.Json;
import org.tidewatch.supervise.Console;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything at once, on an invented web. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Crawls an invented sample web with everything a real run has, and mails to a local catcher."
                + " The sample web changes over time; Ctrl-C ends it.")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--once", description = "end when nothing is due, having sent what is pending")
    private boolean once;

    @Option(names = "--json", description = "print one summary object as the last line")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "data folder (default: data/demo in the project's folder)")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Home home = Home.find();
        DataFolder folder =
                new DataFolder(data == null ? home.path().resolve("data").resolve("demo") : data);
        PrintStream forPeople = json ? System.err : System.out;
        Console console = new Console(forPeople, Home.onTerminal());
        CountDownLatch asked = new CountDownLatch(1);
        Summary summary;
        try (Ending ending = Ending.onSignal(asked);
                Demo demo = Demo.start(home, folder, console, Clock.systemUTC())) {
            summary = once ? demo.once(asked) : demo.watch(asked);
            demo.explain(summary, data == null ? "--demo" : "--demo --data " + data);
        }
        if (json) {
            System.out.println(Json.text(summary));
        }
        return summary.good() ? 0 : 1;
    }
}
