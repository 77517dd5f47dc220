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
        Optional<String> newAlert = claimPassages(item, wanted.values(), standing);
        claimSightings(item, wanted.values(), standing, newAlert);
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

    /** Claims the passages nobody has claimed; the alert for them, when there is one still to be made. */
    private Optional<String> claimPassages(Item item, Collection<Claim> wanted, Map<String, Claim> standing) {
        List<Claim> missing = missing(wanted, Claim.Kind.PASSAGE, standing);
        Optional<String> orphan = orphan(passageAlerts(item, standing));
        if (missing.isEmpty()) {
            return orphan;
        }
        String alert = orphan.orElseGet(() -> idOf(Alert.Type.NEW, item, missing));
        create(missing.stream().map(claim -> claim.claimedBy(alert)).toList(), standing);
        return Optional.of(alert);
    }

    /**
     * Claims that the passages were seen on this host. A sighting of a passage that this item was the first to show
     * belongs to that alert, and so do other sightings when the item has a new alert anyway; the rest is a mirror.
     */
    private void claimSightings(
            Item item, Collection<Claim> wanted, Map<String, Claim> standing, Optional<String> newAlert) {
        List<Claim> missing = missing(wanted, Claim.Kind.SIGHTING, standing);
        if (missing.isEmpty()) {
            return;
        }
        Set<String> sightingAlerts = new TreeSet<>();
        standing.values().stream()
                .filter(claim ->
                        claim.kind() == Claim.Kind.SIGHTING && claim.item().equals(item.id()))
                .forEach(claim -> sightingAlerts.add(claim.alert()));
        sightingAlerts.removeAll(passageAlerts(item, standing));
        String mirror =
                newAlert.or(() -> orphan(sightingAlerts)).orElseGet(() -> idOf(Alert.Type.MIRROR, item, missing));
        create(
                missing.stream()
                        .map(claim -> claim.claimedBy(Optional.ofNullable(standing.get(claim.passageId()))
                                .filter(passage -> passage.item().equals(item.id()))
                                .map(Claim::alert)
                                .orElse(mirror)))
                        .toList(),
                standing);
    }

    private static List<Claim> missing(Collection<Claim> wanted, Claim.Kind kind, Map<String, Claim> standing) {
        return wanted.stream()
                .filter(claim -> claim.kind() == kind && !standing.containsKey(claim.id()))
                .toList();
    }

    private static String idOf(Alert.Type type, Item item, List<Claim> claims) {
        return Alert.idOf(
                type,
                item.id(),
                claims.stream()
                        .map(claim -> claim.search() + ":" + claim.fingerprint())
                        .toList());
    }

    /** Writes claims; those that another item won meanwhile enter {@code standing} as that item's. */
    private void create(List<Claim> claims, Map<String, Claim> standing) {
        Set<String> lost = new LinkedHashSet<>();
        List<Write.Result> results =
                indices.writeAll(claims.stream().map(this::write).toList());
        for (int i = 0; i < claims.size(); i++) {
            if (results.get(i) instanceof Write.Done) {
                standing.put(claims.get(i).id(), claims.get(i));
            } else {
                lost.add(claims.get(i).id());
            }
        }
        standing.putAll(claims(lost));
    }

    private static Set<String> passageAlerts(Item item, Map<String, Claim> standing) {
        Set<String> alerts = new TreeSet<>();
        standing.values().stream()
                .filter(claim ->
                        claim.kind() == Claim.Kind.PASSAGE && claim.item().equals(item.id()))
                .forEach(claim -> alerts.add(claim.alert()));
        return alerts;
    }

    /** The one of these alerts that claims name and that was never made, if a crash left one. */
    private Optional<String> orphan(Set<String> named) {
        Set<String> orphans = new TreeSet<>(named);
        orphans.removeAll(made(named));
        return orphans.stream().findFirst();
    }

    /** Alerts that exist, or did until their retention ended. */
    private Set<String> made(Set<String> alerts) {
        Set<String> made = new TreeSet<>(indices.get(Room.ALERTS, alerts).keySet());
        made.addAll(indices.get(Room.TOMBSTONES, alerts).keySet());
        return made;
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
        Alert.Type type = claims.stream().anyMatch(claim -> claim.kind() == Claim.Kind.PASSAGE)
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

    private Write write(Claim claim) {
        return new Write.Create(
                Room.FLAGGED, claim.id(), terms.mark(Json.document(claim), Retention.Keep.HASH, claim.at()));
    }
}
