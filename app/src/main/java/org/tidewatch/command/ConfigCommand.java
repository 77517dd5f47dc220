package org.tidewatch.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.tidewatch.config.Configuration;
import org.tidewatch.config.Setting;
import org.tidewatch.index.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The effective configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints every setting with its effective value and where it comes from; secrets are hidden.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Configuration configuration = place.configuration();
        if (json) {
            System.out.println(Json.text(configuration.settings()));
            return 0;
        }
        int key = configuration.settings().stream()
                .mapToInt(setting -> setting.key().length())
                .max()
                .orElse(1);
        int value = configuration.settings().stream()
                .mapToInt(setting -> setting.value().length())
                .filter(length -> length <= 40)
                .max()
                .orElse(1);
        for (Setting setting : configuration.settings()) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-" + key + "s  %-" + value + "s  %s",
                    setting.key(),
                    setting.value(),
                    setting.source()));
        }
        return 0;
    }
}
