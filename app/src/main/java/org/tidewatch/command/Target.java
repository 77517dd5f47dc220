package org.tidewatch.command;

import java.util.Optional;
import org.tidewatch.url.HostRule;
import picocli.CommandLine.Parameters;

/** What a block or a forget is aimed at. */
final class Target {

    @Parameters(paramLabel = "HOST|URL", description = "a host name, or a URL: then everything that begins with it")
    private String target = "";

    /** The rule that the user means; when it is none, says so on standard error and is empty. */
    Optional<HostRule> rule() {
        try {
            return Optional.of(new HostRule(target));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return Optional.empty();
        }
    }
}
