package org.tidewatch.frontier;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.frontier.Visit.Revisit;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.Retention;
import org.tidewatch.seed.Seed;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/**
 * The known URLs and when each is due, in the {@code frontier} index. A URL enters when a seed names it or a page leads
 * to it within its seed's scope, and is written again after every visit. Thread-safe.
 */
public final class Frontier {

    /** Redirects followed in a row; RFC 9110 section 15.4 leaves the number to the client. */
    public static final int MAX_REDIRECTS = 5;

    private static final Duration COUNTS_LIVE = Duration.ofSeconds(30);
    private static final int MAX_HOSTS = 500;

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;
    private final int maxUrlsPerHost;
    private final Map<String, HostCount> counts = new HashMap<>();

    /** @param maxUrlsPerHost URLs that are known of one host at most; further ones are not admitted */
    public Frontier(Indices indices, Retention.Terms terms, Clock clock, int maxUrlsPerHost) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
        this.maxUrlsPerHost = maxUrlsPerHost;
    }

    private record HostCount(long urls, Instant at) {}

    /** Lets seeds grow: their URLs are due now unless they were fetched before and are due later anyway. */
    public void sow(Collection<Seed> seeds) {
        Instant now = clock.instant();
        for (Seed seed : seeds) {
            Entry fresh = entry(seed, now);
            Write.Create create =
                    new Write.Create(Room.FRONTIER, fresh.id(), Optional.of(fresh.hostKey()), document(fresh));
            if (indices.writeAll(List.of(create)).get(0) instanceof Write.Conflict) {
                change(fresh.url(), known -> resown(known, fresh, now));
            }
        }
    }

    private static Entry entry(Seed seed, Instant now) {
        Scope scope = new Scope(Scope.Rule.valueOf(seed.scope().name()), seed.url(), seed.depth());
        return new Entry(
                seed.url(),
                seed.url().hostKey(),
                PageKind.valueOf(seed.kind().name()),
                Outcome.DISCOVERED,
                Optional.empty(),
                0,
                Optional.of(now),
                now,
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(Set.of(seed.name())),
                seed.tags(),
                0,
                0,
                scope,
                seed.platform(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Entry.SEED,
                0,
                0,
                0,
                false,
                new Revisit(seed.minRevisit(), seed.maxRevisit(), seed.minRevisit()),
                seed.budgetPerDay(),
                CanonicalUrl.RULES);
    }

    private static Entry resown(Entry known, Entry fresh, Instant now) {
        return new Entry(
                known.url(),
                known.hostKey(),
                fresh.kind(),
                known.outcome(),
                known.outcomeDetail(),
                known.status(),
                known.nextFetchAt().or(() -> Optional.of(now)),
                known.firstSeenAt(),
                known.lastFetchAt(),
                known.lastChangeAt(),
                union(known.seeds(), fresh.seeds()),
                union(known.tags(), fresh.tags()),
                0,
                0,
                fresh.scope(),
                fresh.platform().or(known::platform),
                known.etag(),
                known.lastModified(),
                known.signature(),
                Math.min(known.priority(), Entry.SEED),
                known.fetches(),
                known.changes(),
                known.failures(),
                known.flagged(),
                fresh.revisit(),
                fresh.budgetPerDay(),
                known.canonicalRules());
    }

    /** Takes seeds off: what only they asked for is no longer due. */
    public int stop(Collection<String> seeds) {
        if (seeds.isEmpty()) {
            return 0;
        }
        int[] stopped = {0};
        Query ofSeeds = Query.of(q -> q.terms(t -> t.field("seeds")
                .terms(v -> v.value(seeds.stream().map(FieldValue::of).toList()))));
        indices.refresh(Room.FRONTIER);
        indices.scan(
                Room.FRONTIER,
                ofSeeds,
                500,
                page -> page.forEach(stored -> {
                    CanonicalUrl url = stored.as(Entry.class).url();
                    change(url, entry -> without(entry, seeds));
                    stopped[0]++;
                }));
        return stopped[0];
    }

    private static Entry without(Entry e, Collection<String> seeds) {
        SortedSet<String> left = new TreeSet<>(e.seeds());
        left.removeAll(seeds);
        return new Entry(
                e.url(),
                e.hostKey(),
                e.kind(),
                e.outcome(),
                e.outcomeDetail(),
                e.status(),
                left.isEmpty() ? Optional.empty() : e.nextFetchAt(),
                e.firstSeenAt(),
                e.lastFetchAt(),
                e.lastChangeAt(),
                left,
                e.tags(),
                e.depth(),
                e.redirects(),
                e.scope(),
                e.platform(),
                e.etag(),
                e.lastModified(),
                e.signature(),
                e.priority(),
                e.fetches(),
                e.changes(),
                e.failures(),
                e.flagged(),
                e.revisit(),
                e.budgetPerDay(),
                e.canonicalRules());
    }

    /** Why a found URL was not admitted, for the record. */
    public record Turned(CanonicalUrl url, Outcome outcome, String why) {}

    /** What became of found URLs: how many were new, and those turned away by a cap (scope and blocks turn away quietly). */
    public record Admitted(int fresh, List<Turned> turned) {}

    /** Takes in what a visit found, as far as scope, depth, blocks and the cap of each host allow. */
    public Admitted admit(Visit from, Collection<Found> found, Collection<HostRule> blocks) {
        Instant now = clock.instant();
        List<Turned> turned = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        Set<CanonicalUrl> seen = new HashSet<>();
        for (Found one : found) {
            if (!seen.add(one.url())
                    || !from.scope().admits(one.url(), from.depth() + 1)
                    || blocks.stream().anyMatch(block -> block.covers(one.url()))) {
                continue;
            }
            if (urlsOf(one.url().hostKey()) >= maxUrlsPerHost) {
                turned.add(new Turned(
                        one.url(),
                        Outcome.TRAPPED,
                        "its host has " + maxUrlsPerHost + " known URLs, the cap of crawl.max_urls_per_host"));
                break;
            }
            Entry entry = Entry.found(from, one.url(), one.kind(), false, now);
            writes.add(new Write.Create(Room.FRONTIER, entry.id(), Optional.of(entry.hostKey()), document(entry)));
        }
        return new Admitted(create(writes), turned);
    }

    /** Takes in the target of a redirect; a loop or too many in a row is turned away. */
    public Admitted admitRedirect(Visit from, CanonicalUrl target, Collection<HostRule> blocks) {
        if (target.equals(from.url())) {
            return new Admitted(0, List.of(new Turned(from.url(), Outcome.TRAPPED, "redirects to itself")));
        }
        if (from.redirects() + 1 > MAX_REDIRECTS) {
            return new Admitted(
                    0,
                    List.of(new Turned(
                            from.url(), Outcome.TRAPPED, "more than " + MAX_REDIRECTS + " redirects in a row")));
        }
        if (!from.scope().admits(target, from.depth()) || blocks.stream().anyMatch(block -> block.covers(target))) {
            return new Admitted(0, List.of());
        }
        Entry entry = Entry.found(from, target, from.kind(), true, clock.instant());
        return new Admitted(
                create(List.of(
                        new Write.Create(Room.FRONTIER, entry.id(), Optional.of(entry.hostKey()), document(entry)))),
                List.of());
    }

    private int create(List<Write> writes) {
        if (writes.isEmpty()) {
            return 0;
        }
        int fresh = 0;
        for (Write.Result result : indices.writeAll(writes)) {
            if (result instanceof Write.Done done) {
                fresh++;
                count(done.write().routing().orElseThrow());
            }
        }
        return fresh;
    }

    private synchronized void count(String hostKey) {
        counts.computeIfPresent(hostKey, (host, count) -> new HostCount(count.urls() + 1, count.at()));
    }

    private synchronized long urlsOf(String hostKey) {
        Instant now = clock.instant();
        HostCount known = counts.get(hostKey);
        if (known == null || known.at().plus(COUNTS_LIVE).isBefore(now)) {
            long urls = indices.count(
                    Room.FRONTIER, Query.of(q -> q.term(t -> t.field("host_key").value(hostKey))));
            known = new HostCount(known == null ? urls : Math.max(urls, known.urls()), now);
            counts.put(hostKey, known);
        }
        return known.urls();
    }

    /**
     * Records how a visit ended and when the URL is due again.
     *
     * @return the entry as recorded, or empty when the URL was forgotten meanwhile
     */
    public Optional<Entry> complete(Visit visit, Completion completion) {
        return change(visit.url(), entry -> completed(entry, completion));
    }

    private static Entry completed(Entry e, Completion completion) {
        boolean read = completion.outcome() == Outcome.FETCHED;
        boolean changed = read
                && completion.signature().isPresent()
                && !completion.signature().equals(e.signature());
        Outcome outcome = read && !changed && e.signature().isPresent() ? Outcome.UNCHANGED : completion.outcome();
        Revisit revisit =
                Revisiting.after(e, completion, changed && e.signature().isPresent());
        boolean keepsValidators = completion.outcome() == Outcome.UNCHANGED;
        boolean flagged = e.flagged() || completion.flagged();
        return new Entry(
                e.url(),
                e.hostKey(),
                e.kind(),
                outcome,
                completion.detail(),
                completion.status(),
                e.seeds().isEmpty()
                        ? Optional.empty()
                        : Optional.of(completion.fetchedAt().plus(revisit.current())),
                e.firstSeenAt(),
                Optional.of(completion.fetchedAt()),
                changed ? Optional.of(completion.fetchedAt()) : e.lastChangeAt(),
                e.seeds(),
                e.tags(),
                e.depth(),
                e.redirects(),
                e.scope(),
                e.platform(),
                keepsValidators ? completion.etag().or(e::etag) : completion.etag(),
                keepsValidators ? completion.lastModified().or(e::lastModified) : completion.lastModified(),
                completion.signature().or(e::signature),
                flagged ? Entry.FLAGGED : e.depth() == 0 ? Entry.SEED : Entry.DISCOVERED,
                e.fetches() + 1,
                e.changes() + (changed ? 1 : 0),
                Revisiting.isFailure(completion.outcome()) ? e.failures() + 1 : 0,
                flagged,
                revisit,
                e.budgetPerDay(),
                e.canonicalRules());
    }

    /** Makes every URL that a seed still asks for due now. */
    public int recrawl() {
        return recrawl(url -> true);
    }

    /** Makes the URLs among {@code wanted} that a seed still asks for due now. */
    public int recrawl(Predicate<CanonicalUrl> wanted) {
        Instant now = clock.instant();
        indices.refresh(Room.FRONTIER);
        int[] count = {0};
        indices.scan(Room.FRONTIER, Query.of(q -> q.exists(x -> x.field("next_fetch_at"))), 500, page -> {
            List<Write> writes = page.stream()
                    .filter(stored -> CanonicalUrl.of(
                                    stored.document().path("url").asText())
                            .filter(wanted)
                            .isPresent())
                    .<Write>map(stored -> new Write.Replace(
                            Room.FRONTIER,
                            stored,
                            Optional.of(stored.document().path("host_key").asText()),
                            stored.document().put("next_fetch_at", now.toString())))
                    .toList();
            if (!writes.isEmpty()) {
                indices.writeAll(writes);
                count[0] += writes.size();
            }
        });
        indices.refresh(Room.FRONTIER);
        return count[0];
    }

    /**
     * Visits that are due, at most {@code perHost} of one host and {@code hosts} hosts, those that matter most first.
     * Hosts that have spent their budget of the day (UTC) are left out.
     */
    public List<Visit> due(int hosts, int perHost) {
        Instant now = clock.instant();
        List<Hit<ObjectNode>> groups = indices.answer(Room.FRONTIER, search -> search.query(dueAt(now))
                        .size(Math.min(hosts, MAX_HOSTS))
                        .source(s -> s.filter(f -> f.includes("host_key")))
                        .trackTotalHits(t -> t.enabled(false))
                        .sort(s -> s.field(f -> f.field("priority").order(SortOrder.Asc)))
                        .sort(s -> s.field(f -> f.field("next_fetch_at").order(SortOrder.Asc)))
                        .collapse(c -> c.field("host_key").innerHits(i -> i.name("due")
                                .size(perHost)
                                .sort(s -> s.field(f -> f.field("priority").order(SortOrder.Asc)))
                                .sort(s -> s.field(f -> f.field("next_fetch_at").order(SortOrder.Asc))))))
                .hits()
                .hits();
        Map<String, List<Visit>> byHost = new LinkedHashMap<>();
        for (Hit<ObjectNode> group : groups) {
            Optional.ofNullable(group.innerHits().get("due"))
                    .ifPresent(inner -> inner.hits().hits().forEach(hit -> {
                        Entry entry = Json.record(hit.source().to(ObjectNode.class), Entry.class);
                        byHost.computeIfAbsent(entry.hostKey(), host -> new ArrayList<>())
                                .add(entry.visit());
                    }));
        }
        Map<String, Long> fetchedToday = fetchedSince(byHost.keySet(), now.truncatedTo(ChronoUnit.DAYS));
        List<Visit> visits = new ArrayList<>();
        byHost.forEach((host, due) -> {
            long left = due.get(0).budgetPerDay() - fetchedToday.getOrDefault(host, 0L);
            due.stream().limit(Math.max(0, left)).forEach(visits::add);
        });
        return visits;
    }

    private Map<String, Long> fetchedSince(Set<String> hosts, Instant since) {
        if (hosts.isEmpty()) {
            return Map.of();
        }
        Query fetched = Query.of(q -> q.bool(b -> b.filter(f -> f.terms(t -> t.field("host_key")
                        .terms(v -> v.value(hosts.stream().map(FieldValue::of).toList()))))
                .filter(f -> f.range(r -> r.date(d -> d.field("last_fetch_at").gte(since.toString()))))));
        Map<String, Long> counted = new HashMap<>();
        Aggregate byHost = indices.answer(Room.FRONTIER, search -> search.query(fetched)
                        .size(0)
                        .aggregations(
                                "hosts", a -> a.terms(t -> t.field("host_key").size(MAX_HOSTS))))
                .aggregations()
                .get("hosts");
        if (byHost != null) {
            byHost.sterms()
                    .buckets()
                    .array()
                    .forEach(bucket -> counted.put(bucket.key().stringValue(), bucket.docCount()));
        }
        return counted;
    }

    /** How many URLs are due now. Sees writes that are a second old. */
    public long dueCount() {
        return indices.count(Room.FRONTIER, dueAt(clock.instant()));
    }

    /** How many URLs that seeds ask for were not fetched since {@code start}. */
    public long unvisitedSince(Instant start) {
        indices.refresh(Room.FRONTIER);
        return indices.count(
                Room.FRONTIER,
                Query.of(q -> q.bool(b -> b.filter(f -> f.exists(x -> x.field("next_fetch_at")))
                        .mustNot(m -> m.range(
                                r -> r.date(d -> d.field("last_fetch_at").gte(start.toString())))))));
    }

    private static Query dueAt(Instant now) {
        return Query.of(q -> q.range(r -> r.date(d -> d.field("next_fetch_at").lte(now.toString()))));
    }

    public Optional<Entry> entry(CanonicalUrl url) {
        return indices.get(Room.FRONTIER, Entry.idOf(url), Optional.of(url.hostKey()))
                .map(stored -> stored.as(Entry.class));
    }

    private Optional<Entry> change(CanonicalUrl url, UnaryOperator<Entry> change) {
        return indices.merge(
                        Room.FRONTIER,
                        Entry.idOf(url),
                        Optional.of(url.hostKey()),
                        document -> document(change.apply(Json.record(document, Entry.class)), document))
                .map(document -> Json.record(document, Entry.class));
    }

    private ObjectNode document(Entry entry) {
        return document(entry, Json.MAPPER.createObjectNode());
    }

    private ObjectNode document(Entry entry, ObjectNode before) {
        ObjectNode document = Json.document(entry);
        if (before.has("retention")) {
            document.set("retention", before.get("retention"));
        }
        return terms.mark(document, Retention.Keep.OPERATIONAL, clock.instant());
    }

    private static SortedSet<String> union(Set<String> a, Set<String> b) {
        SortedSet<String> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }
}
