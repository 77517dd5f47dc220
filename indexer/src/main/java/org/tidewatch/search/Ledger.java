package org.tidewatch.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the audit says of a change of the set. */
final class Ledger {

    /** Ids named in one entry; of more it gives the number. */
    private static final int MOST_NAMED = 100;

    private Ledger() {}

    /** @param why the reason that was given, if one was asked for */
    record Entry(String by, String act, String subject, Optional<String> why, Optional<String> detail) {}

    /** One entry for the definitions that came in, and one for each search that came to stand otherwise by itself. */
    static List<Entry> entries(Plan plan, String by) {
        List<Entry> entries = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (Plan.Kind kind : List.of(Plan.Kind.ADDED, Plan.Kind.CHANGED, Plan.Kind.REMOVED)) {
            List<String> ids = plan.ids(kind);
            if (!ids.isEmpty()) {
                parts.add(kind.name().toLowerCase(Locale.ROOT) + ": " + named(ids));
            }
        }
        if (!parts.isEmpty()) {
            entries.add(new Entry(
                    by, "apply-searches", "searches", Optional.empty(), Optional.of(String.join("; ", parts))));
        }
        plan.steps().stream()
                .filter(step -> step.kind() == Plan.Kind.MOVED)
                .forEach(step -> entries.add(new Entry(
                        by,
                        "search-" + state(step.after()),
                        step.id(),
                        Optional.of(step.after().entry().standing().why()),
                        Optional.of("was " + step.before().map(Ledger::state).orElse("new")))));
        return entries;
    }

    private static String state(KeptSearch kept) {
        return kept.entry().standing().state().name().toLowerCase(Locale.ROOT);
    }

    private static String named(List<String> ids) {
        return ids.size() <= MOST_NAMED
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, MOST_NAMED)) + " and " + (ids.size() - MOST_NAMED) + " more";
    }
}
