package org.tidewatch.filing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.match.Matching;
import org.tidewatch.match.Searches;
import org.tidewatch.novelty.Alert;
import org.tidewatch.review.Decision;
import org.tidewatch.review.Review;
import org.tidewatch.search.Lookback;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.TestSearch;

/** Items that several file at the same moment, and items that are matched again as they are stored; on a real index. */
class SharedFilingTest {

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String CALL = "The purple falcon rises at dawn.";
    private static final String OTHER_CALL = "Bring your banners to the harbour.";

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final String test = "shared-" + TESTS.incrementAndGet();
    private final SavedSearch falcon = TestSearch.approved("falcon-" + test, "text:falcon");
    private final SavedSearch banners = TestSearch.approved("banners-" + test, "text:banners");
    private final List<TestCrawl> crawls = new ArrayList<>();

    @Test
    void anItemThatIsMatchedAgainKeepsWhenItWasFetchedAndSeen() {
        Item item = item("forum", CALL);
        TestCrawl before = crawl(1);
        before.file(item);
        StoredItem was = before.standing(item);
        Instant later = clock.advance(Duration.ofDays(60));
        TestCrawl after = crawl(cameIn(falcon, 2, false));

        Optional<Filing.Again> again = after.filing().again(after.stored(item), false);

        assertThat(again).hasValueSatisfying(outcome -> {
            assertThat(outcome.found()).containsExactly(falcon.id());
            assertThat(outcome.alerts()).hasSize(1);
        });
        StoredItem now = after.standing(item);
        assertThat(after.stored(item).as(Item.class)).isEqualTo(item);
        assertThat(now.lastSeenAt()).isEqualTo(was.lastSeenAt());
        assertThat(now.version()).isEqualTo(1);
        assertThat(now.matchedRevision()).isEqualTo(2);
        assertThat(now.candidate()).isTrue();
        assertThat(now.matches().flaggedAt()).contains(later);
        assertThat(after.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.found()).isEqualTo(Found.HISTORY);
            assertThat(match.foundAt()).isEqualTo(later);
            assertThat(match.firstAt()).isEqualTo(item.fetchedAt());
        });
        assertThat(Instant.parse(
                        after.stored(item).document().at("/retention/until").asText()))
                .as("people have the whole term from the flag on")
                .isEqualTo(later.plus(Duration.ofDays(Retention.Terms.DEFAULT.candidate())));
    }

    @Test
    void anItemThatTheSearchesHaveSeenIsLeftAloneUnlessItMustNot() {
        Item item = item("forum", CALL);
        TestCrawl crawl = crawl(1, falcon);
        crawl.file(item);
        crawl.unwrite(Room.MATCHES, crawl.ofItems(Room.MATCHES, item));

        crawl.filing().again(crawl.stored(item), false);
        assertThat(crawl.matches(item)).isEmpty();

        crawl.filing().again(crawl.stored(item), true);
        assertThat(crawl.matches(item)).hasSize(1);
        assertThat(crawl.alerts(item)).hasSize(1);
    }

    @Test
    void aMatchThatASearchNoLongerMakesHasEndedAndKeepsItsHistory() {
        Item item = item("forum", CALL);
        crawl(1, falcon).file(item);
        Instant later = clock.advance(Duration.ofDays(1));
        TestCrawl edited = crawl(2, TestSearch.approved(falcon.id(), "text:eagle"));

        edited.filing().again(edited.stored(item), false);

        assertThat(edited.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.endedAt()).contains(later);
            assertThat(match.found()).isEqualTo(Found.LIVE);
            assertThat(match.reasons()).hasSize(1);
        });
        assertThat(edited.standing(item).matches().search()).isEmpty();
        assertThat(edited.standing(item).candidate()).isTrue();
    }

    @Test
    void whatAQuietSearchFindsLaterIsACandidateThatNeverAlertsAndWhatIsNewDoes() {
        Item item = item("forum", CALL);
        crawl(1).file(item);
        clock.advance(Duration.ofDays(1));
        TestCrawl quiet = crawl(cameIn(falcon, 2, true));

        quiet.filing().again(quiet.stored(item), false);
        assertThat(quiet.standing(item).candidate()).isTrue();
        assertThat(quiet.matches(item)).singleElement().satisfies(match -> assertThat(match.found())
                .isEqualTo(Found.HISTORY));
        quiet.file(item("forum", "A word of welcome.\n" + CALL));
        crawl(3, falcon).file(item("forum", CALL));
        assertThat(quiet.alerts(item)).isEmpty();

        quiet.file(item("forum", CALL + "\nAnother falcon lands."));
        assertThat(quiet.alerts(item)).singleElement().satisfies(alert -> assertThat(alert.reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.excerpt()).contains("Another")));
        Item copy = item("mirror", CALL);
        quiet.file(copy);
        assertThat(quiet.alerts(copy)).singleElement().satisfies(alert -> assertThat(alert.kind())
                .isEqualTo(Alert.Type.MIRROR));
    }

    @Test
    void aQuietSearchAlertsOnWhatIsCrawledAfterItAndOneBesideItOnBoth() {
        Item before = item("forum", CALL + "\n" + OTHER_CALL);
        crawl(1).file(before);
        TestCrawl mixed = crawl(new SearchSet(
                2,
                List.of(
                        new SearchSet.Versioned(falcon, 1, new Lookback(true, true, 2)),
                        new SearchSet.Versioned(banners, 1, new Lookback(true, false, 2)))));
        Item fresh = item("fresh", "Look, a falcon.");

        mixed.filing().again(mixed.stored(before), false);
        mixed.file(fresh);

        assertThat(mixed.alerts(before)).singleElement().satisfies(alert -> assertThat(alert.searches())
                .extracting(Alert.Search::id)
                .containsExactly(banners.id()));
        assertThat(mixed.alerts(fresh)).hasSize(1);
        assertThat(mixed.matches(fresh)).singleElement().satisfies(match -> assertThat(match.found())
                .isEqualTo(Found.LIVE));
    }

    @Test
    void whatOthersWriteWhileAnItemIsMatchedAgainIsKeptAndMatched() {
        Item item = item("forum", CALL);
        crawl(1).file(item);
        clock.advance(Duration.ofHours(1));
        TestCrawl crawl = crawl(2, falcon, banners);
        Review review = new Review(indices, Retention.Terms.DEFAULT, clock);
        Filing interrupted = new Filing(indices, Retention.Terms.DEFAULT, clock, new Between(crawl, () -> {
            crawl.file(item("forum", OTHER_CALL));
            clock.advance(Duration.ofMinutes(1));
            review.decide(review.find(item.id()).get(0), Decision.Verdict.CONFIRMED, "B. Reviewer", "Looked at it");
        }));

        interrupted.again(crawl.stored(item), false);

        StoredItem standing = crawl.standing(item);
        assertThat(crawl.stored(item).as(Item.class).text()).isEqualTo(OTHER_CALL);
        assertThat(standing.version()).isEqualTo(2);
        assertThat(standing.review()).map(StoredItem.Review::state).contains("confirmed");
        assertThat(standing.candidate()).isFalse();
        assertThat(standing.matches().search()).containsExactly(banners.id());
        assertThat(crawl.matches(item))
                .filteredOn(match -> match.endedAt().isEmpty())
                .extracting(MatchRecord::search)
                .containsExactly(banners.id());
    }

    @Test
    void anItemThatIsForgottenWhileItIsMatchedAgainStaysForgotten() {
        Item item = item("forum", CALL);
        crawl(1).file(item);
        TestCrawl crawl = crawl(2, falcon);
        Filing interrupted = new Filing(
                indices,
                Retention.Terms.DEFAULT,
                clock,
                new Between(crawl, () -> crawl.unwrite(Room.ITEMS, List.of(crawl.stored(item)))));

        assertThat(interrupted.again(crawl.stored(item), false)).isEmpty();

        assertThat(indices.get(Room.ITEMS, item.id())).isEmpty();
        assertThat(crawl.matches(item))
                .allSatisfy(match -> assertThat(match.endedAt()).isPresent());
    }

    @Test
    void aSearchThatComesInWhileAnItemIsWrittenFindsIt() {
        Item item = item("forum", CALL);
        TestCrawl before = crawl(1);
        TestCrawl after = crawl(cameIn(falcon, 2, true));
        Filing filing = new Filing(indices, Retention.Terms.DEFAULT, clock, new Renewed(before, after));

        Filing.Filed filed = filing.file(List.of(new Filing.Matched(item, before.match(item), clock.instant())));

        assertThat(filed.flagged()).isEqualTo(1);
        assertThat(after.standing(item).matchedRevision()).isEqualTo(2);
        assertThat(after.standing(item).version()).isEqualTo(1);
        assertThat(after.matches(item)).singleElement().satisfies(match -> assertThat(match.found())
                .as("the item is as new as the search")
                .isEqualTo(Found.LIVE));
        assertThat(after.alerts(item)).hasSize(1);
    }

    @Test
    void aMatcherThatIsBehindWhatHasSeenTheItemCatchesUpFirst() {
        Item item = item("forum", CALL);
        TestCrawl after = crawl(2, falcon);
        after.file(item);
        TestCrawl before = crawl(1);
        Filing behind = new Filing(indices, Retention.Terms.DEFAULT, clock, new Renewed(before, after));
        Item edited = item("forum", "Edited. " + CALL);

        behind.file(List.of(new Filing.Matched(edited, before.match(edited), clock.instant())));

        assertThat(after.standing(item).matchedRevision()).isEqualTo(2);
        assertThat(after.matches(item)).singleElement().satisfies(match -> {
            assertThat(match.endedAt()).isEmpty();
            assertThat(match.versions()).isEqualTo(2);
        });
    }

    @Test
    void aRecordThatACrashLeftOpenEndsWhenTheItemIsFiledNext() {
        Item item = item("forum", CALL);
        TestCrawl crawl = crawl(1, falcon, banners);
        crawl.file(item);
        Stored unaware = crawl.stored(item);
        crawl.file(item("forum", CALL + "\n" + OTHER_CALL));
        crawl.change(item, document -> unaware.document());
        indices.refresh(Room.MATCHES);
        Instant later = clock.advance(Duration.ofHours(1));

        crawl.file(item("forum", CALL + "\nTea at five."));

        assertThat(crawl.matches(item))
                .filteredOn(match -> match.search().equals(banners.id()))
                .singleElement()
                .satisfies(match -> assertThat(match.endedAt()).contains(later));
    }

    @Test
    void anAlertThatAnotherMadeWithFewerPassagesLeavesNoneUntold() {
        Item item = item("forum", CALL + "\n" + OTHER_CALL);
        TestCrawl crawl = crawl(1, falcon, banners);
        crawl.file(item);
        Alert whole = crawl.alerts(item).get(0);
        crawl.unwrite(Room.ITEMS, List.of(crawl.stored(item)));
        indices.merge(Room.ALERTS, whole.id(), this::withoutBanners);

        crawl.file(item);
        crawl.file(item("forum", CALL + "\n" + OTHER_CALL + "\nTea at five."));
        crawl.file(item("forum", OTHER_CALL + "\nTea at six."));

        List<Alert> alerts = crawl.alerts(item);
        assertThat(alerts).hasSize(2);
        assertThat(alerts)
                .filteredOn(alert -> !alert.id().equals(whole.id()))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.kind()).isEqualTo(Alert.Type.NEW);
                    assertThat(alert.searches()).extracting(Alert.Search::id).containsExactly(banners.id());
                });
    }

    private ObjectNode withoutBanners(ObjectNode alert) {
        ArrayNode reasons = alert.putArray("reasons");
        return alert.set(
                "reasons",
                reasons.addAll(crawls.get(0).alerts(item("forum", "")).get(0).reasons().stream()
                        .filter(reason -> reason.search().equals(falcon.id()))
                        .map(org.tidewatch.index.Json::document)
                        .toList()));
    }

    /** Does something once, just before an item is matched: after it was read, before it is written. */
    private static final class Between implements Searches {
        private final TestCrawl crawl;
        private Optional<Runnable> once;

        Between(TestCrawl crawl, Runnable once) {
            this.crawl = crawl;
            this.once = Optional.of(once);
        }

        @Override
        public long revision() {
            return crawl.revision();
        }

        @Override
        public Matching match(Item item) {
            Optional<Runnable> now = once;
            once = Optional.empty();
            now.ifPresent(Runnable::run);
            return crawl.match(item);
        }

        @Override
        public long upToDate() {
            return crawl.upToDate();
        }
    }

    /** Knows of the later set only when it looks. */
    private static final class Renewed implements Searches {
        private final TestCrawl later;
        private TestCrawl known;

        Renewed(TestCrawl known, TestCrawl later) {
            this.known = known;
            this.later = later;
        }

        @Override
        public long revision() {
            return known.revision();
        }

        @Override
        public Matching match(Item item) {
            return known.match(item);
        }

        @Override
        public long upToDate() {
            known = later;
            return known.revision();
        }
    }

    private static SearchSet cameIn(SavedSearch search, long revision, boolean quiet) {
        return new SearchSet(
                revision, List.of(new SearchSet.Versioned(search, 1, new Lookback(true, quiet, revision))));
    }

    private TestCrawl crawl(long revision, SavedSearch... searches) {
        return crawl(TestSearch.set(revision, searches));
    }

    private TestCrawl crawl(SearchSet set) {
        TestCrawl made = new TestCrawl(indices, clock, set);
        crawls.add(made);
        return made;
    }

    private Item item(String host, String text) {
        return TestItem.at("https://" + host + "-" + test + ".example/t/1")
                .text(text)
                .fetched(clock.instant())
                .build();
    }
}
