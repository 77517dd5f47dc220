package org.tidewatch.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidewatch.item.Account;
import org.tidewatch.novelty.Alert;

/**
 * What one mail says, before it is laid out as text and HTML.
 *
 * @param entries shown, the most urgent first, then the newest
 * @param unshown items beyond {@link #MAX_ENTRIES}
 * @param ended alerts of the delivery that are no longer there (forgotten, past their retention) or cannot be read
 * @param headline how many are new, and by which search
 * @param platforms where they are, with their counts
 */
record Letter(
        Delivery delivery,
        Recipient recipient,
        List<Entry> entries,
        int unshown,
        int ended,
        String headline,
        String platforms) {

    /** Items laid out in one mail; of further ones it says how many there are and how to see them. */
    static final int MAX_ENTRIES = 100;

    private static final int MAX_SEARCH_TITLE = 80;
    private static final int MAX_PLATFORMS = 4;

    private static final Comparator<Entry> URGENT_FIRST = Comparator.comparingInt(Entry::tier)
            .thenComparing(entry -> entry.alert().alertedAt(), Comparator.reverseOrder())
            .thenComparing(entry -> entry.alert().item());

    /**
     * @param alerts of the delivery that could be read; at least one
     * @param accounts by item
     */
    static Letter of(Delivery delivery, Recipient recipient, List<Alert> alerts, Map<String, Account> accounts) {
        Map<String, List<Alert>> byItem = new LinkedHashMap<>();
        alerts.stream()
                .sorted(Comparator.comparing(Alert::alertedAt).thenComparing(Alert::id))
                .forEach(alert -> byItem.computeIfAbsent(alert.item(), item -> new ArrayList<>())
                        .add(alert));
        List<Entry> all = byItem.entrySet().stream()
                .map(item -> Entry.of(item.getValue(), Optional.ofNullable(accounts.get(item.getKey()))))
                .sorted(URGENT_FIRST)
                .toList();
        return new Letter(
                delivery,
                recipient,
                all.size() > MAX_ENTRIES ? all.subList(0, MAX_ENTRIES) : all,
                Math.max(0, all.size() - MAX_ENTRIES),
                delivery.alerts().size() - alerts.size(),
                headline(all),
                platforms(all));
    }

    private static String headline(List<Entry> entries) {
        long copies = entries.stream().filter(Entry::isCopy).count();
        long fresh = entries.size() - copies;
        List<String> counts = new ArrayList<>();
        if (fresh > 0) {
            counts.add(fresh + " new");
        }
        if (copies > 0) {
            counts.add(copies == 1 ? "1 copy" : copies + " copies");
        }
        return String.join(", ", counts) + ": " + searchTitle(entries);
    }

    /** The title of the most urgent search that flagged most, and how many others there are. */
    private static String searchTitle(List<Entry> entries) {
        Map<String, Alert.Search> searches = new TreeMap<>();
        Map<String, Integer> flags = new HashMap<>();
        entries.forEach(entry -> entry.searches().forEach(search -> {
            searches.put(search.id(), search);
            flags.merge(search.id(), 1, Integer::sum);
        }));
        Alert.Search foremost = searches.values().stream()
                .min(Comparator.comparingInt(Alert.Search::tier)
                        .thenComparing(search -> -flags.getOrDefault(search.id(), 0))
                        .thenComparing(Alert.Search::id))
                .orElseThrow(() -> new IllegalArgumentException("its alerts name no search"));
        String title = Harmless.line(foremost.title(), MAX_SEARCH_TITLE);
        return (title.isEmpty() ? foremost.id() : title)
                + (searches.size() > 1 ? " +" + (searches.size() - 1) + " more" : "");
    }

    private static String platforms(List<Entry> entries) {
        Map<String, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(Harmless.line(entry.alert().platform(), 40), 1, Integer::sum));
        List<String> named = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(platform -> platform.getKey() + " (" + platform.getValue() + ")")
                .toList();
        return named.size() <= MAX_PLATFORMS
                ? String.join(", ", named)
                : String.join(", ", named.subList(0, MAX_PLATFORMS)) + ", " + (named.size() - MAX_PLATFORMS) + " more";
    }

    /** One line without crawled text: {@code [T2] 3 new: <search title> - forum (2), paste (1)}. */
    String subject() {
        return "[T" + delivery.tier() + "] " + headline + " - " + platforms;
    }

    Set<String> searches() {
        Set<String> ids = new LinkedHashSet<>();
        entries.forEach(entry -> entry.searches().forEach(search -> ids.add(search.id())));
        return ids;
    }
}
