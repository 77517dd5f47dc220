package org.tidewatch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;

/**
 * The right to do a job for a while: of several processes that ask, one has it. It is taken and renewed under the
 * document's sequence number, so two takers at the same moment cannot both win, and a holder that slept past its term
 * cannot renew what another has taken.
 *
 * <p>A lease saves double work; it does not make writes safe by itself. A holder can be paused past its term in the middle
 * of a step, and the clocks of two machines differ: let the term be much longer than either, ask {@link #ours} before
 * each step, and let every write be conditional or have a deterministic id. Thread-safe.
 */
public final class Lease implements AutoCloseable {

    private final Indices indices;
    private final Clock clock;
    private final String job;
    private final String owner;
    private final Duration term;
    private Instant until = Instant.EPOCH;

    /**
     * @param owner names one life of one process, for instance machine, process id and a random part
     * @param term how long others wait after the holder's last sign of life
     */
    public Lease(Indices indices, Clock clock, String job, String owner, Duration term) {
        this.indices = indices;
        this.clock = clock;
        this.job = job;
        this.owner = owner;
        this.term = term;
    }

    /**
     * Who has a job, as the index holds it.
     *
     * @param until end of the term, past when the job is free
     * @param at when it was taken or last renewed
     * @param detail what the holder says of its work
     */
    public record Holder(String job, String owner, Instant until, Instant at, Optional<String> detail) {}

    /** The present or last holder of a job, if there ever was one. */
    public static Optional<Holder> holder(Indices indices, String job) {
        return indices.get(Room.LEASES, job).map(stored -> stored.as(Holder.class));
    }

    /** Takes the lease if it is free, or renews it; false when another holds it. Writes only in the term's second half. */
    public synchronized boolean take() {
        if (clock.instant().isBefore(until.minus(term.dividedBy(2)))) {
            return true;
        }
        return write(Optional.empty());
    }

    /** As {@link #take}, always writing, and leaves word of the work for whoever asks. */
    public synchronized boolean take(String detail) {
        return write(Optional.of(detail));
    }

    /** Whether the lease is ours now by our clock, without asking the index. */
    public synchronized boolean ours() {
        return clock.instant().isBefore(until);
    }

    private boolean write(Optional<String> detail) {
        Instant now = clock.instant();
        Optional<Stored> base = indices.get(Room.LEASES, job);
        Optional<Holder> holder = base.map(stored -> stored.as(Holder.class));
        boolean others = holder.isPresent()
                && !holder.get().owner().equals(owner)
                && now.isBefore(holder.get().until());
        until = !others
                        && write(
                                base,
                                new Holder(
                                        job,
                                        owner,
                                        now.plus(term),
                                        now,
                                        detail.or(() -> holder.flatMap(Holder::detail))))
                ? now.plus(term)
                : Instant.EPOCH;
        return !until.equals(Instant.EPOCH);
    }

    private boolean write(Optional<Stored> base, Holder holder) {
        Write write = base.isPresent()
                ? new Write.Replace(Room.LEASES, base.get(), Json.document(holder))
                : new Write.Create(Room.LEASES, job, Json.document(holder));
        return indices.writeAll(List.of(write)).get(0) instanceof Write.Done;
    }

    /** Gives the lease back, if it is ours, so that another need not wait for the end of the term. */
    @Override
    public synchronized void close() {
        until = Instant.EPOCH;
        Instant now = clock.instant();
        Optional<Stored> base = indices.get(Room.LEASES, job);
        base.map(stored -> stored.as(Holder.class))
                .filter(holder -> holder.owner().equals(owner))
                .ifPresent(holder -> write(base, new Holder(job, owner, now, now, holder.detail())));
    }
}
