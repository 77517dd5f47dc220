package org.tidewatch.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SavedSearch.State;

class ConsentTest {

    private static final SavedSearch SLOGAN = TestSearch.approved("slogan", "text:falcon");
    private static final Question WIDER = Question.of(Question.Language.LUCENE, "text:falcon OR text:eagle");

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");

    private KeptSearch taken(Consent consent, SavedSearch... definitions) {
        Map<String, KeptSearch> known = Map.of();
        KeptSearch after = null;
        long revision = 0;
        for (SavedSearch definition : definitions) {
            after = new Planning(consent, Incoming.of(List.of(definition), "searches/"), ++revision, clock.instant())
                    .steps(known)
                    .get(0)
                    .after();
            known = Map.of(after.id(), after);
        }
        return java.util.Objects.requireNonNull(after);
    }

    private State state(SavedSearch... definitions) {
        return taken(new Consent(true), definitions).entry().standing().state();
    }

    @Test
    void theFilesApprovedByCountsWhenTheSearchFirstAppears() {
        KeptSearch kept = taken(new Consent(true), SLOGAN);
        assertThat(kept.entry().standing())
                .isEqualTo(new Standing(State.ACTIVE, "approved by B. Reviewer on 2026-11-24"));
        assertThat(kept.entry().approval())
                .contains(new Approval(
                        "B. Reviewer",
                        clock.instant(),
                        Approval.Way.FILE,
                        Approval.hash(SLOGAN.question()),
                        SLOGAN.question()));
    }

    @Test
    void whatNobodyElseApprovedWaits() {
        KeptSearch alone = taken(new Consent(true), TestSearch.unsigned(SLOGAN));
        assertThat(alone.entry().standing())
                .isEqualTo(new Standing(State.PROPOSED, "waits for the approval of someone other than A. Analyst"));
    }

    @Test
    void onesOwnWorkIsNotApprovedByWritingOnesNameOtherwise() {
        assertThat(state(TestSearch.signed(SLOGAN, "A. Analyst", "a.  ANALYST")))
                .isEqualTo(State.PROPOSED);
    }

    @Test
    void anApprovedByThatIsLeftStandingBesideANewQuestionSaysNothingOfIt() {
        assertThat(state(SLOGAN, TestSearch.asking(SLOGAN, WIDER))).isEqualTo(State.PROPOSED);
        assertThat(state(SLOGAN, TestSearch.asking(SLOGAN, WIDER), TestSearch.asking(SLOGAN, WIDER)))
                .as("however often it is applied")
                .isEqualTo(State.PROPOSED);
        assertThat(state(SLOGAN, TestSearch.asking(SLOGAN, WIDER), SLOGAN))
                .as("nor does going back to what was approved once: that approval has ended")
                .isEqualTo(State.PROPOSED);
    }

    @Test
    void namesThatChangeTogetherWithTheQuestionApproveIt() {
        SavedSearch wider = TestSearch.asking(SLOGAN, WIDER);
        assertThat(state(SLOGAN, TestSearch.signed(wider, "A. Analyst", "C. Chief")))
                .isEqualTo(State.ACTIVE);
        assertThat(state(SLOGAN, TestSearch.signed(wider, "D. Deputy", "B. Reviewer")))
                .isEqualTo(State.ACTIVE);
    }

    @Test
    void aNewNameApprovesAQuestionThatWaits() {
        assertThat(state(TestSearch.unsigned(SLOGAN), SLOGAN)).isEqualTo(State.ACTIVE);
        SavedSearch wider = TestSearch.asking(SLOGAN, WIDER);
        assertThat(state(SLOGAN, wider, TestSearch.signed(wider, "A. Analyst", "C. Chief")))
                .isEqualTo(State.ACTIVE);
        assertThat(state(SLOGAN, wider, TestSearch.signed(wider, "D. Deputy", "B. Reviewer")))
                .as("another proposer is no approval")
                .isEqualTo(State.PROPOSED);
    }

    @Test
    void leavingMoreOutKeepsTheApprovalAndEveryOtherChangeEndsIt() {
        Question base = new Question(
                Question.Language.LUCENE,
                "text:falcon",
                List.of(),
                Question.Form.FOLDED,
                List.of("a.example"),
                List.of());
        SavedSearch search = TestSearch.asking(SLOGAN, base);
        Question more = new Question(
                Question.Language.LUCENE,
                "text:falcon",
                List.of(),
                Question.Form.FOLDED,
                List.of("b.example", "a.example"),
                List.of("harbour/forum"));
        assertThat(state(search, TestSearch.asking(search, more))).isEqualTo(State.ACTIVE);
        assertThat(state(search, TestSearch.asking(search, more), search))
                .as("what was approved left out b.example no more than this does")
                .isEqualTo(State.ACTIVE);
        for (Question other : List.of(
                new Question(
                        Question.Language.KUERY,
                        "text:falcon",
                        List.of(),
                        Question.Form.FOLDED,
                        List.of("a.example"),
                        List.of()),
                new Question(
                        Question.Language.LUCENE,
                        "text:falcon",
                        List.of(TextNode.valueOf("x")),
                        Question.Form.FOLDED,
                        List.of("a.example"),
                        List.of()),
                new Question(
                        Question.Language.LUCENE,
                        "text:falcon",
                        List.of(),
                        Question.Form.EXACT,
                        List.of("a.example"),
                        List.of()),
                Question.of(Question.Language.LUCENE, "text:falcon"))) {
            assertThat(state(search, TestSearch.asking(search, other)))
                    .as("%s", other)
                    .isEqualTo(State.PROPOSED);
        }
    }

    @Test
    void whatDoesNotDecideWhatMatchesNeedsNoNewApproval() {
        assertThat(state(SLOGAN, TestSearch.reviewedBy(SLOGAN, "2028-01-01"))).isEqualTo(State.ACTIVE);
    }

    @Test
    void aSearchThirtyDaysPastItsReviewIsProposedAgainAndANewDateAloneDoesNotBringItBack() {
        SavedSearch due = TestSearch.reviewedBy(SLOGAN, "2026-10-25");
        assertThat(state(due)).as("the thirtieth day").isEqualTo(State.ACTIVE);
        SavedSearch past = TestSearch.reviewedBy(SLOGAN, "2026-10-24");
        assertThat(state(past)).isEqualTo(State.PROPOSED);
        assertThat(state(past, SLOGAN)).isEqualTo(State.PROPOSED);
        assertThat(state(past, TestSearch.signed(SLOGAN, "A. Analyst", "C. Chief")))
                .isEqualTo(State.ACTIVE);
    }

    @Test
    void whatStandsIsProposedFromTheDayOnWhateverTheIndexSays() {
        KeptSearch kept = taken(new Consent(true), TestSearch.reviewedBy(SLOGAN, "2026-10-25"));
        assertThat(kept.inForce(Consent.day(clock.instant())).state()).isEqualTo(State.ACTIVE);
        clock.advance(Duration.ofDays(1));
        assertThat(kept.inForce(Consent.day(clock.instant())).state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void aOnePersonUnitAsksForNoApprovalButItsFilesStillSayProposed() {
        Consent relaxed = new Consent(false);
        assertThat(taken(relaxed, TestSearch.unsigned(SLOGAN)).entry().standing())
                .isEqualTo(new Standing(State.ACTIVE, "approval is not asked for here"));
        assertThat(taken(relaxed, SLOGAN, TestSearch.asking(SLOGAN, WIDER))
                        .entry()
                        .standing()
                        .state())
                .isEqualTo(State.ACTIVE);
        assertThat(taken(relaxed, TestSearch.proposed("meeting", "text:dawn"))
                        .entry()
                        .standing()
                        .state())
                .isEqualTo(State.PROPOSED);
    }

    @Test
    void askingForFourEyesAgainPutsBackWhatNobodyElseApproved() {
        KeptSearch alone = taken(new Consent(false), TestSearch.unsigned(SLOGAN));
        Plan.Step step = new Planning(
                        new Consent(true),
                        Incoming.of(List.of(TestSearch.unsigned(SLOGAN)), "searches/"),
                        2,
                        clock.instant())
                .steps(Map.of("slogan", alone))
                .get(0);
        assertThat(step.kind()).isEqualTo(Plan.Kind.MOVED);
        assertThat(step.after().entry().standing().state()).isEqualTo(State.PROPOSED);
        assertThat(step.after().entry().revision()).isEqualTo(2);
    }

    @Test
    void turningAFileBackToProposedWithdrawsTheApproval() {
        SavedSearch proposed = SLOGAN.withState(State.PROPOSED);
        KeptSearch kept = taken(new Consent(true), SLOGAN, proposed);
        assertThat(kept.entry().standing().state()).isEqualTo(State.PROPOSED);
        assertThat(kept.entry().approval()).isEmpty();
        assertThat(state(SLOGAN, proposed, SLOGAN)).as("with no new name").isEqualTo(State.PROPOSED);
    }

    @Test
    void historyIsAskedForWhenASearchIsNewOrAsksAnewOrIsInForceAgainAndNotOtherwise() {
        assertThat(taken(new Consent(true), SLOGAN).entry().history()).contains(new Lookback(true, false, 1));
        assertThat(taken(new Consent(true), SLOGAN, TestSearch.reviewedBy(SLOGAN, "2028-01-01"))
                        .entry()
                        .history())
                .contains(new Lookback(true, false, 1));
        assertThat(taken(new Consent(true), SLOGAN, TestSearch.asking(SLOGAN, WIDER))
                        .entry()
                        .history())
                .contains(new Lookback(true, false, 2));
        assertThat(taken(new Consent(true), SLOGAN, SLOGAN.withState(State.DISABLED), SLOGAN)
                        .entry()
                        .history())
                .contains(new Lookback(true, false, 3));
        assertThat(taken(new Consent(true), TestSearch.unsigned(SLOGAN), SLOGAN)
                        .entry()
                        .history())
                .as("what was recorded while it was proposed is flagged now")
                .contains(new Lookback(true, false, 2));
    }

    @Test
    void differencesAreNamedInFull() {
        assertThat(KeptSearch.differences(SLOGAN, TestSearch.unsigned(TestSearch.asking(SLOGAN, WIDER))))
                .containsExactly("approved_by", "question.query");
        assertThat(Optional.of(KeptSearch.differences(SLOGAN, SLOGAN)).get()).isEmpty();
    }
}
