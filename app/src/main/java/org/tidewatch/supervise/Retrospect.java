package org.tidewatch.supervise;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tidewatch.history.History;
import org.tidewatch.history.Reach;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Retention;
import org.tidewatch.match.LiveMatcher;
import org.tidewatch.match.Matching;
import org.tidewatch.query.Fields;
import org.tidewatch.search.SearchStore;

/** The part of a supervising process that runs searches over history, while it has the lease for it. Thread-safe. */
final class Retrospect implements AutoCloseable {

    private final LiveMatcher matcher;
    private final History history;
    private final Lease lease;
    private volatile String state = "waiting";

    Retrospect(Indices indices, Retention.Terms terms, Clock clock, Lease lease) {
        SearchStore store = new SearchStore(indices, terms, clock);
        this.matcher = new LiveMatcher(store);
        this.history =
                new History(indices, terms, clock, store, matcher, Reach.loose(Fields.ofItems(), ZoneOffset.UTC));
        this.lease = lease;
    }

    void pass() {
        if (lease.take()) {
            state = "working";
            history.pass(lease::take);
            state = "ok";
        } else {
            state = "standing by";
        }
    }

    /** How the searches stand that this process has in use, and what is wrong with them. */
    Status.Part part() {
        List<Matching.Failure> unreadable = matcher.unreadable();
        Optional<String> note = matcher.trouble()
                .or(() -> unreadable.isEmpty()
                        ? Optional.empty()
                        : Optional.of(unreadable.size() + " cannot be read: "
                                + unreadable.get(0).search() + ", "
                                + unreadable.get(0).reason()));
        return new Status.Part("searches", note.isPresent() ? "in trouble" : state, Optional.empty(), 0, note);
    }

    @Override
    public void close() {
        matcher.close();
    }
}
