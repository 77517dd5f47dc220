package org.tidewatch.search;

import java.time.Instant;

/**
 * Why the latest definition of a search is not the one in force.
 *
 * @param at when it was first refused so
 */
public record Refusal(String message, Instant at) {}
