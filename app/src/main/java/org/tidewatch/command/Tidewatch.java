package org.tidewatch.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tidewatch.supervise.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. Exit codes: 0 success, 1 a failed job, 2 bad usage or configuration. */
@Command(
        name = "tidewatch",
        description =
                "Finds candidates for referral on public sites, explains them, and leaves the decision to people.",
        version = "Tidewatch 0.1.0",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        commandListHeading = "%nCommands:%n",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            CandidatesCommand.class,
            ShowCommand.class,
            DecideCommand.class,
            SearchesCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            BlockCommand.class,
            ForgetCommand.class,
            ConfigCommand.class,
            HelpCommand.class
        })
public final class Tidewatch implements Runnable {

    private Tidewatch() {}

    public static void main(String[] arguments) {
        Path logs = logFolder(arguments);
        if (System.getProperty("tidewatch.log") == null) {
            System.setProperty("tidewatch.log", logs.resolve("tidewatch.log").toString());
        }
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Tidewatch())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true);
    }

    /** Logging needs a file before any option is read: it lies in the data folder, or the system's temporary one. */
    private static Path logFolder(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        Path data = Home.find().path().resolve("data");
        boolean demo =
                words.contains("--demo") || (!words.isEmpty() && words.get(0).equals("demo"));
        int named = words.indexOf("--data");
        Path folder = named >= 0 && named + 1 < words.size()
                ? Path.of(words.get(named + 1))
                : demo ? data.resolve("demo") : data;
        boolean writable = Files.isWritable(Home.find().path()) || named >= 0;
        return writable ? folder.resolve("logs") : Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }
}
