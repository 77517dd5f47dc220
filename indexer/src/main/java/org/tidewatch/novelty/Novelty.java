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
 * Says what is new: a search flags a passage once, once more for each further host that shows it, and once more when the
 * item that it was flagged on comes back after it was gone. What was flagged is
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

    /**
     * Claims what is new in {@code matches} and makes the alerts for it. Matches of proposed searches claim nothing.
     *
     * @param goneAt since when the item was gone, if it was and its return is worth an alert
     */
    public Flagged flag(Item item, List<Match> matches, Instant matchedAt, Optional<Instant> goneAt) {
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
        Showing showing = new Showing(item, matches, standing, matchedAt, now);
        List<Alert> alerts = alerts(showing, made);
        goneAt.flatMap(gone -> returned(showing, gone)).ifPresent(alerts::add);
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

    /** An item with its matches and all claims on their passages, its own and other items'. */
    private record Showing(
            Item item, List<Match> matches, Map<String, Claim> standing, Instant matchedAt, Instant now) {

        List<Claim> own() {
            return standing.values().stream()
                    .filter(claim -> claim.item().equals(item.id()))
                    .toList();
        }
    }

    private List<Alert> alerts(Showing showing, Set<String> made) {
        Map<String, List<Claim>> unmade = new TreeMap<>();
        for (Claim claim : showing.own()) {
            if (!made.contains(claim.alert())) {
                unmade.computeIfAbsent(claim.alert(), id -> new ArrayList<>()).add(claim);
            }
        }
        List<Alert> alerts = new ArrayList<>();
        unmade.forEach((id, claims) -> {
            boolean isNew = claims.stream().anyMatch(claim -> claim.kind() == Claim.Kind.PASSAGE);
            make(alert(id, isNew ? Alert.Type.NEW : Alert.Type.MIRROR, showing, claims))
                    .ifPresent(alerts::add);
        });
        return alerts;
    }

    /** The alert that an item is back with passages it was flagged for before it went. */
    private Optional<Alert> returned(Showing showing, Instant goneAt) {
        List<Claim> before = showing.own().stream()
                .filter(claim -> claim.at().isBefore(goneAt))
                .toList();
        String id = Alert.idOf(Alert.Type.RETURN, showing.item().id(), List.of(goneAt.toString()));
        return before.isEmpty() || !made(Set.of(id)).isEmpty()
                ? Optional.empty()
                : make(alert(id, Alert.Type.RETURN, showing, before));
    }

    private Optional<Alert> make(Alert alert) {
        ObjectNode document = terms.mark(Json.document(alert), Retention.Keep.CANDIDATE, alert.alertedAt());
        return indices.create(Room.ALERTS, alert.id(), document) ? Optional.of(alert) : Optional.empty();
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
                : claims.stream()
                        .flatMap(claim -> Stream.ofNullable(showing.standing().get(claim.passageId())))
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
