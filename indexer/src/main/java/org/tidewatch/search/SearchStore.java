package org.tidewatch.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;

/**
 * The saved searches in the index. A document per search holds its current version ({@code id}), another each version
 * ({@code id@n}), and one the revision of the whole set ({@code _set}), written last: whoever sees a revision sees all
 * its searches.
 */
public final class SearchStore {

    private static final String SET = "_set";

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public SearchStore(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /** What an {@link #apply} did. */
    public record Applied(long revision, List<String> added, List<String> changed, List<String> removed) {
        public boolean changedAnything() {
            return !added.isEmpty() || !changed.isEmpty() || !removed.isEmpty();
        }
    }

    /** The revision of the set, 0 before the first search. A real-time read of one document. */
    public long revision() {
        return indices.get(Room.SEARCHES, SET)
                .map(set -> set.document().path("revision").asLong())
                .orElse(0L);
    }

    /** The current set. Searches that are disabled are left out. */
    public SearchSet load() {
        long revision = revision();
        List<SearchSet.Versioned> searches = current().values().stream()
                .map(SearchStore::versioned)
                .filter(versioned -> versioned.search().stands())
                .toList();
        return new SearchSet(revision, searches);
    }

    /**
     * The way from one revision to a later one.
     *
     * @param standing the searches that stand now and have changed in between, or still do
     * @param ended ids of those that have changed and do not stand now
     */
    public record Changes(long since, long revision, List<SearchSet.Versioned> standing, Set<String> ended) {
        public Changes {
            standing = List.copyOf(standing);
            ended = Set.copyOf(ended);
        }
    }

    /**
     * What has changed since a revision. A search that is being written at the moment may be in it already, and is in the
     * next one again.
     *
     * @return empty when the set never had this revision, as after the index was set back: load it as a whole
     */
    public Optional<Changes> changesSince(long since) {
        long revision = revision();
        if (since > revision) {
            return Optional.empty();
        }
        List<SearchSet.Versioned> standing = new ArrayList<>();
        Set<String> ended = new TreeSet<>();
        for (Stored stored : current().values()) {
            if (stored.document().path("revision").asLong() > since) {
                SearchSet.Versioned versioned = versioned(stored);
                if (versioned.search().stands()) {
                    standing.add(versioned);
                } else {
                    ended.add(versioned.search().id());
                }
            }
        }
        return Optional.of(new Changes(since, revision, standing, ended));
    }

    private static SearchSet.Versioned versioned(Stored stored) {
        return new SearchSet.Versioned(
                stored.as(SavedSearch.class),
                stored.document().path("version").asInt(),
                stored.document().has("history")
                        ? Json.record(stored.document().get("history"), Lookback.class)
                        : Lookback.PLAIN.at(stored.document().path("revision").asLong()));
    }

    /**
     * Makes {@code definitions} the current set: new and changed ones get a new version, those that are no longer there
     * are disabled. Applying the same definitions again changes nothing, but for finishing what a crash broke off.
     */
    public Applied apply(List<SavedSearch> definitions, String source) {
        Map<String, Stored> current = current();
        long before = revision();
        long revision = before + 1;
        boolean brokenOff = current.values().stream()
                .anyMatch(stored -> stored.document().path("revision").asLong() > before);
        Instant now = clock.instant();
        List<Write> writes = new ArrayList<>();
        Applied applied = new Applied(revision, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (SavedSearch definition : definitions) {
            Optional<Stored> known = Optional.ofNullable(current.remove(definition.id()));
            if (known.map(stored -> stored.as(SavedSearch.class))
                    .filter(definition::equals)
                    .isPresent()) {
                continue;
            }
            (known.isEmpty() ? applied.added() : applied.changed()).add(definition.id());
            write(definition, known, revision, source, now, writes);
        }
        current.forEach((id, known) -> {
            SavedSearch gone = known.as(SavedSearch.class);
            if (gone.state() != SavedSearch.State.DISABLED) {
                applied.removed().add(id);
                write(gone.withState(SavedSearch.State.DISABLED), Optional.of(known), revision, source, now, writes);
            }
        });
        if (!applied.changedAnything() && !brokenOff) {
            return new Applied(before, List.of(), List.of(), List.of());
        }
        indices.writeAll(writes);
        ObjectNode set = Json.MAPPER
                .createObjectNode()
                .put("kind", "set")
                .put("revision", revision)
                .put("at", now.toString());
        indices.writeAll(List.of(new Write.Put(Room.SEARCHES, SET, terms.mark(set, Retention.Keep.RECORD, now))));
        return applied;
    }

    private void write(
            SavedSearch search,
            Optional<Stored> before,
            long revision,
            String source,
            Instant now,
            List<Write> writes) {
        int version =
                before.map(stored -> stored.document().path("version").asInt()).orElse(0) + 1;
        ObjectNode document = Json.document(search);
        document.put("kind", "search")
                .put("version", version)
                .put("revision", revision)
                .put("current", true)
                .put("source", source)
                .put("at", now.toString());
        terms.mark(document, Retention.Keep.RECORD, now);
        writes.add(new Write.Put(Room.SEARCHES, search.id(), document));
        writes.add(new Write.Put(
                Room.SEARCHES, search.id() + "@" + version, document.deepCopy().put("current", false)));
    }

    private Map<String, Stored> current() {
        indices.refresh(Room.SEARCHES);
        Map<String, Stored> current = new TreeMap<>();
        indices.scan(
                Room.SEARCHES,
                Query.of(q -> q.term(t -> t.field("current").value(true))),
                1_000,
                page -> page.forEach(stored -> current.put(stored.id(), stored)));
        return current;
    }
}
