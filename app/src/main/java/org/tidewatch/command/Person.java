package org.tidewatch.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who acts: every decision, block and deletion carries a name. */
final class Person {

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "who decides (default: TIDEWATCH_USER, else the login name)")
    private @Nullable String by;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, kept with the act")
    private String why = "";

    String name() {
        if (by != null && !by.isBlank()) {
            return by.strip();
        }
        String user = System.getenv("TIDEWATCH_USER");
        return user != null && !user.isBlank() ? user.strip() : System.getProperty("user.name");
    }

    String why() {
        return why.strip();
    }

    boolean gaveNoReason() {
        if (why.isBlank()) {
            System.err.println("--why: give a reason, it is kept with the act");
            return true;
        }
        return false;
    }
}
