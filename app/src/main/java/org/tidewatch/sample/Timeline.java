package org.tidewatch.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** How far the sample web has come: when each step so far happened, the first step first. */
record Timeline(List<Instant> times) {

    /** The base content is older than this; steps taken before a start are dated from here, an hour apart. */
    static final Instant BASE = Instant.parse("2026-11-20T00:00:00Z");

    Timeline {
        times = List.copyOf(times);
    }

    /** A web that starts at {@code step}: earlier steps have the same times at every such start. */
    static Timeline startingAt(int step) {
        List<Instant> times = new ArrayList<>();
        for (int i = 1; i <= step; i++) {
            times.add(BASE.plus(Duration.ofHours(i)));
        }
        return new Timeline(times);
    }

    /** One step on, dated to the second, as pages and headers show it. */
    Timeline then(Instant now) {
        List<Instant> longer = new ArrayList<>(times);
        longer.add(now.truncatedTo(ChronoUnit.SECONDS));
        return new Timeline(longer);
    }

    int step() {
        return times.size();
    }

    boolean reached(int step) {
        return step <= step();
    }

    Instant of(int step) {
        return times.get(step - 1);
    }
}
