package org.tidewatch.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;

/** Invented saved searches, put together by what a test cares about. */
public final class TestSearch {

    private TestSearch() {}

    public static SavedSearch approved(String id, String query) {
        return of(id, query, SavedSearch.State.ACTIVE, 2);
    }

    public static SavedSearch proposed(String id, String query) {
        return of(id, query, SavedSearch.State.PROPOSED, 2);
    }

    /** One that does not see through disguises. */
    public static SavedSearch exact(String id, String query) {
        return of(
                id,
                new Question(Question.Language.LUCENE, query, List.of(), Question.Form.EXACT, List.of(), List.of()),
                SavedSearch.State.ACTIVE,
                2);
    }

    public static SavedSearch of(String id, String query, SavedSearch.State state, int tier) {
        return of(id, Question.of(Question.Language.LUCENE, query), state, tier);
    }

    public static SavedSearch of(String id, Question question, SavedSearch.State state, int tier) {
        return new SavedSearch(
                id,
                "Search " + id,
                question,
                tier,
                "Find what is invented",
                "Invented content",
                "curator@unit.example",
                List.of("duty-desk"),
                MailSchedule.BY_TIER,
                LocalDate.parse("2027-06-30"),
                state,
                Optional.of("A. Analyst"),
                Optional.of("B. Reviewer"),
                Examples.NONE);
    }

    /** The search, asking something else. */
    public static SavedSearch asking(SavedSearch search, Question question) {
        return named(search, question, search.proposedBy(), search.approvedBy());
    }

    /** The search with other names under it. */
    public static SavedSearch signed(SavedSearch search, String proposedBy, String approvedBy) {
        return named(search, search.question(), Optional.of(proposedBy), Optional.of(approvedBy));
    }

    /** The search as nobody has approved it. */
    public static SavedSearch unsigned(SavedSearch search) {
        return named(search, search.question(), search.proposedBy(), Optional.empty());
    }

    private static SavedSearch named(
            SavedSearch search, Question question, Optional<String> proposedBy, Optional<String> approvedBy) {
        return new SavedSearch(
                search.id(),
                search.title(),
                question,
                search.tier(),
                search.purpose(),
                search.basis(),
                search.owner(),
                search.recipients(),
                search.mail(),
                search.reviewBy(),
                search.state(),
                proposedBy,
                approvedBy,
                search.examples());
    }

    public static SavedSearch reviewedBy(SavedSearch search, String day) {
        return new SavedSearch(
                search.id(),
                search.title(),
                search.question(),
                search.tier(),
                search.purpose(),
                search.basis(),
                search.owner(),
                search.recipients(),
                search.mail(),
                LocalDate.parse(day),
                search.state(),
                search.proposedBy(),
                search.approvedBy(),
                search.examples());
    }

    /** Takes away every saved search, and what was written of them. */
    public static void clear(Indices indices) {
        for (Room room : List.of(Room.SEARCHES, Room.AUDIT, Room.LEASES)) {
            indices.refresh(room);
            List<Write> writes = new ArrayList<>();
            indices.scan(
                    room,
                    Query.of(q -> q.matchAll(m -> m)),
                    1_000,
                    page -> page.forEach(stored -> writes.add(new Write.Delete(room, stored.id(), Optional.empty()))));
            indices.writeAll(writes);
        }
    }

    /** A set of the searches, each in its first version. */
    public static SearchSet set(long revision, SavedSearch... searches) {
        return new SearchSet(
                revision,
                Arrays.stream(searches)
                        .map(search -> new SearchSet.Versioned(search, 1))
                        .toList());
    }
}
