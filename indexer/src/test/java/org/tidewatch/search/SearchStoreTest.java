package org.tidewatch.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SearchSet.Versioned;

class SearchStoreTest {

    private static final SavedSearch SLOGAN = TestSearch.approved("slogan", "text:falcon");
    private static final SavedSearch EDITED = TestSearch.approved("slogan", "text:falcon OR text:eagle");
    private static final SavedSearch MEETING = TestSearch.proposed("meeting", "text:dawn");

    private final Indices indices = TestIndex.shared();
    private final SearchStore store =
            new SearchStore(indices, Retention.Terms.DEFAULT, TestClock.at("2026-11-24T10:00:00Z"));

    @BeforeEach
    void clear() {
        indices.refresh(Room.SEARCHES);
        indices.writeAll(indices.search(Room.SEARCHES, search -> search.size(1_000)).stream()
                .map(stored -> new Write.Delete(Room.SEARCHES, stored.id(), Optional.empty()))
                .toList());
    }

    @Test
    void aSetThatWasNeverAppliedIsEmpty() {
        assertThat(store.load()).isEqualTo(SearchSet.EMPTY);
    }

    @Test
    void whatIsAppliedIsLoadedAtOnceAsItWasWritten() {
        SearchStore.Applied applied = store.apply(List.of(SLOGAN, MEETING), "searches/");

        assertThat(applied).isEqualTo(new SearchStore.Applied(1, List.of("slogan", "meeting"), List.of(), List.of()));
        SearchSet set = store.load();
        assertThat(set.revision()).isEqualTo(1);
        assertThat(set.searches())
                .containsExactlyInAnyOrder(
                        new Versioned(SLOGAN, 1, Lookback.PLAIN.at(1)),
                        new Versioned(MEETING, 1, Lookback.PLAIN.at(1)));
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        long sequence = indices.get(Room.SEARCHES, "slogan").orElseThrow().seqNo();

        SearchStore.Applied again = store.apply(List.of(MEETING, SLOGAN), "searches/");

        assertThat(again.changedAnything()).isFalse();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(indices.get(Room.SEARCHES, "slogan").orElseThrow().seqNo()).isEqualTo(sequence);
    }

    @Test
    void aChangedSearchGetsANewVersionAndTheOldOneIsKept() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");

        SearchStore.Applied changed = store.apply(List.of(EDITED, MEETING), "searches/");

        assertThat(changed).isEqualTo(new SearchStore.Applied(2, List.of(), List.of("slogan"), List.of()));
        assertThat(store.load().revision()).isEqualTo(2);
        assertThat(store.load().searches())
                .containsExactlyInAnyOrder(
                        new Versioned(MEETING, 1, Lookback.PLAIN.at(1)),
                        new Versioned(EDITED, 2, Lookback.PLAIN.at(2)));
        assertThat(kept("slogan@1").as(SavedSearch.class)).isEqualTo(SLOGAN);
        assertThat(kept("slogan@2").as(SavedSearch.class)).isEqualTo(EDITED);
        assertThat(kept("slogan@2").document().path("revision").asInt()).isEqualTo(2);
    }

    @Test
    void aSearchThatIsTakenOutIsDisabledAndComesBackAsANewVersion() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");

        SearchStore.Applied removed = store.apply(List.of(MEETING), "searches/");
        assertThat(removed.removed()).containsExactly("slogan");
        assertThat(store.load().searches()).containsExactly(new Versioned(MEETING, 1, Lookback.PLAIN.at(1)));
        assertThat(kept("slogan").as(SavedSearch.class).state()).isEqualTo(SavedSearch.State.DISABLED);

        assertThat(store.apply(List.of(MEETING), "searches/").changedAnything())
                .as("it is disabled once")
                .isFalse();
        assertThat(store.apply(List.of(SLOGAN, MEETING), "searches/").changed()).containsExactly("slogan");
        assertThat(store.load().searches()).contains(new Versioned(SLOGAN, 3, Lookback.PLAIN.at(3)));
        assertThat(store.revision()).isEqualTo(3);
    }

    @Test
    void theRevisionGrowsAlsoWhenACrashCameBeforeItWasWritten() {
        store.apply(List.of(SLOGAN), "searches/");
        store.apply(List.of(EDITED), "searches/");
        ObjectNode former = kept("_set").document().put("revision", 1);
        indices.writeAll(List.of(new Write.Put(Room.SEARCHES, "_set", former)));

        store.apply(List.of(EDITED), "searches/");

        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.apply(List.of(EDITED), "searches/").revision()).isEqualTo(2);
    }

    private Stored kept(String id) {
        return indices.get(Room.SEARCHES, id).orElseThrow();
    }
}
