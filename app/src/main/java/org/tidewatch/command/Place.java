package org.tidewatch.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidewatch.config.Configuration;
import org.tidewatch.demo.Demo;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Home;
import picocli.CommandLine.Option;

/** Which installation a command works on: the options that every command takes. */
final class Place {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration file (default: tidewatch.yaml in the project's folder)")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "data folder, in place of the configured one")
    private @Nullable Path data;

    @Option(names = "--demo", description = "work on the demo's data")
    private boolean demo;

    /** @throws BadConfiguration with every problem of the configuration */
    Configuration configuration() throws BadConfiguration {
        if (demo) {
            return Demo.configuration(home(), dataOverride());
        }
        Path path = file == null ? home().path().resolve(Configuration.FILE) : file.toAbsolutePath();
        if (file != null && !java.nio.file.Files.exists(path)) {
            throw new BadConfiguration("There is no configuration file:", java.util.List.of(path));
        }
        Configuration.Read read = Configuration.read(home().path(), path, System.getenv());
        if (read instanceof Configuration.Bad bad) {
            throw new BadConfiguration("The configuration cannot be used:", bad.problems());
        }
        return ((Configuration.Good) read).configuration();
    }

    DataFolder folder(Configuration configuration) {
        return new DataFolder(dataOverride().orElse(configuration.data()));
    }

    Optional<Path> dataOverride() {
        return Optional.ofNullable(data);
    }

    boolean isDemo() {
        return demo;
    }

    Home home() {
        return Home.find();
    }

    /** How to call another command on the same installation. */
    String command(String rest) {
        String options = (demo ? " --demo" : "") + (data == null ? "" : " --data " + data);
        return "./tidewatch " + rest + options;
    }
}
