package org.tidewatch.alert;

import java.util.Optional;

/**
 * Alerts that call for a recipient whom the configuration does not know.
 *
 * @param recipient the name that is not known; empty for searches that name nobody
 * @param search one of the searches that name it
 * @param fallback who gets the alerts instead; without one they wait, unrouted, until the configuration or the search is
 *     mended
 */
public record Unroutable(String recipient, String search, Optional<String> fallback) {

    /** What is wrong and how to mend it, as one line. */
    public String message() {
        String wrong = recipient.isEmpty()
                ? "The search \"" + search + "\" names no recipient"
                : "The search \"" + search + "\" names the recipient \"" + recipient
                        + "\", who is not in the configuration (mail.recipients)";
        return wrong
                + fallback.map(name -> "; its alerts go to mail.fallback, \"" + name + "\"")
                        .orElse("; its alerts wait. Add the recipient, or set mail.fallback");
    }
}
