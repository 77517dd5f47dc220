package org.tidewatch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.TestRelay;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.SavedSearch.State;

class SearchStoreTest {

    private static final SavedSearch SLOGAN = TestSearch.approved("slogan", "text:falcon");
    private static final SavedSearch EDITED = TestSearch.approved("slogan", "text:falcon OR text:eagle");
    private static final SavedSearch MEETING = TestSearch.proposed("meeting", "text:dawn");

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final SearchStore store = new SearchStore(indices, Retention.Terms.DEFAULT, clock);

    @BeforeEach
    void clear() {
        TestSearch.clear(indices);
    }

    @Test
    void aSetThatWasNeverAppliedIsEmpty() {
        assertThat(store.load()).isEqualTo(SearchSet.EMPTY);
        assertThat(store.changesSince(0)).contains(new SearchStore.Changes(0, 0, List.of(), Set.of()));
    }

    @Test
    void whatIsAppliedIsLoadedAtOnceAsItWasWritten() {
        Plan plan = store.apply(List.of(SLOGAN, MEETING), "searches/");

        assertThat(plan.added()).containsExactly("meeting", "slogan");
        assertThat(plan.revision()).isEqualTo(1);
        SearchSet set = store.load();
        assertThat(set.revision()).isEqualTo(1);
        assertThat(set.searches()).containsExactlyInAnyOrder(versioned(SLOGAN, 1, 1), versioned(MEETING, 1, 1));
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        long sequence = kept("slogan").seqNo();

        Plan again = store.apply(List.of(MEETING, SLOGAN), "searches/");

        assertThat(again.changedAnything()).isFalse();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(kept("slogan").seqNo()).isEqualTo(sequence);
        assertThat(acts()).containsExactly("apply-searches searches");
    }

    @Test
    void aPlanSaysWhatApplyingWouldDoAndDoesNotDoIt() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");

        Plan plan = store.plan(Incoming.of(List.of(EDITED), "searches/"));

        assertThat(plan.changed()).containsExactly("slogan");
        assertThat(plan.removed()).containsExactly("meeting");
        assertThat(plan.revision()).isEqualTo(2);
        assertThat(store.revision()).isEqualTo(1);
        assertThat(store.kept("slogan").orElseThrow().definition()).isEqualTo(SLOGAN);
    }

    @Test
    void aChangedSearchGetsANewVersionThatSaysWhoWhenAndWhatAndTheOldOneIsKept() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        clock.advance(Duration.ofHours(1));

        Plan changed = store.apply(new Incoming(
                List.of(offered(EDITED, "b.yaml"), offered(MEETING, "m.yaml")),
                Map.of(),
                Set.of(),
                true,
                "C. Curator",
                Lookback.PLAIN));

        assertThat(changed.changed()).containsExactly("slogan");
        assertThat(store.load().revision()).isEqualTo(2);
        assertThat(store.versions("slogan")).extracting(KeptSearch::definition).containsExactly(SLOGAN, EDITED);
        KeptSearch.Entry second = store.versions("slogan").get(1).entry();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.by()).isEqualTo("C. Curator");
        assertThat(second.at()).isEqualTo(clock.instant());
        assertThat(second.source()).isEqualTo("b.yaml");
        assertThat(second.changed()).containsExactly("question.query");
        assertThat(store.kept("meeting").orElseThrow().entry().source()).isEqualTo("m.yaml");
        assertThat(store.kept("meeting").orElseThrow().entry().revision()).isEqualTo(1);
    }

    @Test
    void aSearchThatIsTakenOutIsDisabledAndComesBackAsANewVersion() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");

        Plan removed = store.apply(List.of(MEETING), "searches/");
        assertThat(removed.removed()).containsExactly("slogan");
        assertThat(ids(store.load())).containsExactly("meeting");
        assertThat(kept("slogan").as(SavedSearch.class).state()).isEqualTo(State.DISABLED);

        assertThat(store.apply(List.of(MEETING), "searches/").changedAnything())
                .as("it is disabled once")
                .isFalse();
        assertThat(store.apply(List.of(SLOGAN, MEETING), "searches/").changed()).containsExactly("slogan");
        assertThat(store.load().searches()).contains(versioned(SLOGAN, 3, 3));
        assertThat(store.revision()).isEqualTo(3);
    }

    @Test
    void nothingIsTakenForRemovedThatCameFromAFileThatCannotBeReadNow() {
        store.apply(new Incoming(
                List.of(offered(SLOGAN, "a.yaml"), offered(MEETING, "b.yaml")),
                Map.of(),
                Set.of(),
                true,
                "tidewatch",
                Lookback.PLAIN));

        Plan one = store.apply(new Incoming(List.of(), Map.of(), Set.of("a.yaml"), true, "tidewatch", Lookback.PLAIN));
        assertThat(one.removed()).containsExactly("meeting");
        assertThat(store.kept("slogan")
                        .orElseThrow()
                        .entry()
                        .problem()
                        .orElseThrow()
                        .message())
                .isEqualTo("not found in a.yaml, which has problems");
        Plan none = store.apply(new Incoming(List.of(), Map.of(), Set.of(), false, "tidewatch", Lookback.PLAIN));
        assertThat(none.changedAnything()).isFalse();
        assertThat(ids(store.load())).containsExactly("slogan");
    }

    @Test
    void aDefinitionThatIsRefusedIsNotedOnTheSearchAndTheLastGoodOneStays() {
        store.apply(List.of(SLOGAN), "searches/");
        Incoming bad = new Incoming(
                List.of(),
                Map.of("slogan", "slogan.yaml:4: query: a bracket is open"),
                Set.of("searches/"),
                true,
                "tidewatch",
                Lookback.PLAIN);

        assertThat(store.apply(bad).changedAnything()).isFalse();
        Refusal problem = store.kept("slogan").orElseThrow().entry().problem().orElseThrow();
        assertThat(problem).isEqualTo(new Refusal("slogan.yaml:4: query: a bracket is open", clock.instant()));
        assertThat(store.load().searches()).containsExactly(versioned(SLOGAN, 1, 1));

        clock.advance(Duration.ofHours(1));
        long sequence = kept("slogan").seqNo();
        store.apply(bad);
        assertThat(kept("slogan").seqNo()).as("noted once").isEqualTo(sequence);

        store.apply(List.of(SLOGAN), "searches/");
        assertThat(store.kept("slogan").orElseThrow().entry().problem()).isEmpty();
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void theRevisionGrowsAlsoWhenACrashCameBeforeItWasWritten() {
        store.apply(List.of(SLOGAN), "searches/");
        SearchSet before = store.load();
        store.apply(List.of(EDITED), "searches/");
        setRevision(1);
        assertThat(store.changesSince(1).orElseThrow().standing())
                .as("whoever sees revision 1 goes by it")
                .isEmpty();

        store.apply(List.of(EDITED), "searches/");

        assertThat(store.revision()).isEqualTo(2);
        assertThat(before.with(store.changesSince(1).orElseThrow()).searches())
                .extracting(SearchSet.Versioned::version)
                .containsExactly(2);
        assertThat(store.apply(List.of(EDITED), "searches/").revision()).isEqualTo(2);
    }

    @Test
    void whatACrashLeftIsPublishedByThePersonWhoActsNextOnTheSameSearch() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        store.apply(List.of(EDITED, MEETING), "searches/");
        setRevision(1);

        store.oversight().disable("slogan", "O. Operator", "too noisy");

        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.changesSince(1).orElseThrow().ended()).containsExactly("slogan");
    }

    @Test
    void aCrashBetweenAnyTwoRequestsIsMendedByApplyingAgain() throws Exception {
        List<SavedSearch> wanted = IntStream.range(0, 1_200)
                .mapToObj(i -> TestSearch.approved("s-" + i, "text:falcon" + i))
                .toList();
        store.apply(wanted.subList(0, 600), "searches/");
        List<SavedSearch> edited = wanted.stream()
                .map(search -> TestSearch.asking(
                        search,
                        Question.of(Question.Language.LUCENE, search.question().query() + "x")))
                .toList();
        int broken = 0;
        for (int requests = 1; requests <= 16; requests++) {
            try (TestRelay relay = new TestRelay(TestIndex.uri());
                    Indices cut = TestIndex.sharedThrough(relay, Duration.ofMillis(1))) {
                relay.cutAfter(requests);
                new SearchStore(cut, Retention.Terms.DEFAULT, clock).apply(edited, "searches/");
            } catch (IndexUnavailable e) {
                broken++;
                freeLease();
            }
        }
        assertThat(broken).isPositive();
        long seen = store.revision();
        SearchSet before = store.load();

        store.apply(edited, "searches/");

        SearchSet after = store.load();
        assertThat(after.searches()).hasSize(1_200).allSatisfy(versioned -> assertThat(
                        versioned.search().question().query())
                .endsWith("x"));
        assertThat(byId(before.with(store.changesSince(seen).orElseThrow()))).isEqualTo(byId(after));
    }

    @Test
    void theChangesSinceARevisionMakeTheSetOfThatRevisionTheNewestOne() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        SearchSet first = store.load();
        store.apply(List.of(EDITED, MEETING, TestSearch.approved("third", "text:tern")), "searches/");
        store.apply(List.of(EDITED, TestSearch.approved("third", "text:tern")), "searches/");

        SearchStore.Changes changes = store.changesSince(1).orElseThrow();

        assertThat(changes.ended()).containsExactly("meeting");
        assertThat(changes.standing())
                .extracting(versioned -> versioned.search().id())
                .containsExactlyInAnyOrder("slogan", "third");
        assertThat(byId(first.with(changes))).isEqualTo(byId(store.load()));
        assertThat(store.changesSince(3).orElseThrow().standing()).isEmpty();
        assertThat(store.changesSince(4)).as("never seen here").isEmpty();
        assertThatThrownBy(() -> store.load().with(changes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyWritersAtOnceEachGetARevisionOfTheirOwnAndAFollowerMissesNone() throws Exception {
        List<SavedSearch> all = IntStream.range(0, 6)
                .mapToObj(i -> TestSearch.approved("w-" + i, "text:falcon" + i))
                .toList();
        store.apply(all, "searches/");
        SearchSet following = store.load();
        ExecutorService writers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Oversight.Outcome>> acts = new ArrayList<>();
            all.forEach(search -> acts.add(() -> new SearchStore(indices, Retention.Terms.DEFAULT, clock)
                    .oversight()
                    .disable(search.id(), "O. Operator", "a test")));
            List<Future<Oversight.Outcome>> running = new ArrayList<>();
            acts.forEach(act -> running.add(writers.submit(act)));
            while (!running.stream().allMatch(Future::isDone)) {
                following =
                        following.with(store.changesSince(following.revision()).orElseThrow());
            }
            for (Future<Oversight.Outcome> one : running) {
                assertThat(one.get()).isInstanceOf(Oversight.Done.class);
            }
        } finally {
            writers.shutdownNow();
        }
        following = following.with(store.changesSince(following.revision()).orElseThrow());
        assertThat(following.searches()).isEmpty();
        assertThat(store.revision()).isEqualTo(7);
    }

    @Test
    void whoeverFindsAnotherAtWorkWaitsAndThenSaysSo() throws Exception {
        try (TestRelay relay = new TestRelay(TestIndex.uri());
                Indices impatient = TestIndex.sharedThrough(relay, Duration.ofMillis(300));
                Lease other = new Lease(indices, clock, "searches", "another process", Duration.ofMinutes(1))) {
            assertThat(other.take()).isTrue();
            assertThatThrownBy(() -> new SearchStore(impatient, Retention.Terms.DEFAULT, clock)
                            .apply(List.of(SLOGAN), "searches/"))
                    .isInstanceOf(IndexUnavailable.class)
                    .hasMessageContaining("Another process is changing the saved searches");
        }
        assertThat(store.load().searches()).isEmpty();
    }

    @Test
    void aDocumentThatCannotBeReadIsOneSearchLessAndTheOthersStand() {
        store.apply(List.of(SLOGAN, MEETING), "searches/");
        indices.merge(Room.SEARCHES, "slogan", document -> document.put("tier", 77));

        assertThat(ids(store.load())).containsExactly("meeting");
        assertThat(store.kept("slogan")).isEmpty();
    }

    @Test
    void aDocumentOfAnEarlierTidewatchIsReadAsItWasMeantAndApprovedByItsFile() {
        ObjectNode former = Json.document(SLOGAN);
        former.remove(List.of("question", "mail", "examples"));
        former.put("language", "lucene")
                .put("query", "text:falcon")
                .put("state", "approved")
                .put("version", 4)
                .put("revision", 9)
                .put("source", "searches/")
                .put("at", "2026-10-01T00:00:00Z");

        KeptSearch kept = KeptSearch.of(new Stored("slogan", former, 1, 1));

        assertThat(kept.definition()).isEqualTo(SLOGAN);
        assertThat(kept.version()).isEqualTo(4);
        assertThat(kept.entry().standing().state()).isEqualTo(State.ACTIVE);
        assertThat(kept.entry().approval().orElseThrow().by()).isEqualTo("B. Reviewer");
        Plan.Step step = new Planning(new Consent(true), Incoming.of(List.of(SLOGAN), "searches/"), 10, clock.instant())
                .steps(Map.of("slogan", kept))
                .get(0);
        assertThat(step.kind()).isEqualTo(Plan.Kind.NOTED);
        assertThat(step.after().inForce(Consent.day(clock.instant()))).isEqualTo(SLOGAN);
    }

    @Test
    void severalThousandSearchesAreAppliedAndOneChangeIsTakenUpWithoutReadingTheOthers() {
        List<SavedSearch> many = new ArrayList<>(IntStream.range(0, 3_000)
                .mapToObj(i -> TestSearch.approved("s-" + i, "text:falcon" + i))
                .toList());
        store.apply(many, "searches/");
        SearchSet set = store.load();
        assertThat(set.searches()).hasSize(3_000);

        many.set(7, TestSearch.approved("s-7", "text:tern"));
        store.apply(many, "searches/");

        SearchStore.Changes changes = store.changesSince(set.revision()).orElseThrow();
        assertThat(changes.standing()).hasSize(1);
        assertThat(byId(set.with(changes))).isEqualTo(byId(store.load()));
    }

    private void setRevision(long revision) {
        ObjectNode former = kept("_set").document().put("revision", revision);
        indices.writeAll(List.of(new Write.Put(Room.SEARCHES, "_set", former)));
    }

    private void freeLease() {
        indices.writeAll(List.of(new Write.Delete(Room.LEASES, "searches", Optional.empty())));
    }

    private List<String> acts() {
        indices.refresh(Room.AUDIT);
        return indices.search(Room.AUDIT, search -> search.size(100)).stream()
                .map(stored -> stored.document().path("act").asText() + " "
                        + stored.document().path("subject").asText())
                .toList();
    }

    private static Incoming.Offered offered(SavedSearch search, String source) {
        return new Incoming.Offered(search, source);
    }

    private static SearchSet.Versioned versioned(SavedSearch search, int version, long since) {
        return new SearchSet.Versioned(search, version, Lookback.PLAIN.at(since));
    }

    private static List<String> ids(SearchSet set) {
        return set.searches().stream().map(versioned -> versioned.search().id()).toList();
    }

    private static Map<String, SearchSet.Versioned> byId(SearchSet set) {
        return set.searches().stream()
                .collect(java.util.stream.Collectors.toMap(
                        versioned -> versioned.search().id(), versioned -> versioned));
    }

    private Stored kept(String id) {
        return indices.get(Room.SEARCHES, id).orElseThrow();
    }
}
