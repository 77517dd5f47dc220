package org.tidewatch.match;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Signs of which every document that a criterion holds for has one.
 *
 * @param any empty when no document can have one
 * @param everywhere whether nothing can be said: any document may be meant
 * @param chance share of documents that have one of them, roughly; at most 1
 */
record Anchors(Set<Sign> any, boolean everywhere, double chance) {

    static final Anchors EVERYWHERE = new Anchors(Set.of(), true, 1);
    static final Anchors NOWHERE = new Anchors(Set.of(), false, 0);

    static Anchors of(Sign sign, Rarity rarity) {
        return new Anchors(Set.of(sign), false, rarity.chance(sign));
    }

    /** One of the signs of each. */
    static Anchors any(Collection<Anchors> of) {
        Set<Sign> all = new LinkedHashSet<>();
        double chance = 0;
        for (Anchors anchors : of) {
            if (anchors.everywhere()) {
                return EVERYWHERE;
            }
            if (all.addAll(anchors.any())) {
                chance += anchors.chance();
            }
        }
        return new Anchors(all, false, Math.min(1, chance));
    }

    /** Those that fewest documents have. */
    static Anchors rarest(Collection<Anchors> of) {
        Anchors rarest = EVERYWHERE;
        for (Anchors anchors : of) {
            if (!anchors.everywhere() && (rarest.everywhere() || anchors.chance() < rarest.chance())) {
                rarest = anchors;
            }
        }
        return rarest;
    }
}
