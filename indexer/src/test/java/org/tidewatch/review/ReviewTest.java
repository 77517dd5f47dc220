package org.tidewatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.filing.TestCrawl;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.TestSearch;

class ReviewTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final Indices indices = TestIndex.shared();
    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final int test = TESTS.incrementAndGet();
    private final String falcon = "review-falcon-" + test;
    private final String flags = "review-flags-" + test;
    private final Review review = new Review(indices, Retention.Terms.DEFAULT, clock);
    private final TestCrawl crawl = new TestCrawl(
            indices, clock, 1, TestSearch.approved(falcon, "text:falcon"), TestSearch.approved(flags, "text:flags"));

    @Test
    void candidatesAreListedNewestFlagFirstWithTheirTotal() {
        Item first = file(at("/1").text("A falcon."));
        Item second = file(at("/2").text("Another falcon."));
        file(at("/3").text("Tea at five."));
        Item third = file(at("/4").text("A falcon again."));

        assertThat(ids(review.candidates(search(falcon), 10))).containsExactly(third.id(), second.id(), first.id());
        Review.Listing two = review.candidates(search(falcon), 2);
        assertThat(ids(two)).containsExactly(third.id(), second.id());
        assertThat(two.total()).isEqualTo(3);
        assertThat(review.candidates(search(falcon), 0)).isEqualTo(new Review.Listing(List.of(), 3));
    }

    @Test
    void candidatesAreFilteredBySearchPlatformLanguageAndTimeOfTheFlag() {
        Instant begin = clock.instant();
        Item forum = file(at("/1").text("A falcon.").platform("forum").language("ar"));
        Instant middle = clock.instant();
        Item web = file(at("/2").text("Another falcon, more flags.").language("tr"));

        assertThat(ids(review.candidates(search(flags), 10))).containsExactly(web.id());
        assertThat(ids(listing(Optional.of("forum"), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly(forum.id());
        assertThat(ids(listing(Optional.empty(), Optional.of("tr"), Optional.empty(), Optional.empty())))
                .containsExactly(web.id());
        assertThat(ids(listing(Optional.of("forum"), Optional.of("tr"), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(ids(listing(Optional.empty(), Optional.empty(), Optional.of(middle), Optional.empty())))
                .containsExactly(web.id());
        assertThat(ids(listing(Optional.empty(), Optional.empty(), Optional.of(begin), Optional.of(middle))))
                .containsExactly(forum.id());
    }

    @Test
    void anItemIsFoundByTheBeginningOfItsId() {
        Item item = file(at("/1").text("A falcon."));

        assertThat(review.find(item.id().substring(0, 12).toUpperCase(java.util.Locale.ROOT)))
                .singleElement()
                .satisfies(found -> assertThat(found.item()).isEqualTo(item));
        assertThat(review.find("f".repeat(33))).isEmpty();
    }

    @Test
    void aDossierHoldsMatchesAlertsAndDecisionsInTheOrderOfTime() {
        Item item = file(at("/1").text("A falcon."));
        crawl.file(at("/1").text("A falcon.\nBring flags.").build());
        clock.advance(Duration.ofMinutes(1));
        Decision unsure = review.decide(candidate(item), Decision.Verdict.UNSURE, "A. Analyst", "Ask a linguist");
        clock.advance(Duration.ofMinutes(1));
        Decision confirmed = review.decide(candidate(item), Decision.Verdict.CONFIRMED, "B. Reviewer", "It calls");

        Review.Dossier dossier = review.dossier(candidate(item));

        assertThat(dossier.matches()).extracting(match -> match.search()).containsExactly(falcon, flags);
        assertThat(dossier.alerts()).hasSize(2);
        assertThat(dossier.decisions()).containsExactly(unsure, confirmed);
        assertThat(unsure.searches()).containsExactly(falcon, flags);
        assertThat(unsure.url()).contains(item.url());
    }

    @Test
    void aDecisionTakesTheItemOffTheListAndIsAuditedWithNameAndReason() {
        Item item = file(at("/1").text("A falcon."));

        review.decide(candidate(item), Decision.Verdict.DISMISSED, "A. Analyst", "A bird shop");

        assertThat(review.candidates(search(falcon), 10).total()).isZero();
        assertThat(crawl.standing(item).review())
                .contains(new StoredItem.Review("dismissed", "A. Analyst", clock.instant(), "A bird shop"));
        assertThat(audits(item.id())).singleElement().satisfies(entry -> {
            assertThat(entry.path("act").asText()).isEqualTo("decide");
            assertThat(entry.path("by").asText()).isEqualTo("A. Analyst");
            assertThat(entry.path("why").asText()).isEqualTo("A bird shop");
            assertThat(entry.path("detail").asText()).isEqualTo("dismissed");
        });
    }

    @Test
    void aDecisionMadeElsewhereIsBroughtOntoItsItem() {
        Item item = file(at("/1").text("A falcon."));
        String id = write(item.id(), "confirmed", clock.instant());

        assertThat(review.project()).isEqualTo(1);
        assertThat(review.project()).as("once").isZero();

        assertThat(crawl.standing(item).candidate()).isFalse();
        assertThat(crawl.standing(item).review()).map(StoredItem.Review::state).contains("confirmed");
        ObjectNode decision = indices.get(Room.DECISIONS, id).orElseThrow().document();
        assertThat(decision.has("projected_at")).isTrue();
        assertThat(decision.at("/retention/class").asText()).isEqualTo("record");
    }

    @Test
    void aDecisionThatIsNoneDoesNotStopTheOnesBesideIt() {
        Item item = file(at("/1").text("A falcon."));
        String odd = write(item.id(), "Probably bad", clock.instant().minusSeconds(2));
        String nobody = "nobody-" + test;
        indices.create(Room.DECISIONS, nobody, Json.MAPPER.createObjectNode().put("verdict", "confirmed"));
        write(item.id(), "unsure", clock.instant());

        assertThat(review.project()).isEqualTo(1);
        assertThat(review.project()).isZero();

        assertThat(crawl.standing(item).review()).map(StoredItem.Review::state).contains("unsure");
        assertThat(audits(odd))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("why").asText()).contains("Verdict"));
        assertThat(audits(nobody))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("why").asText()).contains("without \"item\""));
    }

    @Test
    void anOlderDecisionThatArrivesLateDoesNotReplaceANewerOne() {
        Item item = file(at("/1").text("A falcon."));
        Instant earlier = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        review.decide(candidate(item), Decision.Verdict.CONFIRMED, "B. Reviewer", "It calls");
        write(item.id(), "dismissed", earlier);

        review.project();

        assertThat(crawl.standing(item).review()).map(StoredItem.Review::state).contains("confirmed");
    }

    @Test
    void aDecisionWhoseProjectionACrashPreventedIsProjectedLater() {
        Item item = file(at("/1").text("A falcon."));
        StoredItem before = crawl.standing(item);
        review.decide(candidate(item), Decision.Verdict.DISMISSED, "A. Analyst", "A bird shop");
        indices.merge(Room.ITEMS, item.id(), document -> {
            document.remove("review");
            return document.put("candidate", before.candidate());
        });
        crawl.ofItems(Room.DECISIONS, item)
                .forEach(stored -> indices.merge(Room.DECISIONS, stored.id(), document -> {
                    document.remove("projected_at");
                    return document;
                }));

        assertThat(review.project()).isEqualTo(1);

        assertThat(crawl.standing(item).candidate()).isFalse();
    }

    @Test
    void aDecisionOnAnOldStateDoesNotHideWhatWasFlaggedSince() {
        Item item = file(at("/1").text("A falcon."));
        Instant looked = clock.instant().minusSeconds(1);
        write(item.id(), "dismissed", looked.minus(Duration.ofHours(1)));

        review.project();

        assertThat(crawl.standing(item).candidate()).isTrue();
        assertThat(crawl.standing(item).review()).isPresent();
    }

    private String write(String item, String verdict, Instant at) {
        String id = "foreign-" + test + "-" + verdict.replace(' ', '-');
        indices.create(
                Room.DECISIONS,
                id,
                Json.MAPPER
                        .createObjectNode()
                        .put("item", item)
                        .put("verdict", verdict)
                        .put("by", "C. Colleague")
                        .put("at", at.toString())
                        .put("why", "Seen in Kibana"));
        return id;
    }

    private List<ObjectNode> audits(String subject) {
        indices.refresh(Room.AUDIT);
        return indices
                .search(
                        Room.AUDIT,
                        search -> search.query(
                                Query.of(q -> q.term(t -> t.field("subject").value(subject)))))
                .stream()
                .map(Stored::document)
                .toList();
    }

    /** Files an item and lets a minute pass. */
    private Item file(TestItem item) {
        Item built = item.build();
        crawl.file(built);
        clock.advance(Duration.ofMinutes(1));
        return built;
    }

    private Review.Candidate candidate(Item item) {
        return review.find(item.id()).get(0);
    }

    private Review.Listing listing(
            Optional<String> platform, Optional<String> language, Optional<Instant> since, Optional<Instant> until) {
        return review.candidates(new Review.Filter(Optional.of(falcon), platform, language, since, until), 10);
    }

    private static Review.Filter search(String id) {
        return new Review.Filter(
                Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> ids(Review.Listing listing) {
        return listing.candidates().stream()
                .map(candidate -> candidate.item().id())
                .toList();
    }

    private TestItem at(String path) {
        return TestItem.at("https://review-" + test + ".example" + path).fetched(clock.instant());
    }
}
