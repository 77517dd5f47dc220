package org.tidewatch.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tidewatch.history.HistoryRun;

/** A run over history in one line, for people. */
final class HistoryLine {

    private HistoryLine() {}

    static String of(HistoryRun run) {
        String came = ", " + run.found() + " new matches, " + run.alerts() + " alerts"
                + (run.failed() > 0 ? ", " + run.failed() + " items failed" : "");
        return run.searches() + (run.searches() == 1 ? " search" : " searches") + " of revision " + run.revision()
                + ": " + run.done() + " items looked at"
                + run.finishedAt()
                        .map(at -> came + ", done " + time(at))
                        .orElse(" of about " + run.total() + came + ", since " + time(run.startedAt()));
    }

    private static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
