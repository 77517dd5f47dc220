package org.tidewatch.text;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One way in which a text was brought into its folded form. */
public enum Fold {
    /** Unicode compatibility forms: full-width, mathematical, circled, squared, regional letters, ligatures. */
    @JsonProperty("form")
    FORM,
    /** Upper and lower case, Turkish dotted and dotless i included. */
    @JsonProperty("case")
    CASE,
    /** Accents, harakat, and any other combining marks. */
    @JsonProperty("marks")
    MARKS,
    /** Letters of another script that look the same (UTS 39). */
    @JsonProperty("lookalikes")
    LOOKALIKES,
    /** Letters turned upside down; of a text that is upside down as a whole, read from its end. */
    @JsonProperty("turned")
    TURNED,
    /** Zero-width, bidi, variation, tag and other characters that do not show; tatweel; soft hyphens. */
    @JsonProperty("invisible")
    INVISIBLE,
    /** Letter variants of the Arabic script: presentation forms, hamza carriers, Persian and Urdu letters. */
    @JsonProperty("arabic")
    ARABIC,
    /** HTML entities left in the text. */
    @JsonProperty("entities")
    ENTITIES,
    /** A word broken by a hyphen and a line break. */
    @JsonProperty("hyphenation")
    HYPHENATION,
    /** A phrase whose words run together. */
    @JsonProperty("joined")
    JOINED,
    /** Digits and symbols between letters, standing for letters. */
    @JsonProperty("leet")
    LEET,
    /** Three or more of one letter in a row. */
    @JsonProperty("repeats")
    REPEATS,
    /** Single letters apart from each other. */
    @JsonProperty("spaced")
    SPACED;
}
