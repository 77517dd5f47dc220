package org.tidewatch.search;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.keeping.Retention;

/**
 * The saved searches in the index. A document per search holds its current version ({@code id}), another each version
 * ({@code id@n}), and one the revision of the whole set ({@code _set}), written last: whoever sees a revision sees all
 * its searches. Thread-safe.
 */
public final class SearchStore {

    private static final Logger LOG = LoggerFactory.getLogger(SearchStore.class);
    private static final int PAGE = 1_000;
    private static final int MOST_VERSIONS = 1_000;

    private final Indices indices;
    private final Clock clock;
    private final Consent consent;
    private final SetWriter writer;

    /** A store that asks for the approval of a second person. */
    public SearchStore(Indices indices, Retention.Terms terms, Clock clock) {
        this(indices, terms, clock, new Consent(true));
    }

    /** @param consent matters to who writes; who only reads takes what was found when it was written */
    public SearchStore(Indices indices, Retention.Terms terms, Clock clock, Consent consent) {
        this.indices = indices;
        this.clock = clock;
        this.consent = consent;
        this.writer = new SetWriter(indices, terms, clock);
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

    /** The revision of the set, 0 before the first search. A real-time read of one document. */
    public long revision() {
        return SetWriter.revision(indices.get(Room.SEARCHES, SetWriter.SET));
    }

    /** The current set: the searches that stand. */
    public SearchSet load() {
        long revision = revision();
        LocalDate today = Consent.day(clock.instant());
        return new SearchSet(
                revision,
                kept().stream()
                        .map(kept -> versioned(kept, today))
                        .filter(versioned -> versioned.search().stands())
                        .toList());
    }

    /**
     * What has changed since a revision, in time that depends on how much has. A search that is being written at the moment
     * may be in it already, and is in the next one again.
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
        if (since < revision) {
            LocalDate today = Consent.day(clock.instant());
            for (KeptSearch kept : read(Query.of(q -> q.bool(b -> b.filter(current())
                    .filter(f -> f.range(r -> r.number(n -> n.field("revision").gt((double) since)))))))) {
                SearchSet.Versioned versioned = versioned(kept, today);
                if (versioned.search().stands()) {
                    standing.add(versioned);
                } else {
                    ended.add(kept.id());
                }
            }
        }
        return Optional.of(new Changes(since, revision, standing, ended));
    }

    private static SearchSet.Versioned versioned(KeptSearch kept, LocalDate today) {
        return new SearchSet.Versioned(
                kept.inForce(today),
                kept.version(),
                kept.entry()
                        .history()
                        .orElseGet(() -> Lookback.PLAIN.at(kept.entry().revision())));
    }

    /** Every search that was ever applied, in its current version, sorted by id; whether it stands or not. */
    public List<KeptSearch> kept() {
        return List.copyOf(parsed(stored()).values());
    }

    /** One search in its current version. A real-time read. */
    public Optional<KeptSearch> kept(String id) {
        return Optional.ofNullable(
                parsed(indices.get(Room.SEARCHES, List.of(id))).get(id));
    }

    /** Every version of a search, the oldest first; at most the last {@value #MOST_VERSIONS}. */
    public List<KeptSearch> versions(String id) {
        indices.refresh(Room.SEARCHES);
        List<Stored> found = indices.search(Room.SEARCHES, search -> search.query(
                        q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("id").value(id)))
                                .filter(f -> f.term(t -> t.field("current").value(false)))))
                .size(MOST_VERSIONS)
                .sort(s -> s.field(f -> f.field("version").order(SortOrder.Desc))));
        List<KeptSearch> versions = new ArrayList<>();
        found.forEach(stored -> parsed(stored).ifPresent(kept -> versions.add(0, kept)));
        return versions;
    }

    /** What {@link #apply(Incoming)} would do now. */
    public Plan plan(Incoming incoming) {
        long before = revision();
        Plan plan = plan(incoming, parsed(stored()), before + 1, clock.instant());
        return plan.changedAnything() ? plan : new Plan(before, plan.steps());
    }

    /** As {@link #apply(Incoming)}, with {@code definitions} for all there is. */
    public Plan apply(List<SavedSearch> definitions, String source) {
        return apply(Incoming.of(definitions, source));
    }

    /**
     * Makes the definitions the current set: new and changed ones get a new version, those whose file is gone are disabled,
     * and how each stands is found anew. Applying the same definitions again changes nothing, but for finishing what a
     * crash broke off.
     *
     * @throws org.tidewatch.index.IndexUnavailable also when another process went on changing the set for longer than the
     *     settings' patience; what was written takes force with the next call
     */
    public Plan apply(Incoming incoming) {
        return writer.write(this::stored, (known, next) -> {
            Instant now = clock.instant();
            Plan plan = plan(incoming, parsed(known), next, now);
            return new SetWriter.Change(plan, Ledger.entries(plan, incoming.by()));
        });
    }

    private Plan plan(Incoming incoming, Map<String, KeptSearch> known, long next, Instant now) {
        return new Plan(next, new Planning(consent, incoming, next, now).steps(known));
    }

    /** What people do to a search beside its file. */
    public Oversight oversight() {
        return new Oversight(this, indices, writer, consent, clock);
    }

    private Map<String, Stored> stored() {
        indices.refresh(Room.SEARCHES);
        Map<String, Stored> found = new TreeMap<>();
        indices.scan(Room.SEARCHES, current(), PAGE, page -> page.forEach(stored -> found.put(stored.id(), stored)));
        return found;
    }

    private List<KeptSearch> read(Query query) {
        indices.refresh(Room.SEARCHES);
        List<KeptSearch> found = new ArrayList<>();
        indices.scan(
                Room.SEARCHES,
                query,
                PAGE,
                page -> page.forEach(stored -> parsed(stored).ifPresent(found::add)));
        return found;
    }

    private static Query current() {
        return Query.of(q -> q.term(t -> t.field("current").value(true)));
    }

    static Map<String, KeptSearch> parsed(Map<String, Stored> stored) {
        Map<String, KeptSearch> kept = new LinkedHashMap<>();
        stored.forEach((id, one) -> parsed(one).ifPresent(read -> kept.put(id, read)));
        return kept;
    }

    /** A document that cannot be read is one search that does not stand; the others do. */
    private static Optional<KeptSearch> parsed(Stored stored) {
        try {
            return Optional.of(KeptSearch.of(stored));
        } catch (IllegalArgumentException e) {
            LOG.error("The saved search {} cannot be read from the index: {}", stored.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
