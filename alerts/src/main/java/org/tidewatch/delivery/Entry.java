package org.tidewatch.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidewatch.item.Account;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;

/**
 * An item as a mail shows it, once, whatever number of alerts and searches name it.
 *
 * @param alert the latest of its alerts, for what the item is
 * @param searches all that flagged it, the most urgent first
 * @param reasons by search, in the order of {@code searches}
 * @param first where the text was seen first, if all that is new is that it is here too
 */
record Entry(
        Alert alert,
        int tier,
        List<Alert.Search> searches,
        Map<String, List<Reason>> reasons,
        Optional<Alert.First> first,
        Optional<Account> account) {

    /** Places shown for one search; of further ones a mail says how many there are. */
    static final int MAX_REASONS = 4;

    private static final Comparator<Alert.Search> URGENT_FIRST =
            Comparator.comparingInt(Alert.Search::tier).thenComparing(Alert.Search::id);

    /** @param alerts of one item, at least one, in the order in which they were made */
    static Entry of(List<Alert> alerts, Optional<Account> account) {
        Alert latest = alerts.get(alerts.size() - 1);
        Map<String, Alert.Search> searches = new LinkedHashMap<>();
        alerts.forEach(alert -> alert.searches().forEach(search -> searches.put(search.id(), search)));
        List<Alert.Search> sorted =
                searches.values().stream().sorted(URGENT_FIRST).toList();
        Map<String, List<Reason>> reasons = new LinkedHashMap<>();
        for (Alert.Search search : sorted) {
            List<Reason> places = new ArrayList<>();
            alerts.forEach(alert -> alert.reasons().stream()
                    .filter(reason -> reason.search().equals(search.id()) && !places.contains(reason))
                    .forEach(places::add));
            reasons.put(search.id(), places);
        }
        boolean onlyMirrors = alerts.stream().allMatch(alert -> alert.kind() == Alert.Type.MIRROR);
        return new Entry(
                latest,
                alerts.stream().mapToInt(Alert::tier).min().orElseThrow(),
                sorted,
                reasons,
                onlyMirrors ? alerts.get(0).first() : Optional.empty(),
                account);
    }

    boolean isCopy() {
        return alert.kind() == Alert.Type.MIRROR && first.isPresent();
    }

    /** {@code ./tidewatch} with what to type after it to see more. */
    String show() {
        return "./tidewatch show " + Harmless.line(alert.item());
    }

    String decide() {
        return "./tidewatch decide " + Harmless.line(alert.item()) + " confirmed|dismissed|unsure --why \"...\"";
    }
}
