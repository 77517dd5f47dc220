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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
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
        List<Claim> passages = passages(item, matches, now);
        if (passages.isEmpty()) {
            return new Flagged(List.of(), Optional.empty());
        }
        Map<String, Claim> standing =
                claims(Stream.concat(passages.stream(), passages.stream().map(Claim::sighting))
                        .map(Claim::id)
                        .toList());
        Set<String> made = made(named(item, standing.values()));
        Optional<String> unmade = claimPassages(item, passages, standing, made);
        claimSightings(item, passages, standing, made, unmade);
        List<Alert> alerts = alerts(item, matches, standing, made, matchedAt, now);
        Optional<Instant> flaggedAt = standing.values().stream()
                .filter(claim -> claim.item().equals(item.id()))
                .map(Claim::at)
                .max(Comparator.naturalOrder());
        return new Flagged(alerts, flaggedAt);
    }

    private static List<Claim> passages(Item item, List<Match> matches, Instant now) {
        List<Claim> passages = new ArrayList<>();
        for (Match match : matches) {
            if (match.search().alerts()) {
                match.fingerprints()
                        .forEach(fingerprint -> passages.add(new Claim(
                                Claim.Kind.PASSAGE,
                                match.search().id(),
                                fingerprint,
                                Folding.VERSION,
                                item.hostKey(),
                                item.platform(),
                                item.id(),
                                "",
                                now)));
            }
        }
        return passages;
    }

    /** Claims the passages nobody has claimed; the alert that is still to be made for them or for earlier ones, if any. */
    private Optional<String> claimPassages(
            Item item, List<Claim> passages, Map<String, Claim> standing, Set<String> made) {
        List<Claim> missing = passages.stream()
                .filter(claim -> !standing.containsKey(claim.id()))
                .toList();
        Optional<String> orphan = orphan(item, Claim.Kind.PASSAGE, standing, made);
        if (missing.isEmpty()) {
            return orphan;
        }
        String alert = orphan.orElseGet(() -> idOf(Alert.Type.NEW, item, missing));
        create(missing.stream().map(claim -> claim.claimedBy(alert)).toList(), standing);
        return Optional.of(alert);
    }

    /**
     * Claims that passages known from other hosts were seen on this one. They belong to the alert that is to be made
     * anyway, if there is one; else they are a mirror. The claim of a passage is the sighting on its own host, so that of
     * two items of one host that race for a passage the loser has nothing left to claim.
     */
    private void claimSightings(
            Item item, List<Claim> passages, Map<String, Claim> standing, Set<String> made, Optional<String> unmade) {
        List<Claim> missing = passages.stream()
                .filter(passage -> Optional.ofNullable(standing.get(passage.id()))
                        .filter(first -> !first.hostKey().equals(item.hostKey()))
                        .isPresent())
                .map(Claim::sighting)
                .filter(sighting -> !standing.containsKey(sighting.id()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        String alert = unmade.or(() -> orphan(item, Claim.Kind.SIGHTING, standing, made))
                .orElseGet(() -> idOf(Alert.Type.MIRROR, item, missing));
        create(missing.stream().map(claim -> claim.claimedBy(alert)).toList(), standing);
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

    /** The alerts that this item's claims name. */
    private static Set<String> named(Item item, Collection<Claim> claims) {
        Set<String> alerts = new TreeSet<>();
        claims.stream().filter(claim -> claim.item().equals(item.id())).forEach(claim -> alerts.add(claim.alert()));
        return alerts;
    }

    /** The alert that claims of this kind name and that was never made, if a crash left one. */
    private static Optional<String> orphan(Item item, Claim.Kind kind, Map<String, Claim> standing, Set<String> made) {
        Set<String> orphans = named(
                item,
                standing.values().stream().filter(claim -> claim.kind() == kind).toList());
        orphans.removeAll(made);
        return orphans.stream().findFirst();
    }

    /** Those of the alerts that exist, or did until their retention ended. */
    private Set<String> made(Set<String> alerts) {
        Set<String> made = new TreeSet<>(indices.get(Room.ALERTS, alerts).keySet());
        made.addAll(indices.get(Room.TOMBSTONES, alerts).keySet());
        return made;
    }

    private List<Alert> alerts(
            Item item,
            List<Match> matches,
            Map<String, Claim> standing,
            Set<String> made,
            Instant matchedAt,
            Instant now) {
        Set<String> unmade = named(item, standing.values());
        unmade.removeAll(made);
        List<Alert> created = new ArrayList<>();
        for (String id : unmade) {
            List<Claim> claims = standing.values().stream()
                    .filter(claim ->
                            claim.item().equals(item.id()) && claim.alert().equals(id))
                    .toList();
            Alert alert = alert(id, item, matches, claims, standing, matchedAt, now);
            ObjectNode document = terms.mark(Json.document(alert), Retention.Keep.CANDIDATE, now);
            if (indices.create(Room.ALERTS, id, document)) {
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
        indices.get(Room.FLAGGED, ids).forEach((id, stored) -> claims.put(id, stored.as(Claim.class)));
        return claims;
    }

    private Write write(Claim claim) {
        return new Write.Create(
                Room.FLAGGED, claim.id(), terms.mark(Json.document(claim), Retention.Keep.HASH, claim.at()));
    }
}
