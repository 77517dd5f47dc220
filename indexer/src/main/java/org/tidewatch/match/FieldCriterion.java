package org.tidewatch.match;

/** A criterion that looks at fields. */
sealed interface FieldCriterion extends Criterion permits Wording, Spread, TextPattern, FieldValue {}
