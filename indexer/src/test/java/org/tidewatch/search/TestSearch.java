package org.tidewatch.search;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    /** A set of the searches, each in its first version. */
    public static SearchSet set(long revision, SavedSearch... searches) {
        return new SearchSet(
                revision,
                Arrays.stream(searches)
                        .map(search -> new SearchSet.Versioned(search, 1))
                        .toList());
    }
}
