package org.tidewatch.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under whose name a command acts. */
final class Name {

    @Option(
            names = {"--by", "--as"},
            paramLabel = "NAME",
            description = "who acts (default: TIDEWATCH_USER, else the login name)")
    private @Nullable String by;

    String value() {
        if (by != null && !by.isBlank()) {
            return by.strip();
        }
        String user = System.getenv("TIDEWATCH_USER");
        return user != null && !user.isBlank() ? user.strip() : System.getProperty("user.name");
    }
}
