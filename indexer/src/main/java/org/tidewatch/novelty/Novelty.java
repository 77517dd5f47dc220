package org.tidewatch.novelty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import org.tidewatch.index.Write;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;
import org.tidewatch.match.Reason;
import org.tidewatch.text.Folding;

/**
 * Says what is new: a search flags a passage once, and once more for each further host that shows it. What was flagged is
 * claimed in the {@code flagged} index with {@code op_type=create} before the alert is made, so of two items that show
 * the same passage at the same moment exactly one gets the first alert.
 *
 * <p>Note on implementation. A claim names its alert. When a crash comes between claim and alert, the replay finds claims
 * of this item whose alert is missing and makes that alert, under the id that the claims name; a replay after the alert
 * finds everything done. Items of one host are handled by one task at a time, so no two replays of one item run at once.
 *
 * <p>Thread-safe.
 */
public final class Novelty {

    private final Indices indices;
    private final Retention.Terms terms;
    private final Clock clock;

    public Novelty(Indices indices, Retention.Terms terms, Clock clock) {
        this.indices = indices;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What became of an item's matches.
     *
     * @param alerts made by this call; empty when nothing is new
     * @param flaggedAt when the latest of the item's present passages was flagged on this item, if any was
     */
    public record Flagged(List<Alert> alerts, Optional<Instant> flaggedAt) {}

    /** Claims what is new in {@code matches} and makes the alerts for it. Matches of proposed searches claim nothing. */
    public Flagged flag(Item item, List<Match> matches, Instant matchedAt) {
        Instant now = clock.instant();
        Map<String, Claim> wanted = new LinkedHashMap<>();
        for (Match match : matches) {
            if (match.search().alerts()) {
                for (String fingerprint : match.fingerprints()) {
                    claim(Claim.Kind.PASSAGE, match, fingerprint, item, now, wanted);
                    claim(Claim.Kind.SIGHTING, match, fingerprint, item, now, wanted);
                }
            }
        }
        if (wanted.isEmpty()) {
            return new Flagged(List.of(), Optional.empty());
        }
        Map<String, Claim> standing = claims(wanted.keySet());
        propose(item, wanted, standing, Claim.Kind.PASSAGE, Alert.Type.NEW);
        propose(item, wanted, standing, Claim.Kind.SIGHTING, Alert.Type.MIRROR);
        List<Alert> alerts = alerts(item, matches, standing, matchedAt, now);
        Optional<Instant> flaggedAt = standing.values().stream()
                .filter(claim -> claim.item().equals(item.id()))
                .map(Claim::at)
                .max(Comparator.naturalOrder());
        return new Flagged(alerts, flaggedAt);
    }

    private static void claim(
            Claim.Kind kind, Match match, String fingerprint, Item item, Instant now, Map<String, Claim> wanted) {
        Claim claim = new Claim(
                kind,
                match.search().id(),
                fingerprint,
                Folding.VERSION,
                item.hostKey(),
                item.platform(),
                item.id(),
                "",
                now);
        wanted.put(claim.id(), claim);
    }

    /** Creates the claims of one kind that are missing; those that another item won come out as that item's. */
    private void propose(
            Item item, Map<String, Claim> wanted, Map<String, Claim> standing, Claim.Kind kind, Alert.Type type) {
        List<Claim> missing = wanted.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind && !standing.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(claim -> kind == Claim.Kind.PASSAGE || !isFirstHere(claim, item, standing))
                .toList();
        List<Claim> sightingsOfFirst = wanted.entrySet().stream()
                .filter(entry -> kind == Claim.Kind.SIGHTING
                        && entry.getValue().kind() == kind
                        && !standing.containsKey(entry.getKey())
                        && isFirstHere(entry.getValue(), item, standing))
                .map(Map.Entry::getValue)
                .toList();
        String alert = orphan(item, standing, type)
                .orElseGet(() -> Alert.idOf(
                        type,
                        item.id(),
                        missing.stream()
                                .map(claim -> claim.search() + ":" + claim.fingerprint())
                                .toList()));
        List<Write> writes = new ArrayList<>();
        missing.forEach(claim -> writes.add(create(claim.claimedBy(alert))));
        sightingsOfFirst.forEach(claim -> writes.add(
                create(claim.claimedBy(standing.get(claim.passageId()).alert()))));
        if (writes.isEmpty()) {
            return;
        }
        Set<String> lost = new LinkedHashSet<>();
        for (Write.Result result : indices.writeAll(writes)) {
            if (result instanceof Write.Done done) {
                standing.put(done.write().id(), Json.record(((Write.Create) done.write()).document(), Claim.class));
            } else {
                lost.add(result.write().id());
            }
        }
        standing.putAll(claims(lost));
    }

    /** Whether this item holds the first claim of the passage, so that its sighting here is no mirror. */
    private static boolean isFirstHere(Claim sighting, Item item, Map<String, Claim> standing) {
        Claim passage = standing.get(sighting.passageId());
        return passage != null && passage.item().equals(item.id());
    }

    /** The alert that claims of this item name and that was never made, if a crash left one. */
    private Optional<String> orphan(Item item, Map<String, Claim> standing, Alert.Type type) {
        Set<String> named = new TreeSet<>();
        standing.values().stream()
                .filter(claim -> claim.item().equals(item.id()) && typeOf(claim, standing) == type)
                .forEach(claim -> named.add(claim.alert()));
        named.removeAll(made(named));
        return named.stream().findFirst();
    }

    /** Alerts that exist, or did until their retention ended. */
    private Set<String> made(Set<String> alerts) {
        Set<String> made = new TreeSet<>(indices.get(Room.ALERTS, alerts).keySet());
        made.addAll(indices.get(Room.TOMBSTONES, alerts).keySet());
        return made;
    }

    private static Alert.Type typeOf(Claim claim, Map<String, Claim> standing) {
        if (claim.kind() == Claim.Kind.PASSAGE) {
            return Alert.Type.NEW;
        }
        Claim passage = standing.get(claim.passageId());
        return passage != null && passage.alert().equals(claim.alert()) ? Alert.Type.NEW : Alert.Type.MIRROR;
    }

    private List<Alert> alerts(
            Item item, List<Match> matches, Map<String, Claim> standing, Instant matchedAt, Instant now) {
        Map<String, List<Claim>> byAlert = new TreeMap<>();
        standing.values().stream()
                .filter(claim -> claim.item().equals(item.id()))
                .forEach(claim -> byAlert.computeIfAbsent(claim.alert(), alert -> new ArrayList<>())
                        .add(claim));
        Set<String> made = made(byAlert.keySet());
        List<Alert> alerts = new ArrayList<>();
        byAlert.forEach((id, claims) -> {
            if (!made.contains(id)) {
                alerts.add(alert(id, item, matches, claims, standing, matchedAt, now));
            }
        });
        List<Alert> created = new ArrayList<>();
        for (Alert alert : alerts) {
            ObjectNode document = terms.mark(Json.document(alert), Retention.Keep.CANDIDATE, now);
            if (indices.create(Room.ALERTS, alert.id(), document)) {
                created.add(alert);
            }
        }
        return created;
    }

    private Alert alert(
            String id,
            Item item,
            List<Match> matches,
            List<Claim> claims,
            Map<String, Claim> standing,
            Instant matchedAt,
            Instant now) {
        Alert.Type type = claims.stream().anyMatch(claim -> typeOf(claim, standing) == Alert.Type.NEW)
                ? Alert.Type.NEW
                : Alert.Type.MIRROR;
        List<Alert.Search> searches = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Match match : matches) {
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
                        match.search().recipients()));
                match.reasons().stream()
                        .filter(reason -> claimed.contains(reason.fingerprint()))
                        .forEach(reasons::add);
            }
        }
        Optional<Alert.First> first = type == Alert.Type.NEW
                ? Optional.empty()
                : claims.stream()
                        .map(claim -> standing.get(claim.passageId()))
                        .filter(passage -> passage != null)
                        .min(Comparator.comparing(Claim::at))
                        .map(this::first);
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
                matchedAt,
                now,
                Optional.empty());
    }

    private Alert.First first(Claim passage) {
        String url = indices.get(Room.ITEMS, passage.item())
                .map(stored -> stored.document().path("url").asText())
                .orElse("");
        return new Alert.First(passage.item(), url, passage.hostKey(), passage.at());
    }

    private Map<String, Claim> claims(Collection<String> ids) {
        Map<String, Claim> claims = new LinkedHashMap<>();
        indices.get(Room.FLAGGED, ids).forEach((id, stored) -> claims.put(id, claim(stored)));
        return claims;
    }

    private static Claim claim(Stored stored) {
        return stored.as(Claim.class);
    }

    private Write create(Claim claim) {
        return new Write.Create(
                Room.FLAGGED, claim.id(), terms.mark(Json.document(claim), Retention.Keep.HASH, claim.at()));
    }
}
