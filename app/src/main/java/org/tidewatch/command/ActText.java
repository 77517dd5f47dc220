package org.tidewatch.command;

import org.tidewatch.index.Json;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.Oversight;
import org.tidewatch.url.Defang;

/** What came of an act on a saved search, for who asked for it. */
final class ActText {

    private ActText() {}

    /** Tells it; the exit code. */
    static int print(Oversight.Outcome outcome, boolean json) {
        if (outcome instanceof Oversight.Refused refused) {
            System.err.println("Not done: " + Defang.line(refused.why()) + ".");
            return 1;
        }
        KeptSearch kept = ((Oversight.Done) outcome).search();
        System.out.println(
                json
                        ? Json.text(kept)
                        : kept.id() + " (version " + kept.version() + ") is now "
                                + PlanText.state(kept.entry().standing().state()) + ": "
                                + Defang.line(kept.entry().standing().why()) + ".");
        return 0;
    }
}
