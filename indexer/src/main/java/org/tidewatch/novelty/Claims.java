package org.tidewatch.novelty;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;

/** The claims in the index. A claim is made once and stays; only the alert that tells of it may become another. */
final class Claims {

    private final Indices indices;
    private final Retention.Terms terms;

    Claims(Indices indices, Retention.Terms terms) {
        this.indices = indices;
        this.terms = terms;
    }

    Map<String, Claim> read(Collection<String> ids) {
        Map<String, Claim> claims = new LinkedHashMap<>();
        indices.get(Room.FLAGGED, ids).forEach((id, stored) -> claims.put(id, stored.as(Claim.class)));
        return claims;
    }

    /** Makes claims; those that another won meanwhile enter {@code standing} as the other's. */
    void make(List<Claim> claims, Map<String, Claim> standing) {
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
        standing.putAll(read(lost));
    }

    /** Gives a claim to another alert, unless somebody has done so meanwhile; the claim as it is then. */
    Claim move(Claim claim, String alert) {
        return indices.merge(
                        Room.FLAGGED,
                        claim.id(),
                        document -> document.path("alert").asText().equals(claim.alert())
                                ? document.put("alert", alert)
                                : document)
                .map(document -> Json.record(document, Claim.class))
                .orElse(claim.claimedBy(alert));
    }

    private Write write(Claim claim) {
        return new Write.Create(
                Room.FLAGGED, claim.id(), terms.mark(Json.document(claim), Retention.Keep.HASH, claim.at()));
    }
}
