package org.tidewatch.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SavedSearch.State;

class OversightTest {

    private static final SavedSearch WAITING = TestSearch.proposed("slogan", "text:falcon");
    private static final SavedSearch ACTIVE = TestSearch.approved("slogan", "text:falcon");
    private static final Lookback QUIET = new Lookback(true, true, 0);

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final Indices indices = TestIndex.shared();
    private SearchStore store = new SearchStore(indices, Retention.Terms.DEFAULT, clock);

    @BeforeEach
    void clear() {
        TestSearch.clear(indices);
    }

    private Oversight.Outcome approve(String by) {
        return store.oversight().approve("slogan", by, OptionalInt.empty(), QUIET);
    }

    private KeptSearch kept() {
        return store.kept("slogan").orElseThrow();
    }

    private State state() {
        return store.load().searches().stream()
                .map(versioned -> versioned.search().state())
                .findFirst()
                .orElse(State.DISABLED);
    }

    @Test
    void anotherPersonsApprovalPutsTheSearchInForceAndIsOnRecord() {
        store.apply(List.of(WAITING), "searches/");
        assertThat(state()).isEqualTo(State.PROPOSED);

        assertThat(approve("B. Reviewer")).isEqualTo(new Oversight.Done(kept()));

        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(store.revision()).isEqualTo(2);
        Approval approval = kept().entry().approval().orElseThrow();
        assertThat(approval.by()).isEqualTo("B. Reviewer");
        assertThat(approval.at()).isEqualTo(clock.instant());
        assertThat(approval.hash()).isEqualTo(Approval.hash(WAITING.question()));
        assertThat(kept().version()).as("the definition is the same").isEqualTo(1);
        assertThat(kept().entry().history()).contains(new Lookback(true, true, 2));
        assertThat(audit("approve-search")).singleElement().satisfies(entry -> {
            assertThat(entry.document().path("by").asText()).isEqualTo("B. Reviewer");
            assertThat(entry.document().path("subject").asText()).isEqualTo("slogan");
            assertThat(entry.document().path("detail").asText()).contains("version 1", approval.hash());
        });

        store.apply(List.of(WAITING), "searches/");
        assertThat(state()).as("applying the same file again does not undo it").isEqualTo(State.ACTIVE);
        store.apply(List.of(TestSearch.proposed("slogan", "text:falcon OR text:eagle")), "searches/");
        assertThat(state()).as("a new question does").isEqualTo(State.PROPOSED);
    }

    @Test
    void nobodyApprovesTheirOwnWork() {
        store.apply(List.of(WAITING), "searches/");
        assertThat(approve("a. analyst"))
                .isEqualTo(new Oversight.Refused("slogan was proposed by A. Analyst: someone else approves it"));
        assertThat(state()).isEqualTo(State.PROPOSED);
        assertThat(audit("approve-search")).isEmpty();
    }

    @Test
    void inAOnePersonUnitTheySoCan() {
        store = new SearchStore(indices, Retention.Terms.DEFAULT, clock, new Consent(false));
        store.apply(List.of(WAITING), "searches/");
        assertThat(approve("A. Analyst")).isInstanceOf(Oversight.Done.class);
        assertThat(state()).isEqualTo(State.ACTIVE);

        store = new SearchStore(indices, Retention.Terms.DEFAULT, clock);
        store.apply(List.of(WAITING), "searches/");
        assertThat(state()).as("until four eyes are asked for").isEqualTo(State.PROPOSED);
    }

    @Test
    void whoApprovesAVersionThatIsNoMoreIsToldSo() {
        store.apply(List.of(WAITING), "searches/");
        store.apply(List.of(TestSearch.proposed("slogan", "text:eagle")), "searches/");
        assertThat(store.oversight().approve("slogan", "B. Reviewer", OptionalInt.of(1), QUIET))
                .isEqualTo(new Oversight.Refused("slogan is at version 2 by now, not 1: look at it again"));
        assertThat(store.oversight().approve("slogan", "B. Reviewer", OptionalInt.of(2), QUIET))
                .isInstanceOf(Oversight.Done.class);
    }

    @Test
    void aSearchPastItsReviewNeedsAnotherDateBeforeItIsApproved() {
        store.apply(List.of(TestSearch.reviewedBy(ACTIVE, "2026-10-01")), "searches/");
        assertThat(state()).isEqualTo(State.PROPOSED);
        assertThat(approve("C. Chief")).isInstanceOf(Oversight.Refused.class);
        store.apply(List.of(ACTIVE), "searches/");
        assertThat(state()).isEqualTo(State.PROPOSED);
        assertThat(approve("C. Chief")).isInstanceOf(Oversight.Done.class);
        assertThat(state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void thatASearchPassedItsReviewIsFoundAtTheNextLookAndReachesTheMatchers() {
        store.apply(List.of(TestSearch.reviewedBy(ACTIVE, "2026-11-30")), "searches/");
        SearchSet before = store.load();
        clock.advance(Duration.ofDays(60));

        Plan plan = store.apply(List.of(TestSearch.reviewedBy(ACTIVE, "2026-11-30")), "searches/");

        assertThat(plan.ids(Plan.Kind.MOVED)).containsExactly("slogan");
        assertThat(plan.revision()).isEqualTo(2);
        assertThat(before.with(store.changesSince(1).orElseThrow()).searches())
                .extracting(versioned -> versioned.search().state())
                .containsExactly(State.PROPOSED);
        assertThat(audit("search-proposed")).singleElement().satisfies(entry -> assertThat(
                        entry.document().path("why").asText())
                .contains("review date 2026-11-30"));
    }

    @Test
    void whatIsSwitchedOffStaysOffWhateverTheFileDoesUntilItIsSwitchedOn() {
        store.apply(List.of(ACTIVE), "searches/");

        store.oversight().disable("slogan", "O. Operator", "too noisy");
        assertThat(store.load().searches()).isEmpty();
        assertThat(kept().entry().standing())
                .isEqualTo(new Standing(State.DISABLED, "by O. Operator on 2026-11-24: too noisy"));
        assertThat(kept().definition()).as("the file's word is kept beside it").isEqualTo(ACTIVE);

        store.apply(List.of(ACTIVE), "searches/");
        store.apply(List.of(TestSearch.reviewedBy(ACTIVE, "2028-01-01")), "searches/");
        assertThat(store.load().searches()).isEmpty();

        assertThat(store.oversight().enable("slogan", "O. Operator", "mended", QUIET))
                .isEqualTo(new Oversight.Done(kept()));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(kept().entry().history().orElseThrow().quiet()).isTrue();
        assertThat(audit("disable-search")).hasSize(1);
        assertThat(audit("enable-search")).singleElement().satisfies(entry -> assertThat(
                        entry.document().path("why").asText())
                .isEqualTo("mended"));
    }

    @Test
    void whatAFileDisablesCanBeSwitchedOnBesideItUntilTheFileSaysSomethingElse() {
        SavedSearch off = ACTIVE.withState(State.DISABLED);
        store.apply(List.of(off), "searches/");
        store.oversight().enable("slogan", "O. Operator", "needed tonight", QUIET);
        assertThat(state()).isEqualTo(State.ACTIVE);
        store.apply(List.of(off), "searches/");
        assertThat(state()).isEqualTo(State.ACTIVE);
        store.apply(List.of(ACTIVE), "searches/");
        store.apply(List.of(off), "searches/");
        assertThat(store.load().searches()).isEmpty();
    }

    @Test
    void switchingOnPutsNothingInForceThatNobodyApproved() {
        SavedSearch off = TestSearch.unsigned(ACTIVE).withState(State.DISABLED);
        store.apply(List.of(off), "searches/");
        store.oversight().enable("slogan", "O. Operator", "needed tonight", QUIET);
        assertThat(state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void whatIsGoneOrEndedOrUnknownOrOnAlreadyIsNotSwitched() {
        store.apply(List.of(ACTIVE, TestSearch.of("old", "text:x", State.RETIRED, 3)), "searches/");
        Oversight oversight = store.oversight();
        List<Oversight.Outcome> refused = new ArrayList<>(List.of(
                oversight.enable("slogan", "O. Operator", "why", QUIET),
                oversight.enable("old", "O. Operator", "why", QUIET),
                oversight.disable("old", "O. Operator", "why"),
                oversight.approve("old", "C. Chief", OptionalInt.empty(), QUIET),
                oversight.disable("nosuch", "O. Operator", "why")));
        store.apply(new Incoming(List.of(), Map.of(), Set.of(), true, "tidewatch", Lookback.PLAIN));
        refused.add(oversight.enable("slogan", "O. Operator", "why", QUIET));
        refused.add(oversight.approve("slogan", "C. Chief", OptionalInt.empty(), QUIET));
        assertThat(refused).hasSize(7).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Oversight.Refused.class));
        assertThat(store.kept("old").orElseThrow().entry().standing().state()).isEqualTo(State.RETIRED);
    }

    private List<Stored> audit(String act) {
        indices.refresh(Room.AUDIT);
        return indices.search(Room.AUDIT, search -> search.query(
                        Query.of(q -> q.term(t -> t.field("act").value(act))))
                .size(100));
    }
}
