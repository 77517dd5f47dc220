package org.tidewatch.sample;

/**
 * A step of the sample web.
 *
 * @param kind what happened, a word or two joined by '-': {@code new-post}, {@code removed} and the like
 * @param url where it can be seen; for a post its permalink
 * @param description a sentence for a watcher
 */
public record Change(int step, String kind, String url, String description) {}
