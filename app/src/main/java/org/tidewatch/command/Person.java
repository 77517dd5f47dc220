package org.tidewatch.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who acts, and why: every decision, block and deletion carries a name and a reason. */
final class Person {

    @Mixin
    private Name name = new Name();

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, kept with the act")
    private String why = "";

    String name() {
        return name.value();
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
