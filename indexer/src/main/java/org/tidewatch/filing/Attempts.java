package org.tidewatch.filing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;
import org.tidewatch.novelty.Alert;
import org.tidewatch.novelty.Novelty;

/**
 * The attempts at filing one item: each files all that goes with a reading of its document and says what the document is
 * then; the next begins from a fresh reading. One thread's own.
 */
final class Attempts {

    private final Novelty novelty;
    private final MatchRecords records;
    private final Retention.Terms terms;
    private final Supplier<Set<String>> leftOpen;
    private final Set<String> touched = new TreeSet<>();
    private final List<Alert> alerts = new ArrayList<>();

    /** @param leftOpen ids of the item's match records that had not ended before the first attempt */
    Attempts(Novelty novelty, MatchRecords records, Retention.Terms terms, Supplier<Set<String>> leftOpen) {
        this.novelty = novelty;
        this.records = records;
        this.terms = terms;
        this.leftOpen = leftOpen;
    }

    /** Whether an attempt has written match records, which the next must set right. */
    boolean haveTouched() {
        return !touched.isEmpty();
    }

    /** Alerts that the attempts have made. */
    List<Alert> alerts() {
        return alerts;
    }

    /** @param forgotten when the item was ended before, if it was */
    ObjectNode file(Reading reading, Optional<Instant> forgotten) {
        String item = reading.item().id();
        List<Match> matches = reading.matching().matches();
        Novelty.Flagged flagged = novelty.flag(
                reading.item(),
                matches,
                reading.quiet(),
                reading.matchedAt(),
                reading.again() ? Optional.empty() : reading.was().flatMap(StoredItem::missedSince));
        alerts.addAll(flagged.alerts());
        Map<String, UnaryOperator<Optional<MatchRecord>>> present = new HashMap<>();
        matches.forEach(match -> present.put(
                MatchRecords.id(match.search().id(), item),
                before -> Optional.of(MatchRecord.of(
                        reading.item(), reading.version(), match, reading.found(match), reading.matchedAt(), before))));
        Set<String> involved = new TreeSet<>(touched);
        involved.addAll(leftOpen.get());
        reading.matchedBefore().forEach(search -> involved.add(MatchRecords.id(search, item)));
        touched.addAll(present.keySet());
        records.write(present, involved, reading.endedAt());
        return reading.filed(flagged, forgotten, terms);
    }

    /** What earlier attempts have written of an item that is there no more. */
    void undo(Instant at) {
        records.write(Map.of(), touched, at);
    }
}
