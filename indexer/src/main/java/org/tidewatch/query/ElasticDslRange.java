package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a {@code range} query of Elasticsearch's for one field. Thread-safe. */
final class ElasticDslRange {

    private static final Set<String> FORMATS =
            Set.of("strict_date_optional_time", "epoch_millis", "strict_date_optional_time||epoch_millis");
    private static final Set<String> UTC = Set.of("UTC", "Z", "+00:00", "Etc/UTC");

    private final Leaves leaves;

    ElasticDslRange(Leaves leaves) {
        this.leaves = leaves;
    }

    /** Of several bounds on one side the last counts; without any, the field has to have a value. */
    Clause read(String field, ElasticDsl.Setting range) throws Unreadable, QueryRefused {
        Optional<String> low = Optional.empty();
        Optional<String> high = Optional.empty();
        boolean lowIncluded = true;
        boolean highIncluded = true;
        for (Map.Entry<String, JsonNode> each : range.body().properties()) {
            String key = each.getKey();
            switch (key) {
                case "gt", "gte" -> {
                    low = bound(field, range, key);
                    lowIncluded = key.equals("gte");
                }
                case "lt", "lte" -> {
                    high = bound(field, range, key);
                    highIncluded = key.equals("lte");
                }
                case "format" -> check(range, key, FORMATS);
                case "time_zone" -> check(range, key, UTC);
                case "boost" -> {}
                default -> throw ElasticDsl.refused(range.path() + "." + key, "cannot be followed: leave it out");
            }
        }
        return low.isEmpty() && high.isEmpty()
                ? new Clause.Exists(field)
                : leaves.range(field, low, lowIncluded, high, highIncluded);
    }

    private Optional<String> bound(String field, ElasticDsl.Setting range, String key) throws QueryRefused {
        if (range.body().path(key).isNull()) {
            return Optional.empty();
        }
        String text = range.value(key, leaves.type(field));
        boolean millis = range.body().path("format").asText().equals("epoch_millis");
        return Optional.of(millis ? DateMath.epoch(text) : text);
    }

    private static void check(ElasticDsl.Setting range, String key, Set<String> known) throws QueryRefused {
        if (!known.contains(range.text(key))) {
            throw ElasticDsl.refused(range.path() + "." + key, "is one of " + String.join(", ", new TreeSet<>(known)));
        }
    }
}
