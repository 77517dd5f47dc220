package org.tidewatch.review;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Audit;
import org.tidewatch.keeping.Retention;
import org.tidewatch.novelty.Alert;

/** The analysts' side: what is flagged, all that is known of one item, and the decisions of people. Thread-safe. */
public final class Review {

    private static final int PAGE = 500;
    private static final int DOSSIER = 1_000;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Review(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /** Which candidates to list; empty filters admit all. */
    public record Filter(
            Optional<String> search,
            Optional<String> platform,
            Optional<String> language,
            Optional<Instant> since,
            Optional<Instant> until) {

        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An item with where it stands. */
    public record Candidate(Item item, StoredItem stored) {
        static Candidate of(Stored document) {
            return new Candidate(document.as(Item.class), document.as(StoredItem.class));
        }
    }

    /** One page of candidates, and how many there are in all. */
    public record Listing(List<Candidate> candidates, long total) {}

    /** All that is known of one item. */
    public record Dossier(
            Candidate candidate, List<MatchRecord> matches, List<Alert> alerts, List<Decision> decisions) {}

    /** Flagged items that wait for a person, the newest flag first. */
    public Listing candidates(Filter filter, int limit) {
        indices.refresh(Room.ITEMS);
        Query query = query(filter);
        List<Candidate> page = indices
                .search(Room.ITEMS, search -> search.query(query)
                        .size(limit)
                        .sort(s -> s.field(f -> f.field("matches.flagged_at").order(SortOrder.Desc)))
                        .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc))))
                .stream()
                .map(Candidate::of)
                .toList();
        return new Listing(page, indices.count(Room.ITEMS, query));
    }

    private static Query query(Filter filter) {
        BoolQuery.Builder bool = new BoolQuery.Builder()
                .filter(f -> f.term(t -> t.field("candidate").value(true)));
        filter.search()
                .ifPresent(search ->
                        bool.filter(f -> f.term(t -> t.field("matches.search").value(search))));
        filter.platform()
                .ifPresent(platform ->
                        bool.filter(f -> f.term(t -> t.field("platform").value(platform))));
        filter.language()
                .ifPresent(language ->
                        bool.filter(f -> f.term(t -> t.field("language").value(language))));
        filter.since()
                .ifPresent(since -> bool.filter(f ->
                        f.range(r -> r.date(d -> d.field("matches.flagged_at").gte(since.toString())))));
        filter.until()
                .ifPresent(until -> bool.filter(f ->
                        f.range(r -> r.date(d -> d.field("matches.flagged_at").lt(until.toString())))));
        return Query.of(q -> q.bool(bool.build()));
    }

    /** Items whose id begins with {@code prefix}: one, none, or several when the prefix is too short. */
    public List<Candidate> find(String prefix) {
        indices.refresh(Room.ITEMS);
        return indices
                .search(Room.ITEMS, search -> search.query(
                                q -> q.prefix(p -> p.field("id").value(prefix.toLowerCase(Locale.ROOT))))
                        .size(10))
                .stream()
                .map(Candidate::of)
                .toList();
    }

    public Dossier dossier(Candidate candidate) {
        return new Dossier(
                candidate,
                of(candidate, Room.MATCHES, "first_at", MatchRecord.class),
                of(candidate, Room.ALERTS, "alerted_at", Alert.class),
                of(candidate, Room.DECISIONS, "at", Decision.class));
    }

    private <T> List<T> of(Candidate candidate, Room room, String order, Class<T> type) {
        indices.refresh(room);
        return indices
                .search(room, search -> search.query(q -> q.term(
                                t -> t.field("item").value(candidate.item().id())))
                        .size(DOSSIER)
                        .sort(s -> s.field(f -> f.field(order).order(SortOrder.Asc))))
                .stream()
                .map(stored -> stored.as(type))
                .toList();
    }

    /** Records a person's decision and takes the item off the list until a passage is newly flagged on it. */
    public Decision decide(Candidate candidate, Decision.Verdict verdict, String by, String why) {
        Decision decision = new Decision(
                candidate.item().id(),
                verdict,
                by,
                clock.instant(),
                why,
                Optional.of(candidate.item().url()),
                candidate.stored().matches().search());
        String id = Id.of("decision", decision.item(), by, decision.at().toString());
        indices.create(Room.DECISIONS, id, terms.mark(Json.document(decision), Retention.Keep.RECORD, decision.at()));
        project(decision);
        projected(id);
        new Audit(indices, terms, clock)
                .record(
                        by,
                        "decide",
                        decision.item(),
                        Optional.of(why),
                        Optional.of(verdict.name().toLowerCase(Locale.ROOT)));
        return decision;
    }

    /**
     * Brings decisions onto their items that were made elsewhere, in Kibana say, or that a crash left behind; returns how
     * many. One that cannot be read as a decision is audited as such and left aside.
     */
    public int project() {
        indices.refresh(Room.DECISIONS);
        List<Stored> fresh = indices.search(Room.DECISIONS, search -> search.query(
                        q -> q.bool(b -> b.mustNot(m -> m.exists(e -> e.field("projected_at")))))
                .size(PAGE)
                .sort(s -> s.field(f -> f.field("at").order(SortOrder.Asc))));
        int projected = 0;
        for (Stored stored : fresh) {
            try {
                project(stored.as(Decision.class));
                projected++;
            } catch (IllegalArgumentException e) {
                new Audit(indices, terms, clock)
                        .record(
                                "tidewatch",
                                "refuse decision",
                                stored.id(),
                                Optional.of(String.valueOf(e.getMessage())),
                                Optional.empty());
            }
            projected(stored.id());
        }
        return projected;
    }

    private void projected(String id) {
        Instant now = clock.instant();
        indices.merge(
                Room.DECISIONS,
                id,
                document -> terms.mark(document.put("projected_at", now.toString()), Retention.Keep.RECORD, now));
    }

    private void project(Decision decision) {
        indices.merge(Room.ITEMS, decision.item(), document -> {
            StoredItem stored = Json.record(document, StoredItem.class);
            boolean newer = stored.review()
                    .map(review -> review.at().isBefore(decision.at()))
                    .orElse(true);
            if (newer) {
                document.set(
                        "review",
                        Json.document(new StoredItem.Review(
                                decision.verdict().name().toLowerCase(Locale.ROOT),
                                decision.by(),
                                decision.at(),
                                decision.why())));
                boolean flaggedSince = stored.matches()
                        .flaggedAt()
                        .map(at -> at.isAfter(decision.at()))
                        .orElse(false);
                document.put("candidate", flaggedSince);
            }
            return document;
        });
    }
}
