package org.tidewatch.sample;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * When a piece of content is there: from step {@code since} (0: from the start) until before step {@code until}, and at
 * which step a passage is added to it.
 */
record Life(int since, OptionalInt until, Optional<Instant> time, Optional<Edit> edit) {

    /** The keys that {@link #read} understands. */
    static final String[] KEYS = {"time", "since", "until", "edit"};

    record Edit(int step, String adds) {}

    static Life read(Entry entry) throws BrokenContent {
        int since = entry.optionalNumber("since").orElse(0);
        Optional<Instant> time = entry.instant("time");
        if (since == 0 && time.isEmpty()) {
            throw entry.broken("\"time\" is missing: content of the start has a fixed time");
        }
        if (since > 0 && time.isPresent()) {
            throw entry.broken("leave out \"time\": what comes with a step has the time of the step");
        }
        Optional<Edit> edit = Optional.empty();
        Optional<Entry> edited = entry.entry("edit");
        if (edited.isPresent()) {
            Entry what = edited.get().only("step", "adds");
            edit = Optional.of(new Edit(what.number("step"), what.text("adds")));
        }
        return new Life(since, entry.optionalNumber("until"), time, edit);
    }

    boolean visible(Timeline timeline) {
        return timeline.reached(since) && !gone(timeline);
    }

    boolean gone(Timeline timeline) {
        return until.isPresent() && timeline.reached(until.getAsInt());
    }

    Instant published(Timeline timeline) {
        return time.orElseGet(() -> timeline.of(since));
    }

    Instant modified(Timeline timeline) {
        return reachedEdit(timeline).map(done -> timeline.of(done.step())).orElseGet(() -> published(timeline));
    }

    /** When lists of such content changed last because of this one: it came, was edited or went. */
    Instant lastChange(Timeline timeline) {
        if (gone(timeline)) {
            return timeline.of(until.orElseThrow());
        }
        return visible(timeline) ? modified(timeline) : Instant.EPOCH;
    }

    static Instant lastChange(Stream<Life> lives, Timeline timeline) {
        return lives.map(life -> life.lastChange(timeline))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** {@code body} as it reads now: with the added passage, once its step is reached. */
    String body(String body, Timeline timeline) {
        return reachedEdit(timeline).map(done -> body + "\n\n" + done.adds()).orElse(body);
    }

    private Optional<Edit> reachedEdit(Timeline timeline) {
        return edit.filter(planned -> timeline.reached(planned.step()));
    }
}
