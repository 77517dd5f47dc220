package org.tidewatch.match;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidewatch.item.Item;
import org.tidewatch.query.Fields;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;

/**
 * Matches items against one revision of the search set, in memory. A search that cannot be read, or that throws on an
 * item, is reported beside the others' matches. {@code now} is when the item was fetched, so that an item is matched alike
 * whenever it is matched. Thread-safe.
 */
public final class Matcher {

    /** Most reasons kept of one match. */
    public static final int MAX_REASONS = 50;

    private final SearchSet set;
    private final Analysis analysis;
    private final StandingQueries queries;
    private final Map<String, SearchSet.Versioned> readable = new HashMap<>();
    private final List<Matching.Failure> unreadable = new ArrayList<>();

    /** Dates are rounded to days of UTC. */
    public Matcher(SearchSet set) {
        this(set, ZoneOffset.UTC);
    }

    /** @param zone whose days, weeks and months the dates of queries are rounded to */
    public Matcher(SearchSet set, ZoneId zone) {
        this.set = set;
        this.analysis = new Analysis(Fields.ofItems());
        this.queries = new StandingQueries(analysis, zone, read(set.searches()));
        settle();
    }

    private Matcher(SearchSet set, Matcher before) {
        this.set = set;
        this.analysis = before.analysis;
        Set<String> kept = new HashSet<>();
        List<SearchSet.Versioned> changed = new ArrayList<>();
        for (SearchSet.Versioned versioned : set.searches()) {
            SearchSet.Versioned known = before.readable.get(versioned.search().id());
            if (known != null
                    && known.search().question().equals(versioned.search().question())) {
                kept.add(versioned.search().id());
                readable.put(versioned.search().id(), versioned);
            } else {
                changed.add(versioned);
            }
        }
        this.queries = before.queries.next(kept, read(changed));
        settle();
    }

    /**
     * A matcher of another revision, which takes over what has not changed: a change of one search among a hundred
     * thousand takes about a second. This one goes on as before; costs are told by either, once.
     */
    public Matcher next(SearchSet other) {
        return new Matcher(other, this);
    }

    private List<StandingQuery> read(List<SearchSet.Versioned> searches) {
        List<StandingQuery> read = new ArrayList<>();
        for (SearchSet.Versioned versioned : searches) {
            String id = versioned.search().id();
            Question question = versioned.search().question();
            try {
                read.add(new StandingQuery(id, question.read(Fields.ofItems()).clause(), question.form()));
                readable.put(id, versioned);
            } catch (QueryRefused e) {
                unreadable.add(new Matching.Failure(id, String.valueOf(e.getMessage())));
            }
        }
        return read;
    }

    private void settle() {
        queries.broken().forEach((id, reason) -> {
            readable.remove(id);
            unreadable.add(new Matching.Failure(id, reason));
        });
        unreadable.sort(Comparator.comparing(Matching.Failure::search));
    }

    public long revision() {
        return set.revision();
    }

    /** Searches of the set that cannot be read, and so match nothing. */
    public List<Matching.Failure> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Searches that are tried on every item, since they name no word or value that an item must have. */
    public List<String> runOnEveryItem() {
        return queries.triedOnEverything();
    }

    /** What each search has cost since this was asked last, of this matcher and those that it came from. */
    public List<Cost> takeCosts() {
        return queries.takeCosts();
    }

    public Matching match(Item item) {
        StandingQueries.Trial trial = queries.trial(analysis.of(item), item.fetchedAt());
        List<Match> matches = new ArrayList<>();
        Reasons reasons = new Reasons(item);
        for (Standing standing : trial.hold()) {
            SearchSet.Versioned versioned = readable.get(standing.id());
            if (versioned != null) {
                matches.add(match(versioned, trial.evaluation().hits(standing.criterion()), reasons));
            }
        }
        matches.sort(Comparator.comparing(match -> match.search().id()));
        return new Matching(set.revision(), matches, trial.failures());
    }

    private static Match match(SearchSet.Versioned versioned, List<Hit> hits, Reasons reasons) {
        SavedSearch search = versioned.search();
        List<Reason> worded = reasons.of(search.id(), hits);
        return new Match(
                versioned,
                worded.isEmpty()
                        ? List.of(reasons.ofItem(search.id(), search.question().query()))
                        : worded);
    }
}
