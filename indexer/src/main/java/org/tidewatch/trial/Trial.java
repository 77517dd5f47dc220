package org.tidewatch.trial;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Item;
import org.tidewatch.match.Match;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Parsed;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.query.elastic.ElasticQuery;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;

/**
 * What a search would have found, had it stood: a run of the live matcher over the items that were first seen in a span of
 * time, as they are kept now. Writes nothing. Thread-safe.
 */
public final class Trial {

    private static final int PAGE = 200;
    private static final int REVISION = 1;

    private final Indices indices;

    public Trial(Indices indices) {
        this.indices = indices;
    }

    /** @param until itself left out */
    public record Span(Instant from, Instant until) {
        public Span {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("A span of time begins before it ends: " + from + ", " + until);
            }
        }
    }

    private record Sighting(String item, Instant seenAt, String host, String language, Set<String> fingerprints) {}

    /**
     * @param samples items whose reasons are kept, the newest ones
     * @throws QueryRefused if the search's question cannot be read
     */
    public TrialReport run(SavedSearch search, Span span, int samples) throws QueryRefused {
        Parsed parsed = search.question().read(Fields.ofItems());
        indices.refresh(Room.ITEMS);
        Query within = Query.of(q -> q.range(r -> r.date(d -> d.field("first_seen_at")
                .gte(span.from().toString())
                .lt(span.until().toString()))));
        Query candidates = ElasticQuery.loose(
                parsed.clause(), Fields.ofItems(), search.question().form(), ZoneOffset.UTC);
        List<Sighting> sightings = new ArrayList<>();
        long[] failures = {0};
        Matcher matcher = new Matcher(new SearchSet(REVISION, List.of(new SearchSet.Versioned(search, REVISION))));
        indices.scan(
                Room.ITEMS,
                Query.of(q -> q.bool(b -> b.filter(within).filter(candidates))),
                PAGE,
                page -> page.forEach(stored -> {
                    Matching matching = matcher.match(stored.as(Item.class));
                    failures[0] += matching.failures().size();
                    matching.matches().forEach(match -> sightings.add(sighting(stored, match)));
                }));
        sightings.sort(Comparator.comparing(Sighting::seenAt).thenComparing(Sighting::item));
        return report(
                search, span, parsed, sightings, failures[0], matcher, samples, indices.count(Room.ITEMS, within));
    }

    private static Sighting sighting(Stored stored, Match match) {
        return new Sighting(
                stored.id(),
                Instant.parse(stored.document().path("first_seen_at").asText()),
                stored.document().path("host").asText(),
                stored.document().path("language").asText("unknown"),
                match.fingerprints());
    }

    private TrialReport report(
            SavedSearch search,
            Span span,
            Parsed parsed,
            List<Sighting> sightings,
            long failures,
            Matcher matcher,
            int samples,
            long items) {
        TrialReport.Counts counts = new TrialReport.Counts();
        Set<String> known = new HashSet<>();
        List<String> fresh = new ArrayList<>();
        for (Sighting sighting : sightings) {
            boolean copy = !known.isEmpty() && known.containsAll(sighting.fingerprints());
            known.addAll(sighting.fingerprints());
            counts.add(sighting.seenAt(), sighting.host(), sighting.language(), copy);
            if (!copy) {
                fresh.add(sighting.item());
            }
        }
        List<String> newest = fresh.subList(Math.max(0, fresh.size() - samples), fresh.size());
        Map<String, Stored> kept = indices.get(Room.ITEMS, newest);
        List<TrialReport.Sample> shown = new ArrayList<>();
        for (String id : newest) {
            Stored stored = kept.get(id);
            if (stored != null) {
                Item item = stored.as(Item.class);
                matcher.match(item).matches().forEach(match -> shown.add(new TrialReport.Sample(item, match)));
            }
        }
        return new TrialReport(search, span, items, counts.frozen(), failures, shown, parsed.remarks());
    }
}
