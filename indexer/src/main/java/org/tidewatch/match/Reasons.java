package org.tidewatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;

/** Words the reasons why searches match one item. Passages that several searches hit are read once. Not thread-safe. */
final class Reasons {

    /** Longest excerpt with its marks, in characters. */
    static final int MAX_EXCERPT = 300;

    private static final int EXCERPT_REACH = 120;
    private static final String CUT = "…";

    private final Item item;
    private final String wholeItem;
    private final Map<Place, String> fingerprints = new HashMap<>();

    private record Place(String field, int start, int end) {}

    private record Worded(Hit hit, Reason reason) {}

    Reasons(Item item) {
        this.item = item;
        this.wholeItem = Id.of("item", item.id());
    }

    /**
     * One reason for each clause and passage, in the order of fields and places: every clause that hit comes first, then
     * its further passages, {@link Matcher#MAX_REASONS} in all. Where words hit, names and dates beside them are none.
     */
    List<Reason> of(String search, List<Hit> hits) {
        List<Hit> ordered = new ArrayList<>(hits);
        ordered.sort(Comparator.comparing((Hit hit) -> hit.clause().field())
                .thenComparingInt(Hit::start)
                .thenComparingInt(Hit::end));
        boolean hasPassage = ordered.stream().anyMatch(hit -> text(hit).isPresent());
        Map<String, List<Worded>> byClause = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Hit hit : ordered) {
            if (hasPassage && text(hit).isEmpty()) {
                continue;
            }
            Reason reason = reason(search, hit);
            List<Worded> same = byClause.computeIfAbsent(reason.clause(), key -> new ArrayList<>());
            if (same.size() < Matcher.MAX_REASONS && seen.add(reason.clause() + ' ' + reason.fingerprint())) {
                same.add(new Worded(hit, reason));
            }
        }
        return few(byClause).stream()
                .sorted(Comparator.comparingInt(worded -> ordered.indexOf(worded.hit())))
                .map(Worded::reason)
                .toList();
    }

    private static List<Worded> few(Map<String, List<Worded>> byClause) {
        List<Worded> few = new ArrayList<>();
        for (int round = 0; round < Matcher.MAX_REASONS; round++) {
            for (List<Worded> same : byClause.values()) {
                if (round < same.size() && few.size() < Matcher.MAX_REASONS) {
                    few.add(same.get(round));
                }
            }
        }
        return few;
    }
}
