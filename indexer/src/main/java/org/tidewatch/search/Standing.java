package org.tidewatch.search;

/**
 * What of a definition is in force: its state, as far as approval, review and people's switching allow.
 *
 * @param why in words, for people
 */
public record Standing(SavedSearch.State state, String why) {}
