package org.tidewatch.search;

import java.time.Instant;

/** That a person has switched a search on or off beside its file; the file is not changed and does not undo it. */
public record Switched(boolean on, String by, String why, Instant at) {}
