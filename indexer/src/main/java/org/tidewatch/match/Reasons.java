package org.tidewatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;

/** Words the reasons why searches match one item. A passage that several searches hit is read once. Not thread-safe. */
final class Reasons {

    private static final Comparator<Hit> BY_PLACE = Comparator.comparing(
                    (Hit hit) -> hit.clause().field())
            .thenComparingInt(Hit::start)
            .thenComparingInt(Hit::end);

    private final Item item;
    private final String wholeItem;
    private final Map<Passage, String> fingerprints = new HashMap<>();

    private record Placed(int order, Reason reason) {}

    Reasons(Item item) {
        this.item = item;
        this.wholeItem = Id.of("item", item.id());
    }

    /**
     * One reason for each clause and passage, in the order of fields and places, {@link Matcher#MAX_REASONS} in all: each
     * clause that hit has one before any has two. Where words of the text hit, names and dates beside them are no reasons.
     */
    List<Reason> of(String search, List<Hit> hits) {
        List<Hit> ordered = new ArrayList<>(hits);
        ordered.sort(BY_PLACE);
        boolean hasPassage = ordered.stream().anyMatch(hit -> text(hit).isPresent());
        Map<String, List<Placed>> byClause = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Hit hit : ordered) {
            if (!hasPassage || text(hit).isPresent()) {
                String clause = Written.of(hit.clause());
                List<Placed> same = byClause.computeIfAbsent(clause, key -> new ArrayList<>());
                if (same.size() < Matcher.MAX_REASONS) {
                    Reason reason = reason(search, clause, hit);
                    if (seen.add(clause + '\n' + reason.fingerprint())) {
                        same.add(new Placed(seen.size(), reason));
                    }
                }
            }
        }
        return few(byClause).stream()
                .sorted(Comparator.comparingInt(Placed::order))
                .map(Placed::reason)
                .toList();
    }

    private static List<Placed> few(Map<String, List<Placed>> byClause) {
        List<Placed> few = new ArrayList<>();
        for (int round = 0; round < Matcher.MAX_REASONS && few.size() < Matcher.MAX_REASONS; round++) {
            for (List<Placed> same : byClause.values()) {
                if (round < same.size() && few.size() < Matcher.MAX_REASONS) {
                    few.add(same.get(round));
                }
            }
        }
        return few;
    }

    private Reason reason(String search, String clause, Hit hit) {
        Optional<String> text = text(hit);
        List<String> folds = hit.folds().stream()
                .sorted()
                .map(fold -> fold.name().toLowerCase(Locale.ROOT))
                .toList();
        if (text.isEmpty()) {
            return new Reason(search, clause, hit.clause().field(), clause, 0, 0, folds, wholeItem);
        }
        return new Reason(
                search,
                clause,
                hit.clause().field(),
                Excerpt.around(text.get(), hit.start(), hit.end()),
                hit.start(),
                hit.end(),
                folds,
                fingerprints.computeIfAbsent(Passage.around(text.get(), hit.start(), hit.end()), Passage::fingerprint));
    }

    /** What a search that asks for nothing has for its reason. */
    Reason ofItem(String search, String query) {
        return new Reason(search, query, "", "", 0, 0, List.of(), wholeItem);
    }

    /** The text that the hit has its place in; a match on names, hosts or dates has none, and the item itself is flagged. */
    private Optional<String> text(Hit hit) {
        if (hit.end() == 0) {
            return Optional.empty();
        }
        return switch (hit.clause().field()) {
            case "title" -> Optional.of(item.title());
            case "text" -> Optional.of(item.text());
            case "quoted" -> Optional.of(item.quoted());
            default -> Optional.empty();
        };
    }
}
