package org.tidewatch.extract;

/** Something that reading a page has met and coped with, such as a text that was cut: worth a record, not a failure. */
public record Problem(String what) {}
