package org.tidewatch.match;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

    /** Once one in so many searches has come or gone since all were laid together, all are laid together again. */
    private static final int LAID_ANEW_AT_ONE_IN = 50;

    private final SearchSet set;
    private final Analysis analysis;
    private final ZoneId zone;
    private final List<Part> parts;
    private final List<Matching.Failure> unreadable = new ArrayList<>();

    /**
     * Queries that are laid together. A change of few searches leaves the large part as it is, with all that they have in
     * common, and puts the new ones into a small part beside it.
     *
     * @param inForce the searches that this part answers for; it may hold others, which have changed or ended since
     */
    private record Part(StandingQueries queries, Map<String, SearchSet.Versioned> inForce) {

        static final Map<String, SearchSet.Versioned> NOTHING = Map.of();

        /** The searches of another set that this part answers for as it is. */
        Map<String, SearchSet.Versioned> still(SearchSet other) {
            Map<String, SearchSet.Versioned> still = new HashMap<>();
            for (SearchSet.Versioned versioned : other.searches()) {
                String id = versioned.search().id();
                SearchSet.Versioned known = inForce.get(id);
                if (known != null
                        && known.search().question().equals(versioned.search().question())) {
                    still.put(id, versioned);
                }
            }
            return still;
        }
    }

    /** Dates are rounded to days of UTC. */
    public Matcher(SearchSet set) {
        this(set, ZoneOffset.UTC);
    }

    /** @param zone whose days, weeks and months the dates of queries are rounded to */
    public Matcher(SearchSet set, ZoneId zone) {
        this.set = set;
        this.analysis = new Analysis(Fields.ofItems());
        this.zone = zone;
        Map<String, SearchSet.Versioned> readable = new HashMap<>();
        this.parts = List.of(settled(new StandingQueries(analysis, zone, read(set.searches(), readable)), readable));
    }

    private Matcher(SearchSet set, Matcher before) {
        this.set = set;
        this.analysis = before.analysis;
        this.zone = before.zone;
        Part large = before.parts.get(0);
        Map<String, SearchSet.Versioned> stillLarge = large.still(set);
        Map<String, SearchSet.Versioned> stillRecent =
                before.parts.size() > 1 ? before.parts.get(1).still(set) : Part.NOTHING;
        List<SearchSet.Versioned> changed = set.searches().stream()
                .filter(versioned -> !stillLarge.containsKey(versioned.search().id())
                        && !stillRecent.containsKey(versioned.search().id()))
                .toList();
        int beside = stillRecent.size() + changed.size();
        int idle = large.queries().size() - stillLarge.size();
        if ((long) (beside + idle) * LAID_ANEW_AT_ONE_IN > set.searches().size()) {
            List<SearchSet.Versioned> all = new ArrayList<>(changed);
            all.addAll(stillRecent.values());
            Map<String, SearchSet.Versioned> readable = new HashMap<>(stillLarge);
            Set<String> kept = Set.copyOf(stillLarge.keySet());
            this.parts = List.of(settled(large.queries().next(kept, read(all, readable)), readable));
        } else {
            Map<String, SearchSet.Versioned> readable = new HashMap<>(stillRecent);
            List<StandingQuery> fresh = read(changed, readable);
            StandingQueries recent = before.parts.size() > 1
                    ? before.parts.get(1).queries().next(stillRecent.keySet(), fresh)
                    : new StandingQueries(analysis, zone, fresh);
            this.parts = List.of(new Part(large.queries(), stillLarge), settled(recent, readable));
        }
    }

    /**
     * A matcher of another revision, which takes over what has not changed: a change of few searches among a hundred
     * thousand takes a fraction of a second. This one goes on as before; costs are told by either, once.
     */
    public Matcher next(SearchSet other) {
        return new Matcher(other, this);
    }

    /** @param readable gets the searches that can be read */
    private List<StandingQuery> read(List<SearchSet.Versioned> searches, Map<String, SearchSet.Versioned> readable) {
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

    private Part settled(StandingQueries queries, Map<String, SearchSet.Versioned> readable) {
        queries.broken().forEach((id, reason) -> {
            readable.remove(id);
            unreadable.add(new Matching.Failure(id, reason));
        });
        unreadable.sort(Comparator.comparing(Matching.Failure::search));
        return new Part(queries, readable);
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
        return parts.stream()
                .flatMap(part -> part.queries().triedOnEverything().stream().filter(part.inForce()::containsKey))
                .toList();
    }

    /** What each search has cost since this was asked last, of this matcher and those that it came from. */
    public List<Cost> takeCosts() {
        return parts.stream()
                .flatMap(part -> part.queries().takeCosts().stream()
                        .filter(cost -> part.inForce().containsKey(cost.search())))
                .toList();
    }

    public Matching match(Item item) {
        AnalysedDocument document = analysis.of(item);
        List<Match> matches = new ArrayList<>();
        List<Matching.Failure> failures = new ArrayList<>();
        Reasons reasons = new Reasons(item);
        for (Part part : parts) {
            StandingQueries.Trial trial = part.queries().trial(document, item.fetchedAt());
            for (Standing standing : trial.hold()) {
                SearchSet.Versioned versioned = part.inForce().get(standing.id());
                if (versioned != null) {
                    matches.add(match(versioned, trial.evaluation().hits(standing.criterion()), reasons));
                }
            }
            trial.failures().stream()
                    .filter(failure -> part.inForce().containsKey(failure.search()))
                    .forEach(failures::add);
        }
        matches.sort(Comparator.comparing(match -> match.search().id()));
        return new Matching(set.revision(), matches, failures);
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
