package org.tidewatch.novelty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tidewatch.item.Item;
import org.tidewatch.match.Match;
import org.tidewatch.text.Folding;

/**
 * An item with its matches and all claims on their passages, its own and other items'.
 *
 * @param standing claims by id; grows as claims are made
 */
record Showing(Item item, List<Match> matches, Map<String, Claim> standing, Instant matchedAt, Instant now) {

    /** A claim, not made yet, for each passage that an alerting search matches. */
    static List<Claim> passages(Item item, List<Match> matches, Instant now) {
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

    /** The claims that were made for this item. */
    List<Claim> own() {
        return standing.values().stream()
                .filter(claim -> claim.item().equals(item.id()))
                .toList();
    }

    /** For each of the claims the one that was made first for its passage, on whatever item. */
    Stream<Claim> firstOf(List<Claim> claims) {
        return claims.stream().flatMap(claim -> Stream.ofNullable(standing.get(claim.passageId())));
    }
}
