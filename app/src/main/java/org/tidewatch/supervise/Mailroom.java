package org.tidewatch.supervise;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidewatch.alert.AlertRound;
import org.tidewatch.alert.AlertSettings;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Retention;

/** The mailer of a supervising process: one round at a time, whoever asks for it. Thread-safe. */
public final class Mailroom implements AutoCloseable {

    private final AlertRound round;
    private volatile Optional<AlertRound.Report> last = Optional.empty();

    Mailroom(
            Indices indices,
            AlertSettings settings,
            Retention.Terms terms,
            Clock clock,
            String owner,
            Consumer<String> errors) {
        this.round = new AlertRound(
                indices, settings, terms, clock, owner, unroutable -> errors.accept(unroutable.message()));
    }

    synchronized void pass() {
        last = Optional.of(round.pass());
    }

    /** Makes all digests now, whatever their windows, and sends what is due; true when nothing is left to send. */
    public synchronized boolean flush() {
        AlertRound.Report report = round.flush();
        last = Optional.of(report);
        return report.working() && report.isDone();
    }

    /** Does not wait for a round under way, which may itself wait for the index. */
    Status.Part part() {
        Optional<AlertRound.Report> known = last;
        String state = known.map(report ->
                        report.trouble().isPresent() ? "in trouble" : report.working() ? "running" : "standing by")
                .orElse("starting");
        return new Status.Part("mailer", state, Optional.empty(), 0, known.flatMap(AlertRound.Report::trouble));
    }

    @Override
    public synchronized void close() {
        round.close();
    }
}
