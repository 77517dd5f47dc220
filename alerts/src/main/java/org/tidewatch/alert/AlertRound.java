package org.tidewatch.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tidewatch.delivery.Deliveries;
import org.tidewatch.delivery.Delivery;
import org.tidewatch.delivery.Letters;
import org.tidewatch.delivery.Mailer;
import org.tidewatch.delivery.Uninterrupted;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Retention;

/**
 * The way from alert records to mailboxes, a pass at a time: call {@link #pass} every second or few. Any number of
 * processes may; the one that holds the lease works. What a pass did is also left in the lease, where {@code status} reads
 * it. Not thread-safe.
 */
public final class AlertRound implements AutoCloseable {

    /** The lease's name. */
    public static final String JOB = "mailer";

    private static final Duration TERM = Duration.ofSeconds(20);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    private final Routing routing;
    private final Deliveries deliveries;
    private final Mailer mailer;
    private final Lease lease;
    private final Clock clock;
    private Instant told = Instant.MIN;
    private Optional<String> toldTrouble = Optional.empty();

    /**
     * @param owner names this life of this process and no other, see {@link Lease}
     * @param unroutable hears of each unknown recipient once; called on the thread of the pass
     */
    public AlertRound(
            Indices indices,
            AlertSettings settings,
            Retention.Terms terms,
            Clock clock,
            String owner,
            Consumer<Unroutable> unroutable) {
        this.clock = clock;
        this.deliveries = new Deliveries(indices, terms, clock);
        this.routing = new Routing(indices, deliveries, settings, clock, unroutable);
        this.mailer = new Mailer(deliveries, new Letters(indices), settings.mail(), clock, owner);
        this.lease = new Lease(indices, clock, JOB, owner, TERM);
    }

    /**
     * What a pass did and what it left.
     *
     * @param working whether this process holds the lease; without it the other numbers are what the index holds
     * @param routed alerts whose every delivery exists now
     * @param made deliveries made
     * @param sent mails that the server took
     * @param failed deliveries that ended without being sent
     * @param postponed deliveries to be tried again
     * @param unrouted alerts that wait for their window, or for a recipient
     * @param stuck those of them that wait for a recipient (at most 10,000 are counted)
     * @param pending deliveries still to be sent
     * @param dead deliveries that have failed, now and before
     * @param trouble why no mail goes out, if none does
     * @param unroutable recipients that nobody knows
     */
    public record Report(
            boolean working,
            int routed,
            int made,
            int sent,
            int failed,
            int postponed,
            long unrouted,
            int stuck,
            long pending,
            long dead,
            Optional<String> trouble,
            Set<Unroutable> unroutable) {

        /** Whether all that somebody can be told is either sent or given up. */
        public boolean isDone() {
            return unrouted <= stuck && pending == 0;
        }
    }

    /**
     * Routes what is due and sends what is due. Interrupted, it ends after the mail that is on its way, with everything on
     * record; the interrupt stays set.
     *
     * @throws org.tidewatch.index.IndexUnavailable if Elasticsearch stays away; nothing is lost, call again later
     */
    public Report pass() {
        return pass(false);
    }

    /** As {@link #pass}, with all digests made now, whatever their windows. */
    public Report flush() {
        return pass(true);
    }

    private Report pass(boolean flush) {
        if (!Uninterrupted.call(lease::take)) {
            return Uninterrupted.call(() -> report(new Routing.Routed(0, 0), new Mailer.Sent(0, 0, 0)));
        }
        Routing.Routed routed = Uninterrupted.call(() -> routing.route(flush));
        Mailer.Sent sent =
                mailer.send(() -> !Thread.currentThread().isInterrupted() && Uninterrupted.call(lease::take));
        Report report = Uninterrupted.call(() -> report(routed, sent));
        tell(report);
        return report;
    }

    private Report report(Routing.Routed routed, Mailer.Sent sent) {
        return new Report(
                lease.ours(),
                routed.alerts(),
                routed.deliveries(),
                sent.sent(),
                sent.failed(),
                sent.postponed(),
                routing.waiting(),
                routing.stuck(),
                deliveries.count(Delivery.State.PENDING, Delivery.State.SENDING),
                deliveries.count(Delivery.State.FAILED),
                mailer.trouble(),
                routing.unroutable());
    }

    /** Leaves word at once when something happened or the trouble changed, else now and then. */
    private void tell(Report report) {
        Instant now = clock.instant();
        boolean news = report.made() + report.sent() + report.failed() > 0
                || !report.trouble().equals(toldTrouble);
        if (news || !now.isBefore(told.plus(TOLD_EVERY))) {
            Uninterrupted.call(() -> lease.take(Json.text(report)));
            told = now;
            toldTrouble = report.trouble();
        }
    }

    /** Gives the lease back. */
    @Override
    public void close() {
        Uninterrupted.call(() -> {
            lease.close();
            return true;
        });
    }
}
