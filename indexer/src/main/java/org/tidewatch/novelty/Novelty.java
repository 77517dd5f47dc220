package org.tidewatch.novelty;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidewatch.index.Indices;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.Match;

/**
 * Says what is new: a search flags a passage once, once more for each further host that shows it, and once more when the
 * item that it was flagged on comes back after it was gone. What was flagged is
 * claimed in the {@code flagged} index with {@code op_type=create} before the alert is made, so of two items that show
 * the same passage at the same moment exactly one gets the first alert.
 *
 * <p>Note on implementation. A claim names its alert. When a crash comes between claim and alert, the replay finds claims
 * of this item whose alert is missing and makes that alert, under the id that the claims name; a replay after the alert
 * finds everything done. One item may be flagged by several at the same moment, the crawl and a run over history say,
 * with different matches: see {@link Telling}.
 *
 * <p>Thread-safe.
 */
public final class Novelty {

    private final Claims claims;
    private final Telling telling;
    private final Clock clock;

    public Novelty(Indices indices, Retention.Terms terms, Clock clock) {
        this.claims = new Claims(indices, terms);
        this.telling = new Telling(indices, terms, claims);
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
     * @param quiet searches whose new passages are claimed without an alert, so that they never make one
     * @param goneAt since when the item was gone, if it was and its return is worth an alert
     */
    public Flagged flag(
            Item item, List<Match> matches, Set<String> quiet, Instant matchedAt, Optional<Instant> goneAt) {
        Instant now = clock.instant();
        List<Claim> passages = Showing.passages(item, matches, now);
        if (passages.isEmpty()) {
            return new Flagged(List.of(), Optional.empty());
        }
        Map<String, Claim> standing =
                claims.read(Stream.concat(passages.stream(), passages.stream().map(Claim::sighting))
                        .map(Claim::id)
                        .toList());
        Showing showing = new Showing(item, matches, standing, matchedAt, now);
        Telling.Told told = telling.told(showing.own());
        Optional<String> unmade = claimPassages(showing, passages, quiet, told);
        claimSightings(showing, passages, quiet, told, unmade);
        List<Alert> alerts = new ArrayList<>(telling.tell(showing, told));
        goneAt.flatMap(gone -> telling.tellOfReturn(showing, gone)).ifPresent(alerts::add);
        Optional<Instant> flaggedAt = showing.own().stream().map(Claim::at).max(Comparator.naturalOrder());
        return new Flagged(alerts, flaggedAt);
    }

    /** Claims the passages nobody has claimed; the alert that is still to be made for them or for earlier ones, if any. */
    private Optional<String> claimPassages(
            Showing showing, List<Claim> passages, Set<String> quiet, Telling.Told told) {
        List<Claim> missing = passages.stream()
                .filter(claim -> !showing.standing().containsKey(claim.id()))
                .toList();
        Optional<String> orphan = orphan(showing, Claim.Kind.PASSAGE, told);
        return claim(showing, missing, quiet, orphan, Alert.Type.NEW).or(() -> orphan);
    }

    /**
     * Claims that passages known from other hosts were seen on this one. They belong to the alert that is to be made
     * anyway, if there is one; else they are a mirror. The claim of a passage is the sighting on its own host, so that of
     * two items of one host that race for a passage the loser has nothing left to claim.
     */
    private void claimSightings(
            Showing showing, List<Claim> passages, Set<String> quiet, Telling.Told told, Optional<String> unmade) {
        List<Claim> missing = passages.stream()
                .filter(passage -> Optional.ofNullable(showing.standing().get(passage.id()))
                        .filter(first -> !first.hostKey().equals(showing.item().hostKey()))
                        .isPresent())
                .map(Claim::sighting)
                .filter(sighting -> !showing.standing().containsKey(sighting.id()))
                .toList();
        claim(showing, missing, quiet, unmade.or(() -> orphan(showing, Claim.Kind.SIGHTING, told)), Alert.Type.MIRROR);
    }

    /** Makes claims, the quiet ones for no alert; the alert that the others call for, if there are others. */
    private Optional<String> claim(
            Showing showing, List<Claim> missing, Set<String> quiet, Optional<String> unmade, Alert.Type type) {
        List<Claim> loud = missing.stream()
                .filter(claim -> !quiet.contains(claim.search()))
                .toList();
        Optional<String> alert = loud.isEmpty()
                ? Optional.empty()
                : unmade.or(() -> Optional.of(Alert.idOf(
                        type,
                        showing.item().id(),
                        loud.stream().map(Telling::news).toList())));
        claims.make(
                missing.stream()
                        .map(claim ->
                                claim.claimedBy(quiet.contains(claim.search()) ? Claim.QUIET : alert.orElseThrow()))
                        .toList(),
                showing.standing());
        return alert;
    }

    /** The alert that the item's claims of this kind name and that was never made, if a crash left one. */
    private static Optional<String> orphan(Showing showing, Claim.Kind kind, Telling.Told told) {
        return showing.own().stream()
                .filter(claim -> claim.kind() == kind && !claim.isQuiet())
                .map(Claim::alert)
                .filter(alert -> !told.isMade(alert))
                .sorted()
                .findFirst();
    }
}
