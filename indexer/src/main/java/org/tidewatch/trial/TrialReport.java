package org.tidewatch.trial;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidewatch.item.Item;
import org.tidewatch.match.Match;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;
import org.tidewatch.query.Parsed;
import org.tidewatch.search.SavedSearch;

/**
 * What a trial of a search found.
 *
 * @param items first seen in the span, whether found or not
 * @param failures items on which the search failed
 * @param samples the newest of what is no copy, oldest first
 */
public record TrialReport(
        SavedSearch search,
        Trial.Span span,
        long items,
        Totals totals,
        long failures,
        List<Sample> samples,
        List<Parsed.Remark> remarks) {

    public TrialReport {
        samples = List.copyOf(samples);
        remarks = List.copyOf(remarks);
    }

    /** An item with why the search matches it. */
    public record Sample(Item item, Match match) {}

    /**
     * @param hits items found, without copies
     * @param copies items that show nothing but passages found before on another item
     * @param days hits by the day (UTC) on which they were first seen; days without are absent
     */
    public record Totals(
            int hits,
            int copies,
            SortedMap<LocalDate, Integer> days,
            SortedMap<String, Integer> hosts,
            SortedMap<String, Integer> languages) {

        /** The entries of most hits first, {@code limit} of them at most. */
        public static List<Map.Entry<String, Integer>> top(Map<String, Integer> counts, int limit) {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(limit)
                    .toList();
        }
    }

    static final class Counts {

        private final SortedMap<LocalDate, Integer> days = new TreeMap<>();
        private final SortedMap<String, Integer> hosts = new TreeMap<>();
        private final SortedMap<String, Integer> languages = new TreeMap<>();
        private int hits;
        private int copies;

        void add(Instant seenAt, String host, String language, boolean copy) {
            if (copy) {
                copies++;
                return;
            }
            hits++;
            days.merge(seenAt.atZone(ZoneOffset.UTC).toLocalDate(), 1, Integer::sum);
            hosts.merge(host, 1, Integer::sum);
            languages.merge(language, 1, Integer::sum);
        }

        Totals frozen() {
            return new Totals(
                    hits,
                    copies,
                    Collections.unmodifiableSortedMap(days),
                    Collections.unmodifiableSortedMap(hosts),
                    Collections.unmodifiableSortedMap(languages));
        }
    }

    /** The alerts that the samples would have made. */
    public List<Alert> alerts() {
        return samples.stream().map(this::alert).toList();
    }

    private Alert alert(Sample sample) {
        Item item = sample.item();
        List<Reason> reasons = sample.match().reasons();
        return new Alert(
                "trial-" + item.id(),
                Alert.Type.NEW,
                item.id(),
                item.kind(),
                item.url(),
                item.host(),
                item.platform(),
                item.language(),
                item.title(),
                search.tier(),
                List.of(new Alert.Search(
                        search.id(),
                        search.title(),
                        sample.match().version(),
                        search.tier(),
                        search.recipients(),
                        search.mail())),
                reasons.stream().map(Reason::fingerprint).distinct().sorted().toList(),
                reasons,
                Optional.empty(),
                item.publishedAt(),
                item.fetchedAt(),
                item.fetchedAt(),
                span.until(),
                Optional.empty());
    }
}
