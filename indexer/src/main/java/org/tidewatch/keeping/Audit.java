package org.tidewatch.keeping;

import co.elastic.clients.elasticsearch._types.SortOrder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.item.Id;

/** The append-only record of who did what, when and why. Thread-safe. */
public final class Audit {

    private static final int MOST = 1_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Audit(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Records an act.
     *
     * @param by the person, or {@code tidewatch} for what the software does by itself
     * @param act what was done, for instance {@code block}, {@code decide}, {@code sweep}
     * @param subject what it was done to
     */
    public void record(String by, String act, String subject, Optional<String> why, Optional<String> detail) {
        Write.Create entry = entry(by, act, subject, why, detail);
        indices.create(entry.room(), entry.id(), entry.document());
    }

    /** As {@link #record}, to be written by the caller together with what it is about. */
    public Write.Create entry(String by, String act, String subject, Optional<String> why, Optional<String> detail) {
        Instant at = clock.instant();
        ObjectNode document = Json.document(new Entry(at, by, act, subject, why, detail));
        return new Write.Create(
                Room.AUDIT, at + "-" + Id.of(document.toString()), terms.mark(document, Retention.Keep.RECORD, at));
    }

    /** One act, see {@link #record}. */
    public record Entry(
            Instant at, String by, String act, String subject, Optional<String> why, Optional<String> detail) {}

    /** The acts on a subject, the oldest first; at most the last {@value #MOST}. */
    public static List<Entry> of(Indices indices, String subject) {
        indices.refresh(Room.AUDIT);
        List<Entry> entries = new ArrayList<>();
        indices.search(Room.AUDIT, search -> search.query(
                                q -> q.term(t -> t.field("subject").value(subject)))
                        .size(MOST)
                        .sort(s -> s.field(f -> f.field("at").order(SortOrder.Desc))))
                .forEach(stored -> entries.add(0, stored.as(Entry.class)));
        return entries;
    }
}
