package org.tidewatch.match;

/** What a document must have for a search to be worth a closer look. */
sealed interface Anchor {

    /** A token of any text, exact or folded. Fields are left open: one word asked of five fields is one anchor. */
    record Word(String word) implements Anchor {}

    /** A token of any text that a pattern takes. */
    record WordLike(Pattern pattern) implements Anchor {}

    /** A value of a keyword or boolean field, by the field's number. */
    record Value(int field, String value) implements Anchor {}

    /** A value of a keyword field that a pattern takes. */
    record ValueLike(int field, Pattern pattern) implements Anchor {}
}
