package org.tidewatch.query;

import java.time.Instant;
import java.time.ZoneId;

/** What {@code now} is, and the zone whose days and weeks dates are rounded to. */
public record Now(Instant instant, ZoneId zone) {}
