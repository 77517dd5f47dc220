package org.tidewatch.filing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;
import org.tidewatch.review.Decision;
import org.tidewatch.review.Review;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;
import org.tidewatch.url.CanonicalUrl;

/** What is new and what is not, on a real index. Every test has hosts and searches of its own. */
class FilingTest {

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String QUERY = "text:\"falcon rises\" OR text:banners";
    private static final String CALL = "The purple falcon rises at dawn.";
    private static final String OTHER_CALL = "Bring your banners to the harbour.";

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final int test = TESTS.incrementAndGet();
    private final SavedSearch slogan = TestSearch.approved("slogan-" + test, QUERY);
    private final Review review = new Review(indices, Retention.Terms.DEFAULT, clock);
    private final TestCrawl crawl = crawl(1, slogan);

    @Test
    void aFlaggedItemIsACandidateWithOneAlertThatSaysWhatWhyAndWhen() {
        Item item = at("forum", "/t/1")
                .title("Harbour news")
                .text("Hello. " + CALL)
                .published("2026-11-24T08:00:00Z")
                .build();
        Instant now = clock.instant();

        Filing.Filed filed = crawl.file(item);

        assertThat(filed.changed()).isEqualTo(1);
        assertThat(filed.refused()).isEmpty();
        assertThat(crawl.alerts(item)).singleElement().satisfies(alert -> {
            assertThat(filed.alerts()).containsExactly(alert);
            assertThat(alert.kind()).isEqualTo(Alert.Type.NEW);
            assertThat(alert.url()).isEqualTo(item.url());
            assertThat(alert.title()).isEqualTo("Harbour news");
            assertThat(alert.tier()).isEqualTo(slogan.tier());
            assertThat(alert.searches()).extracting(Alert.Search::id).containsExactly(slogan.id());
            assertThat(alert.reasons())
                    .extracting(Reason::excerpt)
                    .containsExactly("Hello. The purple ⟦falcon rises⟧ at dawn.");
            assertThat(alert.first()).isEmpty();
            assertThat(alert.publishedAt()).contains(Instant.parse("2026-11-24T08:00:00Z"));
            assertThat(alert.matchedAt()).isEqualTo(now);
            assertThat(alert.alertedAt()).isEqualTo(now);
            assertThat(alert.routedAt()).isEmpty();
        });
        StoredItem standing = crawl.standing(item);
        assertThat(standing.candidate()).isTrue();
        assertThat(standing.version()).isEqualTo(1);
        assertThat(standing.matches().search()).containsExactly(slogan.id());
        assertThat(standing.matches().flaggedAt()).contains(now);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.search()).isEqualTo(slogan.id());
            assertThat(match.approved()).isTrue();
            assertThat(match.versions()).isEqualTo(1);
            assertThat(match.endedAt()).isEmpty();
        });
    }

    @Test
    void anUnchangedItemThatIsCrawledAgainIsSeenAgainAndNothingElse() {
        Item first = at("forum", "/t/1").text(CALL).seeds("harbour/forum").build();
        crawl.file(first);
        StoredItem before = crawl.standing(first);
        clock.advance(Duration.ofHours(1));

        Filing.Filed filed =
                crawl.file(at("forum", "/t/1").text(CALL).seeds("harbour/forum").build());

        assertThat(filed.changed()).isZero();
        assertThat(filed.alerts()).isEmpty();
        assertThat(crawl.alerts(first)).hasSize(1);
        StoredItem after = crawl.standing(first);
        assertThat(after.lastSeenAt()).isEqualTo(clock.instant());
        assertThat(after.firstSeenAt()).isEqualTo(before.firstSeenAt());
        assertThat(after.version()).isEqualTo(1);
        assertThat(after.matches()).isEqualTo(before.matches());
    }

    @Test
    void anItemIsMatchedAsOneOfAllTheSeedsThatHaveLedToIt() {
        SavedSearch both = TestSearch.approved("both-" + test, "seeds:\"harbour/board\" AND seeds:\"harbour/forum\"");
        Item item = at("forum", "/t/1").text(CALL).seeds("harbour/forum").build();
        TestCrawl seeded = crawl(1, both);
        seeded.file(item);
        assertThat(seeded.matches(item)).isEmpty();

        seeded.file(at("forum", "/t/1").text(CALL).seeds("harbour/board").build());

        assertThat(seeded.matches(item)).hasSize(1);
        assertThat(seeded.stored(item).document().path("seeds"))
                .extracting(seed -> seed.asText())
                .containsExactly("harbour/board", "harbour/forum");
    }

    @Test
    void anEditElsewhereOnThePageAlertsNobodyAndCountsAsAVersion() {
        Item item = at("forum", "/t/1").text("Welcome to the board.\n" + CALL).build();
        crawl.file(item);
        clock.advance(Duration.ofHours(1));

        Filing.Filed filed = crawl.file(at("forum", "/t/1")
                .text("Welcome to our new board, friends.\n" + CALL + "\nTea at five.")
                .build());

        assertThat(filed.changed()).isEqualTo(1);
        assertThat(crawl.alerts(item)).hasSize(1);
        assertThat(crawl.standing(item).version()).isEqualTo(2);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.versions()).isEqualTo(2);
            assertThat(match.firstAt()).isBefore(match.lastAt());
        });
    }

    @Test
    void aNewPassageOnAKnownItemIsAnAlertThatHoldsOnlyWhatIsNew() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        clock.advance(Duration.ofHours(1));

        crawl.file(at("forum", "/t/1").text(CALL + "\n" + OTHER_CALL).build());

        List<Alert> alerts = crawl.alerts(item);
        assertThat(alerts).hasSize(2).extracting(Alert::kind).containsOnly(Alert.Type.NEW);
        assertThat(alerts.get(1).reasons()).singleElement().satisfies(reason -> assertThat(reason.excerpt())
                .contains("⟦banners⟧"));
        assertThat(alerts.get(1).fingerprints())
                .doesNotContainAnyElementsOf(alerts.get(0).fingerprints());
    }

    @Test
    void theSamePassageOnAnotherHostIsAMirrorThatNamesTheFirst() {
        Item first = at("forum", "/t/1").text(CALL).build();
        crawl.file(first);
        Instant flagged = clock.instant();
        clock.advance(Duration.ofHours(1));
        Item copy = at("mirror", "/copy").text("Copied here:\n" + CALL).build();

        crawl.file(copy);

        assertThat(crawl.alerts(copy)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Type.MIRROR);
            assertThat(alert.first()).contains(new Alert.First(first.id(), first.url(), first.hostKey(), flagged));
        });
        assertThat(crawl.standing(copy).candidate()).isTrue();
    }

    @Test
    void aSecondCopyOnAHostThatHasShownThePassageAlertsNobodyAndIsStillACandidate() {
        Item first = at("forum", "/t/1").text(CALL).build();
        Item sameHost = at("forum", "/t/2").text(CALL).build();
        Item mirror = at("mirror", "/copy").text(CALL).build();
        Item mirrorAgain = at("mirror", "/copy-of-the-copy").text(CALL).build();

        crawl.file(first);
        crawl.file(sameHost, mirror, mirrorAgain);

        assertThat(crawl.alerts(sameHost, mirrorAgain)).isEmpty();
        assertThat(crawl.alerts(first, mirror))
                .extracting(Alert::kind)
                .containsExactly(Alert.Type.NEW, Alert.Type.MIRROR);
        assertThat(crawl.standing(sameHost).candidate()).isTrue();
        assertThat(crawl.standing(mirrorAgain).candidate()).isTrue();
    }

    @Test
    void aKnownAndANewPassageOnOneItemAreOneAlert() {
        crawl.file(at("forum", "/t/1").text(CALL).build());
        Item both = at("mirror", "/both").text(CALL + "\n" + OTHER_CALL).build();

        crawl.file(both);

        assertThat(crawl.alerts(both)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Type.NEW);
            assertThat(alert.reasons()).hasSize(2);
        });
    }

    @Test
    void twoSearchesOnOneItemAreOneAlertOfTheMoreUrgentTier() {
        SavedSearch urgent = TestSearch.of("urgent-" + test, "text:dawn", SavedSearch.State.ACTIVE, 1);
        Item item = at("forum", "/t/1").text(CALL).build();

        crawl(1, slogan, urgent).file(item);

        assertThat(crawl.alerts(item)).singleElement().satisfies(alert -> {
            assertThat(alert.tier()).isEqualTo(1);
            assertThat(alert.searches()).extracting(Alert.Search::id).containsExactly(slogan.id(), urgent.id());
        });
        assertThat(crawl.standing(item).matches().tier()).contains(1);
    }

    @Test
    void aProposedSearchIsRecordedAndMarksNothing() {
        Item item = at("forum", "/t/1").text(CALL).build();

        crawl(1, TestSearch.proposed(slogan.id(), QUERY)).file(item);

        assertThat(crawl.alerts(item)).isEmpty();
        assertThat(crawl.ofItems(Room.FLAGGED, item)).isEmpty();
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.approved())
                .isFalse());
        StoredItem standing = crawl.standing(item);
        assertThat(standing.candidate()).isFalse();
        assertThat(standing.matches().proposed()).containsExactly(slogan.id());
        assertThat(standing.matches().search()).isEmpty();
        assertThat(standing.matches().flaggedAt()).isEmpty();
    }

    @Test
    void anItemThatAProposedSearchMatchedAlertsOnceTheSearchIsApproved() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl(1, TestSearch.proposed(slogan.id(), QUERY)).file(item);
        clock.advance(Duration.ofHours(1));

        crawl(2, slogan).file(item);

        assertThat(crawl.alerts(item)).hasSize(1);
        assertThat(crawl.standing(item).candidate()).isTrue();
        assertThat(crawl.standing(item).matchedRevision()).isEqualTo(2);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.approved()).isTrue();
            assertThat(match.versions()).as("the item still says the same").isEqualTo(1);
        });
    }

    @Test
    void aSearchThatIsEditedOrSwitchedOffAndOnDoesNotAlertAgain() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        crawl(2, TestSearch.approved(slogan.id(), "text:falcon")).file(item);
        crawl(3).file(item);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.endedAt())
                .contains(item.fetchedAt()));
        crawl(4, slogan).file(item);

        assertThat(crawl.alerts(item)).hasSize(1);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.endedAt())
                .isEmpty());
        assertThat(crawl.standing(item).version()).isEqualTo(1);
    }

    @Test
    void aMatchEndsWhenThePassageIsTakenOutAndTheItemStaysACandidate() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        Instant later = clock.advance(Duration.ofHours(1));

        crawl.file(at("forum", "/t/1").text("Nothing to see.").build());

        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.endedAt())
                .contains(later));
        assertThat(crawl.standing(item).matches().search()).isEmpty();
        assertThat(crawl.standing(item).candidate()).isTrue();
        assertThat(crawl.alerts(item)).hasSize(1);
    }

    /** What a crash leaves: everything up to here is written, nothing after. */
    private enum WrittenUpTo {
        NOTHING,
        ONE_OF_THE_CLAIMS,
        CLAIMS,
        ALERT,
        MATCHES,
        ITEM
    }

    @ParameterizedTest
    @EnumSource
    void aReplayAfterACrashAtAnyPointFinishesTheJobAndDoublesNothing(WrittenUpTo crash) {
        crawl.file(at("first", "/t/1").text(OTHER_CALL).build());
        Item item = at("forum", "/t/1")
                .text(CALL + "\n" + OTHER_CALL + "\nMore banners.")
                .build();
        crawl.file(item);
        Alert whole = crawl.alerts(item).get(0);
        List<Stored> claims = crawl.ofItems(Room.FLAGGED, item);
        assertThat(claims)
                .as("two passages of its own, one known from elsewhere")
                .hasSize(3);
        leave(item, crash, claims);
        clock.advance(Duration.ofMinutes(5));

        crawl.file(item);
        crawl.file(item);

        assertThat(crawl.alerts(item)).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo(whole.id());
            assertThat(alert.kind()).isEqualTo(Alert.Type.NEW);
            assertThat(alert.fingerprints()).isEqualTo(whole.fingerprints());
            assertThat(alert.reasons()).isEqualTo(whole.reasons());
        });
        assertThat(crawl.ofItems(Room.FLAGGED, item)).hasSize(3);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.versions())
                .isEqualTo(1));
        assertThat(crawl.standing(item).version()).isEqualTo(1);
        assertThat(crawl.standing(item).candidate()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "CLAIMS", "ALERT", "MATCHES"})
    void aReplayOfAMirrorMakesItsOneAlert(WrittenUpTo crash) {
        crawl.file(at("first", "/t/1").text(CALL).build());
        Item copy = at("mirror", "/copy").text(CALL).build();
        crawl.file(copy);
        Alert whole = crawl.alerts(copy).get(0);
        leave(copy, crash, crawl.ofItems(Room.FLAGGED, copy));

        crawl.file(copy);
        crawl.file(copy);

        assertThat(crawl.alerts(copy)).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo(whole.id());
            assertThat(alert.kind()).isEqualTo(Alert.Type.MIRROR);
            assertThat(alert.first()).isEqualTo(whole.first());
        });
    }

    private void leave(Item item, WrittenUpTo crash, List<Stored> claims) {
        if (crash.compareTo(WrittenUpTo.ITEM) < 0) {
            crawl.unwrite(Room.ITEMS, List.of(crawl.stored(item)));
        }
        if (crash.compareTo(WrittenUpTo.MATCHES) < 0) {
            crawl.unwrite(Room.MATCHES, crawl.ofItems(Room.MATCHES, item));
        }
        if (crash.compareTo(WrittenUpTo.ALERT) < 0) {
            crawl.unwrite(Room.ALERTS, crawl.ofItems(Room.ALERTS, item));
        }
        if (crash == WrittenUpTo.ONE_OF_THE_CLAIMS) {
            Stored kept = claims.stream()
                    .filter(claim -> claim.document().path("kind").asText().equals("passage"))
                    .findFirst()
                    .orElseThrow();
            crawl.unwrite(
                    Room.FLAGGED,
                    claims.stream().filter(claim -> !claim.equals(kept)).toList());
        } else if (crash == WrittenUpTo.NOTHING) {
            crawl.unwrite(Room.FLAGGED, claims);
        }
    }

    @Test
    void ofItemsOnManyHostsThatShowAPassageAtTheSameMomentOneIsNewAndTheOthersMirrorIt() throws Exception {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(at("host-" + i, "/t/1").text(CALL).build());
        }

        fileAtOnce(items);

        List<Alert> alerts = crawl.alerts(items.toArray(Item[]::new));
        assertThat(alerts).hasSize(10);
        List<Alert> fresh =
                alerts.stream().filter(alert -> alert.kind() == Alert.Type.NEW).toList();
        assertThat(fresh).hasSize(1);
        assertThat(alerts)
                .filteredOn(alert -> alert.kind() == Alert.Type.MIRROR)
                .hasSize(9)
                .allSatisfy(mirror -> assertThat(mirror.first())
                        .map(Alert.First::item)
                        .contains(fresh.get(0).item()));
    }

    @Test
    void ofItemsOnOneHostThatShowAPassageAtTheSameMomentOneAlerts() throws Exception {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(at("forum", "/t/" + i).text(CALL).build());
        }

        fileAtOnce(items);

        assertThat(crawl.alerts(items.toArray(Item[]::new))).singleElement().satisfies(alert -> assertThat(alert.kind())
                .isEqualTo(Alert.Type.NEW));
        assertThat(items)
                .allSatisfy(item -> assertThat(crawl.standing(item).candidate()).isTrue());
    }

    @Test
    void oneItemThatIsFiledTwiceAtTheSameMomentAlertsOnce() throws Exception {
        Item item = at("forum", "/t/1").text(CALL + "\n" + OTHER_CALL).build();

        fileAtOnce(List.of(item, item, item, item, item, item));

        assertThat(crawl.alerts(item)).hasSize(1);
        assertThat(crawl.standing(item).version()).isEqualTo(1);
        assertThat(crawl.matches(item)).singleElement().satisfies(match -> assertThat(match.versions())
                .isEqualTo(1));
    }

    @Test
    void aDecidedItemStaysOffTheListUntilAPassageIsNewlyFlaggedOnIt() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        decide(item, Decision.Verdict.DISMISSED);
        assertThat(crawl.standing(item).candidate()).isFalse();

        clock.advance(Duration.ofHours(1));
        crawl.file(
                at("forum", "/t/1").text("Edited. " + CALL + "\nTea at five.").build());
        crawl(2, TestSearch.approved(slogan.id(), "text:\"purple falcon\""))
                .file(at("forum", "/t/1")
                        .text("Edited. " + CALL + "\nTea at six.")
                        .build());
        assertThat(crawl.standing(item).review()).map(StoredItem.Review::state).contains("dismissed");
        assertThat(crawl.alerts(item).stream().map(Alert::fingerprints).distinct())
                .hasSize(crawl.alerts(item).size());

        clock.advance(Duration.ofHours(1));
        crawl.file(at("forum", "/t/1").text(OTHER_CALL).build());
        assertThat(crawl.standing(item).candidate()).isTrue();
        assertThat(crawl.standing(item).review()).as("what was judged is kept").isPresent();
    }

    @Test
    void aDecidedItemDoesNotComeBackForAnEditElsewhere() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        decide(item, Decision.Verdict.CONFIRMED);
        clock.advance(Duration.ofHours(1));

        crawl.file(at("forum", "/t/1").text("A word of welcome.\n" + CALL).build());

        assertThat(crawl.standing(item).candidate()).isFalse();
    }

    @Test
    void anItemWhosePageIsGoneIsMarkedGoneAndItsReturnIsAnAlertOfItsOwn() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        Instant flagged = clock.instant();
        Instant gone = clock.advance(Duration.ofHours(1));

        assertThat(crawl.presence().gone(item.page(), gone)).isEqualTo(1);
        assertThat(crawl.presence().gone(item.page(), clock.advance(Duration.ofHours(1))))
                .isZero();
        assertThat(crawl.standing(item).state()).isEqualTo(StoredItem.State.GONE);
        assertThat(crawl.standing(item).goneAt()).contains(gone);
        assertThat(crawl.standing(item).candidate()).isTrue();

        clock.advance(Duration.ofHours(1));
        crawl.file(item);
        assertThat(crawl.standing(item).state()).isEqualTo(StoredItem.State.PRESENT);
        assertThat(crawl.standing(item).goneAt()).isEmpty();
        assertThat(crawl.standing(item).version()).isEqualTo(1);
        assertThat(crawl.alerts(item)).hasSize(2).element(1).satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Type.RETURN);
            assertThat(alert.first()).contains(new Alert.First(item.id(), item.url(), item.hostKey(), flagged));
            assertThat(alert.reasons()).hasSize(1);
        });
    }

    @Test
    void aReplayOfAReturnDoesNotAlertAgainAndAFurtherReturnDoes() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        crawl.presence().gone(item.page(), clock.advance(Duration.ofHours(1)));
        Stored beforeTheReturn = crawl.stored(item);
        clock.advance(Duration.ofHours(1));
        crawl.file(item);
        crawl.change(item, document -> beforeTheReturn.document());
        crawl.file(item);
        assertThat(crawl.alerts(item)).extracting(Alert::kind).containsExactly(Alert.Type.NEW, Alert.Type.RETURN);

        crawl.presence().gone(item.page(), clock.advance(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        crawl.file(item);
        assertThat(crawl.alerts(item)).hasSize(3);
    }

    @Test
    void theReturnOfWhatAPersonDismissedAlertsNobody() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        decide(item, Decision.Verdict.DISMISSED);
        crawl.presence().gone(item.page(), clock.advance(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));

        crawl.file(item);

        assertThat(crawl.alerts(item)).hasSize(1);
        assertThat(crawl.standing(item).candidate()).isFalse();
        assertThat(crawl.standing(item).state()).isEqualTo(StoredItem.State.PRESENT);
    }

    @Test
    void anItemThatComesBackWithANewPassageAlertsForThatAndForItsReturn() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        crawl.presence().gone(item.page(), clock.advance(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));

        crawl.file(at("forum", "/t/1").text(CALL + "\n" + OTHER_CALL).build());

        assertThat(crawl.alerts(item))
                .extracting(Alert::kind)
                .containsExactlyInAnyOrder(Alert.Type.NEW, Alert.Type.NEW, Alert.Type.RETURN);
    }

    @Test
    void aPostThatMovedToAnotherPageIsKnownThereAndNotGoneWithTheOldOne() {
        Item onFirst = at("forum", "/t/1").post("57").text(CALL).build();
        Item onSecond = at("forum", "/t/1?page=2").post("57").text(CALL).build();
        assertThat(onSecond.id()).isEqualTo(onFirst.id());
        crawl.file(onFirst);

        Filing.Filed moved = crawl.file(onSecond);

        assertThat(moved.changed()).as("it says the same").isZero();
        assertThat(moved.alerts()).isEmpty();
        assertThat(crawl.presence().gone(onFirst.page(), clock.advance(Duration.ofHours(1))))
                .isZero();
        assertThat(crawl.standing(onFirst).state()).isEqualTo(StoredItem.State.PRESENT);
        assertThat(crawl.stored(onFirst).document().path("page").asText())
                .isEqualTo(onSecond.page().value());
    }

    @Test
    void aSeedThatNamesAPlatformLaterReachesItemsThatSayTheSame() {
        Item item = at("forum", "/t/1").text("Tea at five.").build();
        crawl.file(item);

        crawl.file(at("forum", "/t/1").text("Tea at five.").platform("board").build());

        assertThat(crawl.stored(item).document().path("platform").asText()).isEqualTo("board");
    }

    @Test
    void anItemThatTheIndexRefusesDoesNotStopTheOnesBesideIt() {
        Item good = at("forum", "/t/1").text(CALL).build();
        Item bad = at("forum", "/t/2")
                .text("Tea at five.")
                .published("+1000000000-12-31T23:59:59Z")
                .build();
        Item alsoGood = at("forum", "/t/3").text("Tea at six.").build();

        Filing.Filed filed = crawl.file(good, bad, alsoGood);

        assertThat(filed.refused()).containsOnlyKeys(bad.url());
        assertThat(filed.refused().get(bad.url())).contains("published_at");
        assertThat(crawl.standing(good).candidate()).isTrue();
        assertThat(crawl.standing(alsoGood).version()).isEqualTo(1);
    }

    @Test
    void aHoldOnAnItemOrItsMatchOutlivesEveryChange() {
        Item item = at("forum", "/t/1").text(CALL).build();
        crawl.file(item);
        crawl.change(item, FilingTest::hold);
        indices.merge(Room.MATCHES, crawl.ofItems(Room.MATCHES, item).get(0).id(), FilingTest::hold);
        clock.advance(Duration.ofHours(1));

        crawl.file(at("forum", "/t/1").text(CALL + " And more.").build());
        crawl.file(at("forum", "/t/1").text("Nothing.").build());

        assertThat(crawl.stored(item).document().at("/retention/hold").asBoolean())
                .isTrue();
        assertThat(crawl.ofItems(Room.MATCHES, item)
                        .get(0)
                        .document()
                        .at("/retention/hold")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theAuthorOfAnUnflaggedItemIsNotWrittenAgainOnceItsTimeIsOver() {
        Item item = at("forum", "/t/1")
                .text("Tea at five.")
                .author("harbourmaster", "The Harbour Master")
                .build();
        crawl.file(item);
        assertThat(crawl.stored(item).document().has("author")).isTrue();
        clock.advance(Duration.ofDays(Retention.Terms.DEFAULT.authors() + 1));

        crawl(2, slogan)
                .file(at("forum", "/t/1")
                        .text("Tea at six.")
                        .author("harbourmaster", "The Harbour Master")
                        .build());

        assertThat(crawl.stored(item).document().has("author")).isFalse();
        assertThat(crawl.standing(item).version()).isEqualTo(2);
    }

    @Test
    void anUnflaggedItemIsKeptForAShorterTimeThanACandidate() {
        Item plain = at("forum", "/t/1").text("Tea at five.").build();
        Item flagged = at("forum", "/t/2").text(CALL).build();

        crawl.file(plain, flagged);

        assertThat(crawl.stored(plain).document().at("/retention/class").asText())
                .isEqualTo("unflagged");
        assertThat(crawl.stored(flagged).document().at("/retention/class").asText())
                .isEqualTo("candidate");
        assertThat(Instant.parse(
                        crawl.stored(plain).document().at("/retention/until").asText()))
                .isEqualTo(clock.instant().plus(Duration.ofDays(Retention.Terms.DEFAULT.unflagged())));
    }

    @Test
    void goneNamesOnlyTheItemsOfThatPage() {
        Item one = at("forum", "/t/1").post("1").text("One.").build();
        Item two = at("forum", "/t/1").post("2").text("Two.").build();
        Item elsewhere = at("forum", "/t/10").post("3").text("Three.").build();
        crawl.file(one, two);
        crawl.file(elsewhere);

        assertThat(crawl.presence().gone(CanonicalUrl.require(one.page().value()), clock.instant()))
                .isEqualTo(2);
        assertThat(crawl.standing(elsewhere).state()).isEqualTo(StoredItem.State.PRESENT);
    }

    private void decide(Item item, Decision.Verdict verdict) {
        clock.advance(Duration.ofMinutes(1));
        review.decide(review.find(item.id()).get(0), verdict, "B. Reviewer", "Looked at it");
    }

    private void fileAtOnce(List<Item> items) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(items.size());
        try {
            List<Callable<Filing.Filed>> work = new ArrayList<>();
            items.forEach(item -> work.add(() -> crawl.file(item)));
            for (Future<Filing.Filed> filed : threads.invokeAll(work)) {
                assertThat(filed.get().refused()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private TestCrawl crawl(long revision, SavedSearch... searches) {
        return new TestCrawl(indices, clock, revision, searches);
    }

    private TestItem at(String host, String path) {
        return TestItem.at("https://" + host + "-" + test + ".example" + path).fetched(clock.instant());
    }

    private static ObjectNode hold(ObjectNode document) {
        ((ObjectNode) document.get("retention")).put("hold", true);
        return document;
    }
}
