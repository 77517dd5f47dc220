package org.tidewatch.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Audit;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Retention;

/**
 * Writes changes of the set: documents first, the set's revision last.
 *
 * <p>Note on implementation. A lease lets one writer work at a time, since of two whose documents carry the same revision
 * the slower one's would pass unseen by a matcher that has taken up the faster one's. Should a lease be overslept, every
 * write is conditional on what was read: the change is then worked out again from what is there, and what was written
 * before is stamped again with a later revision. What a crash leaves is documents above the set's revision; whoever
 * writes next publishes them.
 */
final class SetWriter {

    static final String SET = "_set";

    private static final String JOB = "searches";
    private static final Duration TERM = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 100;
    private static final int ATTEMPTS = 5;
    private static final int CHUNK = 500;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final Audit audit;

    SetWriter(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
        this.audit = new Audit(indices, terms, clock);
    }

    /** What is to be written, and what the audit says of it. */
    record Change(Plan plan, List<Ledger.Entry> ledger) {}

    /** Works out a change from the documents as they are; may be asked several times. */
    @FunctionalInterface
    interface Deciding {
        Change decide(Map<String, Stored> known, long next);
    }

    static long revision(Optional<Stored> set) {
        return set.map(stored -> stored.document().path("revision").asLong()).orElse(0L);
    }

    /**
     * Carries out what {@code deciding} says.
     *
     * @param reading the documents that it looks at
     * @return its first plan, with the revision that is in force now
     */
    Plan write(Supplier<Map<String, Stored>> reading, Deciding deciding) {
        try (Lease lease = lease()) {
            Optional<Plan> first = Optional.empty();
            Set<String> unpublished = new TreeSet<>();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Stored> set = indices.get(Room.SEARCHES, SET);
                Map<String, Stored> known = reading.get();
                long before = revision(set);
                long latest = known.values().stream()
                        .mapToLong(stored -> stored.document().path("revision").asLong())
                        .max()
                        .orElse(0);
                long next = Math.max(before + 1, latest);
                Change change = deciding.decide(known, next);
                Plan plan = first.orElse(change.plan());
                first = Optional.of(plan);
                if (!documents(change, known, unpublished, next, lease)) {
                    continue;
                }
                boolean publish = change.plan().changedAnything() || latest > before || !unpublished.isEmpty();
                if (!publish) {
                    return new Plan(before, plan.steps());
                }
                if (publish(set, next)) {
                    return new Plan(next, plan.steps());
                }
            }
        }
        throw new IndexUnavailable("Others went on changing the saved searches at the same time; try again", null);
    }

    private Lease lease() {
        Lease lease = new Lease(indices, clock, JOB, UUID.randomUUID().toString(), TERM);
        long end = System.nanoTime() + indices.settings().patience().toNanos();
        while (!lease.take()) {
            if (System.nanoTime() >= end) {
                throw new IndexUnavailable(
                        "Another process is changing the saved searches; try again in half a minute", null);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IndexUnavailable("Interrupted while another process changed the saved searches", null);
            }
        }
        return lease;
    }

    /** Whether all documents were written; when not, others have written one since it was read. */
    private boolean documents(
            Change change, Map<String, Stored> known, Set<String> unpublished, long next, Lease lease) {
        Instant now = clock.instant();
        List<Write> writes = new ArrayList<>();
        Set<String> open = new TreeSet<>(unpublished);
        for (Plan.Step step : change.plan().steps()) {
            if (step.kind() != Plan.Kind.UNCHANGED) {
                open.remove(step.id());
                add(step, known, now, writes);
            }
        }
        for (String id : open) {
            Optional.ofNullable(known.get(id))
                    .ifPresent(stored -> writes.add(new Write.Replace(
                            Room.SEARCHES, stored, stored.document().deepCopy().put("revision", next))));
        }
        change.ledger()
                .forEach(entry ->
                        writes.add(audit.entry(entry.by(), entry.act(), entry.subject(), entry.why(), entry.detail())));
        change.plan().steps().stream().filter(Plan.Step::matters).forEach(step -> unpublished.add(step.id()));
        boolean all = true;
        for (int from = 0; from < writes.size(); from += CHUNK) {
            if (!lease.take()) {
                return false;
            }
            for (Write.Result result : indices.writeAll(writes.subList(from, Math.min(writes.size(), from + CHUNK)))) {
                all &= result instanceof Write.Done || result.write().room() == Room.AUDIT;
            }
        }
        return all;
    }

    private void add(Plan.Step step, Map<String, Stored> known, Instant now, List<Write> writes) {
        KeptSearch after = step.after();
        Stored base = known.get(step.id());
        ObjectNode document = after.document().put("current", true);
        if (base != null) {
            Optional.ofNullable(base.document().get("retention")).ifPresent(kept -> document.set("retention", kept));
        }
        terms.mark(document, Retention.Keep.RECORD, now);
        boolean isNewVersion =
                step.before().map(before -> before.version() != after.version()).orElse(true);
        if (isNewVersion) {
            writes.add(new Write.Put(
                    Room.SEARCHES,
                    step.id() + "@" + after.version(),
                    document.deepCopy().put("current", false)));
        }
        writes.add(
                base == null
                        ? new Write.Create(Room.SEARCHES, step.id(), document)
                        : new Write.Replace(Room.SEARCHES, base, document));
    }

    private boolean publish(Optional<Stored> set, long revision) {
        Instant now = clock.instant();
        ObjectNode document = Json.MAPPER
                .createObjectNode()
                .put("kind", "set")
                .put("revision", revision)
                .put("at", now.toString());
        terms.mark(document, Retention.Keep.RECORD, now);
        Write write = set.isPresent()
                ? new Write.Replace(Room.SEARCHES, set.get(), document)
                : new Write.Create(Room.SEARCHES, SET, document);
        return indices.writeAll(List.of(write)).get(0) instanceof Write.Done;
    }
}
