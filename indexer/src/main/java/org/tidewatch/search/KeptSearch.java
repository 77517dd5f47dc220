package org.tidewatch.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tidewatch.index.Json;
import org.tidewatch.index.Stored;

/**
 * A saved search as the index keeps it.
 *
 * @param definition the latest that can be used, in the state that it asks for
 */
public record KeptSearch(SavedSearch definition, Entry entry) {

    /** Stands for a person's name where the software acts by itself. */
    public static final String TIDEWATCH = "tidewatch";

    /**
     * What the index adds to a definition.
     *
     * @param version grows when the definition changes
     * @param revision of the set, with which the search last changed in any way that matters to matching
     * @param at when this version came in; {@code by} who applied it, {@code source} the file it is from
     * @param changed names of the fields that differ from the version before
     * @param removed whether its file is gone
     * @param problem why a later definition was not taken, if one was not
     */
    public record Entry(
            int version,
            long revision,
            Instant at,
            String by,
            String source,
            List<String> changed,
            boolean removed,
            Standing standing,
            Optional<Approval> approval,
            Optional<Switched> switched,
            Optional<Refusal> problem,
            Optional<Lookback> history) {

        Entry stands(Standing now, Optional<Approval> approved, Optional<Switched> switchedNow) {
            return new Entry(
                    version, revision, at, by, source, changed, removed, now, approved, switchedNow, problem, history);
        }

        Entry since(long newRevision, Optional<Lookback> asked) {
            return new Entry(
                    version,
                    newRevision,
                    at,
                    by,
                    source,
                    changed,
                    removed,
                    standing,
                    approval,
                    switched,
                    problem,
                    asked);
        }

        Entry from(String newSource, boolean gone, Optional<Refusal> refusal) {
            return new Entry(
                    version, revision, at, by, newSource, changed, gone, standing, approval, switched, refusal,
                    history);
        }
    }

    /** @throws IllegalArgumentException if the document is no saved search */
    static KeptSearch of(Stored stored) {
        ObjectNode document = stored.document();
        if (!document.has("standing")) {
            return former(document);
        }
        return new KeptSearch(Json.record(document, SavedSearch.class), Json.record(document, Entry.class));
    }

    /** A document from before searches had a standing: what it says was in force, approved by its file. */
    private static KeptSearch former(ObjectNode document) {
        ObjectNode definition = document.deepCopy();
        if (definition.path("state").asText().equals("approved")) {
            definition.put("state", "active");
        }
        if (!definition.has("question")) {
            definition.set(
                    "question",
                    Json.document(Question.of(
                            Question.Language.LUCENE, document.path("query").asText())));
        }
        if (!definition.has("mail")) {
            definition.set("mail", Json.MAPPER.valueToTree(MailSchedule.BY_TIER));
        }
        if (!definition.has("examples")) {
            definition.set("examples", Json.document(Examples.NONE));
        }
        SavedSearch search = Json.record(definition, SavedSearch.class);
        Instant at = Instant.parse(document.path("at").asText());
        return new KeptSearch(
                search,
                new Entry(
                        document.path("version").asInt(),
                        document.path("revision").asLong(),
                        at,
                        TIDEWATCH,
                        document.path("source").asText(),
                        List.of(),
                        false,
                        new Standing(search.state(), ""),
                        Consent.stated(search, at),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    ObjectNode document() {
        ObjectNode document = Json.document(definition);
        document.setAll(Json.document(entry));
        return document.put("kind", "search");
    }

    public String id() {
        return definition.id();
    }

    public int version() {
        return entry.version();
    }

    /** The search in the state that is in force on a day. */
    public SavedSearch inForce(LocalDate today) {
        boolean lapsed = entry.standing().state() == SavedSearch.State.ACTIVE && Consent.lapsed(definition, today);
        return definition.withState(
                lapsed ? SavedSearch.State.PROPOSED : entry.standing().state());
    }

    /** The full names of the fields in which two definitions differ, sorted. */
    public static List<String> differences(SavedSearch before, SavedSearch after) {
        TreeSet<String> names = new TreeSet<>();
        compare("", Json.document(before), Json.document(after), names);
        return new ArrayList<>(names);
    }

    private static void compare(String prefix, JsonNode before, JsonNode after, TreeSet<String> names) {
        TreeSet<String> keys = new TreeSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            if (key.equals("question")) {
                compare("question.", before.path(key), after.path(key), names);
            } else if (!before.path(key).equals(after.path(key))) {
                names.add(prefix + key);
            }
        }
    }
}
