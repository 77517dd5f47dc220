package org.tidewatch.extract;

/**
 * What an item says.
 *
 * @param own the item's own words
 * @param quoted words of others that it quotes
 * @param lasting the own words without times of day and dates, which change by themselves ("3 minutes ago")
 * @param cut whether a text was longer than allowed
 */
record Words(String own, String quoted, String lasting, boolean cut) {

    static Words of(String own, int maxChars) {
        boolean cut = own.length() > maxChars;
        String kept = cut ? Flow.cutAt(own, maxChars) : own;
        return new Words(kept, "", kept, cut);
    }
}
