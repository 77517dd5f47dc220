package org.tidewatch.novelty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;
import org.tidewatch.match.Reason;

/**
 * Makes the alerts that claims call for, so that every claim of an alerting search is told of by exactly one.
 *
 * <p>Note on implementation. A claim names the alert that tells of it, and an alert is made with {@code op_type=create}
 * by whoever comes first: the one who made the claim, a replay after a crash, or another who files the same item at the
 * same moment and knows only some of its claims. So an alert that is there need not tell of all claims that name it.
 * Those left out are moved to an alert of their own, which is then made; a crash between leaves claims that name an alert
 * that is missing, as any crash does.
 */
final class Telling {

    private final Indices indices;
    private final Retention.Terms terms;
    private final Claims claims;

    Telling(Indices indices, Retention.Terms terms, Claims claims) {
        this.indices = indices;
        this.terms = terms;
        this.claims = claims;
    }

    /** What is told already: the passages that each alert tells of, and alerts whose retention has ended. */
    record Told(Map<String, Set<String>> passages, Set<String> ended) {

        boolean isMade(String alert) {
            return passages.containsKey(alert) || ended.contains(alert);
        }

        boolean tells(Claim claim) {
            return claim.isQuiet()
                    || ended.contains(claim.alert())
                    || passages.getOrDefault(claim.alert(), Set.of()).contains(news(claim));
        }
    }

    /** What the alerts that these claims name have told. */
    Told told(Collection<Claim> of) {
        Set<String> named = new TreeSet<>();
        of.stream().filter(claim -> !claim.isQuiet()).forEach(claim -> named.add(claim.alert()));
        Map<String, Set<String>> passages = new TreeMap<>();
        indices.get(Room.ALERTS, named).forEach((id, stored) -> passages.put(id, passages(stored)));
        return new Told(passages, indices.get(Room.TOMBSTONES, named).keySet());
    }

    private static Set<String> passages(Stored alert) {
        Set<String> passages = new TreeSet<>();
        alert.as(Alert.class).reasons().forEach(reason -> passages.add(news(reason.search(), reason.fingerprint())));
        return passages;
    }

    /** Makes what is missing so that all claims of the item are told of. */
    List<Alert> tell(Showing showing, Told told) {
        List<Alert> made = new ArrayList<>();
        Map<String, List<Claim>> owed = byAlert(showing.own(), told);
        while (!owed.isEmpty()) {
            List<Claim> leftOut = new ArrayList<>();
            owed.forEach((id, owing) -> {
                Alert alert = alert(id, type(owing), showing, owing);
                if (make(alert)) {
                    made.add(alert);
                } else {
                    leftOut.addAll(leftOut(showing.item(), id, owing));
                }
            });
            owed = byAlert(leftOut, told(leftOut));
        }
        return made;
    }

    private static Map<String, List<Claim>> byAlert(List<Claim> claims, Told told) {
        Map<String, List<Claim>> owed = new TreeMap<>();
        claims.stream().filter(claim -> !told.tells(claim)).forEach(claim -> owed.computeIfAbsent(
                        claim.alert(), id -> new ArrayList<>())
                .add(claim));
        return owed;
    }

    /** Those claims that an alert does not tell of, now with one of their own. */
    private List<Claim> leftOut(Item item, String alert, List<Claim> owing) {
        Told told = told(owing);
        List<Claim> lacking = owing.stream().filter(claim -> !told.tells(claim)).toList();
        List<String> news = new ArrayList<>(List.of(alert));
        lacking.forEach(claim -> news.add(news(claim)));
        String other = Alert.idOf(type(lacking), item.id(), news);
        return lacking.stream().map(claim -> claims.move(claim, other)).toList();
    }

    /** The alert that an item is back with passages it was flagged for before it went. */
    Optional<Alert> tellOfReturn(Showing showing, Instant goneAt) {
        List<Claim> before = showing.own().stream()
                .filter(claim -> claim.at().isBefore(goneAt))
                .toList();
        String id = Alert.idOf(Alert.Type.RETURN, showing.item().id(), List.of(goneAt.toString()));
        if (before.isEmpty() || !indices.get(Room.TOMBSTONES, Set.of(id)).isEmpty()) {
            return Optional.empty();
        }
        Alert alert = alert(id, Alert.Type.RETURN, showing, before);
        return make(alert) ? Optional.of(alert) : Optional.empty();
    }

    private boolean make(Alert alert) {
        ObjectNode document = terms.mark(Json.document(alert), Retention.Keep.CANDIDATE, alert.alertedAt());
        return indices.create(Room.ALERTS, alert.id(), document);
    }

    private static Alert.Type type(List<Claim> claims) {
        return claims.stream().anyMatch(claim -> claim.kind() == Claim.Kind.PASSAGE)
                ? Alert.Type.NEW
                : Alert.Type.MIRROR;
    }

    /** What makes an alert for these claims another one than for others. */
    static String news(Claim claim) {
        return news(claim.search(), claim.fingerprint());
    }

    private static String news(String search, String fingerprint) {
        return search + ":" + fingerprint;
    }

    private Alert alert(String id, Alert.Type type, Showing showing, List<Claim> claims) {
        Item item = showing.item();
        List<Alert.Search> searches = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Match match : showing.matches()) {
            Set<String> claimed = new TreeSet<>();
            claims.stream()
                    .filter(claim -> claim.search().equals(match.search().id()))
                    .forEach(claim -> claimed.add(claim.fingerprint()));
            if (!claimed.isEmpty()) {
                searches.add(new Alert.Search(
                        match.search().id(),
                        match.search().title(),
                        match.version(),
                        match.search().tier(),
                        match.search().recipients(),
                        match.search().mail()));
                match.reasons().stream()
                        .filter(reason -> claimed.contains(reason.fingerprint()))
                        .forEach(reasons::add);
            }
        }
        Optional<Alert.First> first = type == Alert.Type.NEW
                ? Optional.empty()
                : showing.firstOf(claims).min(Comparator.comparing(Claim::at)).map(this::first);
        return new Alert(
                id,
                type,
                item.id(),
                item.kind(),
                item.url(),
                item.host(),
                item.platform(),
                item.language(),
                item.title(),
                searches.stream().mapToInt(Alert.Search::tier).min().orElse(1),
                searches,
                claims.stream().map(Claim::fingerprint).distinct().sorted().toList(),
                reasons,
                first,
                item.publishedAt(),
                item.fetchedAt(),
                showing.matchedAt(),
                showing.now(),
                Optional.empty());
    }

    private Alert.First first(Claim passage) {
        String url = indices.get(Room.ITEMS, passage.item())
                .map(stored -> stored.document().path("url").asText())
                .orElse("");
        return new Alert.First(passage.item(), url, passage.hostKey(), passage.at());
    }
}
