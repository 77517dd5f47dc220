package org.tidewatch.trial;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.keeping.SearchMetrics;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.SearchStore;

/** How the saved searches did over a time: how often each fired, on what share of all items, at what cost. Thread-safe. */
public final class SearchHealth {

    /** From this share of all items on, a search says little by matching. */
    public static final double NEARLY_ALWAYS = 0.2;

    private static final int PAGE = 1_000;
    private static final CompositeAggregationSource SOURCE =
            CompositeAggregationSource.of(s -> s.terms(t -> t.field("search")));

    private final Indices indices;
    private final SearchStore store;

    public SearchHealth(Indices indices, SearchStore store) {
        this.indices = indices;
        this.store = store;
    }

    /**
     * One search's figures.
     *
     * @param fires items that it matched, those matched again included
     * @param errors items that it failed on
     * @param millis time it took, as far as it was measured
     * @param hours for which there are figures; 0 when it was never in force in this time
     */
    public record Figures(KeptSearch search, long fires, long errors, double millis, int hours) {

        public boolean neverFires() {
            return hours > 0 && fires == 0;
        }
    }

    /**
     * The figures of every search that stands.
     *
     * @param items that were matched in this time
     * @param figures sorted by id
     */
    public record Report(Instant from, Instant until, long items, List<Figures> figures) {

        /** Whether the search matches so much of everything that a match says little. */
        public boolean nearlyAlwaysFires(Figures figures) {
            return items > 0 && (double) figures.fires() / items >= NEARLY_ALWAYS;
        }

        /** Whether the search's day of review is over. */
        public boolean isPastReview(Figures figures) {
            return figures.search().definition().reviewBy().isBefore(LocalDate.ofInstant(until, ZoneOffset.UTC));
        }
    }

    private record Sums(long fires, long errors, double millis, int hours) {
        static final Sums NONE = new Sums(0, 0, 0, 0);
    }

    /** The figures of the {@code span} that ends at {@code until}. */
    public Report over(Duration span, Instant until) {
        Instant from = until.minus(span);
        Map<String, Sums> sums = sums(from, until);
        LocalDate day = LocalDate.ofInstant(until, ZoneOffset.UTC);
        List<Figures> figures = new ArrayList<>();
        for (KeptSearch search : store.kept()) {
            if (search.inForce(day).stands()) {
                Sums own = sums.getOrDefault(search.id(), Sums.NONE);
                figures.add(new Figures(search, own.fires(), own.errors(), own.millis(), own.hours()));
            }
        }
        return new Report(from, until, items(from, until), figures);
    }

    private static Query within(String name, Instant from, Instant until) {
        return Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("name").value(name)))
                        .filter(f -> f.range(r -> r.date(
                                d -> d.field("minute").gte(from.toString()).lt(until.toString()))))));
    }

    private long items(Instant from, Instant until) {
        SearchResponse<ObjectNode> answer =
                indices.answer(Room.METRICS, search -> search.query(within("items", from, until))
                        .size(0)
                        .aggregations("items", a -> a.sum(s -> s.field("value"))));
        return Math.round(named("items", answer.aggregations()).sum().value());
    }

    private Map<String, Sums> sums(Instant from, Instant until) {
        indices.refresh(Room.METRICS);
        Map<String, Sums> sums = new TreeMap<>();
        Map<String, FieldValue> after = Map.of();
        do {
            Map<String, FieldValue> key = after;
            SearchResponse<ObjectNode> answer =
                    indices.answer(Room.METRICS, search -> search.query(within(SearchMetrics.NAME, from, until))
                            .size(0)
                            .aggregations("searches", a -> a.composite(c -> {
                                        c.size(PAGE).sources(List.of(Map.of("search", SOURCE)));
                                        return key.isEmpty() ? c : c.after(key);
                                    })
                                    .aggregations("fires", s -> s.sum(f -> f.field("fires")))
                                    .aggregations("errors", s -> s.sum(f -> f.field("errors")))
                                    .aggregations("millis", s -> s.sum(f -> f.field("millis")))
                                    .aggregations("hours", s -> s.cardinality(f -> f.field("minute")))));
            var composite = named("searches", answer.aggregations()).composite();
            composite.buckets().array().forEach(bucket -> add(bucket, sums));
            after = composite.afterKey();
        } while (!after.isEmpty());
        return sums;
    }

    private static Aggregate named(String name, Map<String, Aggregate> aggregations) {
        return Objects.requireNonNull(aggregations.get(name), name);
    }

    private static void add(CompositeBucket bucket, Map<String, Sums> sums) {
        FieldValue search = bucket.key().get("search");
        if (search != null) {
            sums.put(
                    search.stringValue(),
                    new Sums(
                            Math.round(
                                    named("fires", bucket.aggregations()).sum().value()),
                            Math.round(
                                    named("errors", bucket.aggregations()).sum().value()),
                            named("millis", bucket.aggregations()).sum().value(),
                            (int) named("hours", bucket.aggregations())
                                    .cardinality()
                                    .value()));
        }
    }
}
