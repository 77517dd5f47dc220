package org.tidewatch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.filing.TestCrawl;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.Write;
import org.tidewatch.item.Item;
import org.tidewatch.item.Outcome;
import org.tidewatch.item.TestItem;
import org.tidewatch.novelty.Alert;
import org.tidewatch.search.TestSearch;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.HostRule;

/** Forgetting and the sweep: what is ended, what is kept, and what happens when it comes back. */
class EndingTest {

    private static final Retention.Terms TERMS = Retention.Terms.DEFAULT;
    private static final String CALL = "The purple falcon rises.";

    private static Indices indices;
    private static int tests;

    private final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    private final int test = ++tests;
    private TestCrawl crawl;

    @BeforeAll
    static void open() {
        indices = TestIndex.open();
    }

    @AfterAll
    static void closeIndices() throws IOException {
        indices.close();
    }

    @BeforeEach
    void search() {
        crawl = new TestCrawl(indices, clock, 1, TestSearch.approved("slogan-" + test, "text:\"falcon rises\""));
    }

    @AfterEach
    void clear() {
        for (Room room : Room.values()) {
            indices.refresh(room);
            indices.writeAll(all(room).stream()
                    .map(stored -> new Write.Delete(
                            room,
                            stored.id(),
                            Optional.ofNullable(stored.document().get("host_key"))
                                    .filter(key -> room == Room.FRONTIER)
                                    .map(key -> key.asText())))
                    .toList());
        }
    }

    @Test
    void aSweepEndsWhatIsPastItsDateAndNothingElse() {
        Item plain = file("forum.example", "/1", "Tea at five.");
        Item flagged = file("forum.example", "/2", CALL);
        new Outcomes(indices, TERMS, clock)
                .record(plain.page(), plain.seeds(), Outcome.TIMED_OUT, "fetch", 0, "no answer");
        clock.advance(Duration.ofDays(TERMS.operational() + 1));

        assertThat(sweep().ended()).containsOnlyKeys(Room.OUTCOMES).containsEntry(Room.OUTCOMES, 1);
        clock.advance(Duration.ofDays(TERMS.unflagged() - TERMS.operational()));
        assertThat(sweep().ended()).containsOnlyKeys(Room.ITEMS).containsEntry(Room.ITEMS, 1);
        assertThat(indices.get(Room.ITEMS, plain.id())).isEmpty();
        assertThat(indices.get(Room.ITEMS, flagged.id())).isPresent();

        clock.advance(Duration.ofDays(TERMS.candidate() - TERMS.unflagged()));
        Sweep.Swept last = sweep();
        assertThat(last.ended()).containsOnlyKeys(Room.ITEMS, Room.MATCHES, Room.ALERTS);
        assertThat(last.total()).isEqualTo(3);
        assertThat(all(Room.FLAGGED)).as("claims outlive what was flagged").hasSize(1);
        assertThat(audited("sweep")).hasSize(3);
        assertThat(sweep().total()).isZero();
        assertThat(audited("sweep"))
                .as("a sweep that did nothing is not an act")
                .hasSize(3);
    }

    @Test
    void aSweepLeavesTombstonesOfWhatWasFlaggedOnly() {
        Item plain = file("forum.example", "/1", "Tea at five.");
        Item flagged = file("forum.example", "/2", CALL);
        Alert alert = crawl.alerts(flagged).get(0);
        clock.advance(Duration.ofDays(TERMS.candidate() + 1));

        sweep();

        assertThat(indices.get(Room.TOMBSTONES, List.of(plain.id(), flagged.id(), alert.id())))
                .containsOnlyKeys(flagged.id(), alert.id());
    }

    @Test
    void whatASweepEndedAlertsNobodyWhenItComesBack() {
        Item item = file("forum.example", "/1", CALL);
        clock.advance(Duration.ofDays(TERMS.candidate() + 1));
        sweep();

        Item back = file("forum.example", "/1", CALL);

        assertThat(crawl.alerts(item)).isEmpty();
        StoredItem standing = crawl.standing(back);
        assertThat(standing.candidate()).isFalse();
        assertThat(standing.matches().search()).hasSize(1);

        clock.advance(Duration.ofHours(1));
        Item changed = file("forum.example", "/1", "Tonight the green falcon rises.");
        assertThat(crawl.alerts(changed)).hasSize(1);
        assertThat(crawl.standing(changed).candidate()).isTrue();
    }

    @Test
    void whatASweepEndedBeforeItWasEverFlaggedIsACandidateWhenASearchFlagsIt() {
        Item first = file("forum.example", "/1", CALL);
        Item plain = file("forum.example", "/2", "Tea. The green falcon sleeps.");
        clock.advance(Duration.ofDays(TERMS.unflagged() + 1));
        sweep();
        assertThat(indices.get(Room.ITEMS, plain.id())).isEmpty();
        assertThat(indices.get(Room.ITEMS, first.id())).isPresent();

        TestCrawl later = new TestCrawl(indices, clock, 2, TestSearch.approved("sleeping-" + test, "text:sleeps"));
        Item again =
                at("forum.example", "/2").text("Tea. The green falcon sleeps.").build();
        Item copy = at("forum.example", "/3").text("The green falcon sleeps.").build();
        later.file(copy);
        later.file(again);
        assertThat(later.standing(again).candidate()).isTrue();
    }

    @Test
    void aHoldKeepsAnItemAndItsAuthorFromTheSweep() {
        Item held = at("forum.example", "/1").text("Tea.").author("one", "One").build();
        Item other =
                at("forum.example", "/2").text("Cake.").author("two", "Two").build();
        crawl.file(held, other);
        indices.merge(Room.ITEMS, held.id(), EndingTest::hold);
        clock.advance(Duration.ofDays(TERMS.authors() + 1));

        assertThat(sweep().authors()).isEqualTo(1);
        assertThat(crawl.stored(held).document().at("/author/handle").asText()).isEqualTo("one");
        assertThat(crawl.stored(other).document().has("author")).isFalse();
        assertThat(sweep().authors()).isZero();

        clock.advance(Duration.ofDays(TERMS.unflagged()));
        assertThat(sweep().ended()).containsEntry(Room.ITEMS, 1);
        assertThat(indices.get(Room.ITEMS, held.id())).isPresent();
        assertThat(indices.get(Room.ITEMS, other.id())).isEmpty();
    }

    @Test
    void theAuthorOfACandidateStays() {
        Item item = at("forum.example", "/1").text(CALL).author("one", "One").build();
        crawl.file(item);
        clock.advance(Duration.ofDays(TERMS.authors() + 1));

        assertThat(sweep().authors()).isZero();
        assertThat(crawl.stored(item).document().at("/author/handle").asText()).isEqualTo("one");
    }

    @Test
    void whatChangesBetweenReadingAndEndingIsEndedOnlyIfItIsStillDue() {
        Item held = file("forum.example", "/1", CALL);
        Item changed = file("forum.example", "/2", CALL);
        List<Stored> read = List.of(crawl.stored(held), crawl.stored(changed));
        indices.merge(Room.ITEMS, held.id(), EndingTest::hold);
        indices.merge(Room.ITEMS, changed.id(), document -> document.put("candidate", false));

        assertThat(new Tombstones(indices, TERMS, "retention", clock.instant())
                        .end(Room.ITEMS, read, document -> !Retention.isHeld(document)))
                .containsExactly(changed.id());

        assertThat(indices.get(Room.ITEMS, List.of(held.id(), changed.id()))).containsOnlyKeys(held.id());
        assertThat(indices.get(Room.TOMBSTONES, List.of(held.id(), changed.id())))
                .containsOnlyKeys(changed.id());
    }

    @Test
    void forgettingAHostDeletesAllOfItAndNothingOfItsNeighbours() {
        Item item = file("paste.example", "/1", CALL);
        Item below = file("www.paste.example", "/1", "Tea.");
        Item neighbour = file("notpaste.example", "/1", CALL);
        frontier("http://paste.example/1");
        frontier("http://notpaste.example/1");
        new Outcomes(indices, TERMS, clock)
                .record(item.page(), item.seeds(), Outcome.TIMED_OUT, "fetch", 0, "no answer");

        Forget.Forgotten forgotten = forget("paste.example");

        assertThat(forgotten).isEqualTo(new Forget.Forgotten(2, 1, 1, 1, 1, 0, 0));
        assertThat(indices.get(Room.ITEMS, List.of(item.id(), below.id(), neighbour.id())))
                .containsOnlyKeys(neighbour.id());
        assertThat(crawl.alerts(item)).isEmpty();
        assertThat(crawl.alerts(neighbour)).hasSize(1);
        assertThat(all(Room.FRONTIER)).hasSize(1);
        assertThat(audited("forget")).singleElement().satisfies(entry -> {
            assertThat(entry.path("by").asText()).isEqualTo("A. Analyst");
            assertThat(entry.path("subject").asText()).isEqualTo("paste.example");
            assertThat(entry.path("why").asText()).isEqualTo("asked to");
        });
        assertThat(forget("paste.example")).isEqualTo(new Forget.Forgotten(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void forgettingAUrlTakesItsPostsAndWhatIsBelowAndNotItsLongerNeighbour() {
        Item thread = at("forum.example", "/t/1").text("Thread").build();
        Item post = at("forum.example", "/t/1").post("7").text(CALL).build();
        Item second = file("forum.example", "/t/1?page=2", "Tea.");
        Item neighbour = file("forum.example", "/t/10", CALL);
        crawl.file(thread, post);

        Forget.Forgotten forgotten = forget("http://forum.example/t/1");

        assertThat(forgotten.items()).isEqualTo(3);
        assertThat(indices.get(Room.ITEMS, List.of(thread.id(), post.id(), second.id(), neighbour.id())))
                .containsOnlyKeys(neighbour.id());
    }

    @Test
    void whatWasForgottenAlertsNobodyWhenItComesBack() {
        Item item = file("paste.example", "/1", CALL);
        forget("paste.example");
        clock.advance(Duration.ofHours(1));

        file("paste.example", "/1", CALL);

        assertThat(crawl.alerts(item)).isEmpty();
        assertThat(crawl.standing(item).candidate()).isFalse();
    }

    @Test
    void aHoldKeepsADocumentFromBeingForgottenAndTheAnswerSaysSo() {
        Item held = file("paste.example", "/1", CALL);
        indices.merge(Room.ITEMS, held.id(), EndingTest::hold);

        Forget.Forgotten forgotten = forget("paste.example");

        assertThat(forgotten.held()).isEqualTo(1);
        assertThat(forgotten.items()).isZero();
        assertThat(indices.get(Room.ITEMS, held.id())).isPresent();
    }

    @Test
    void aMediumThatIsShownElsewhereStaysWithoutTheForgottenItem() {
        Item item = file("paste.example", "/1", "Tea.");
        indices.create(Room.MEDIA, "shared", media(item.id(), "another"));
        indices.create(Room.MEDIA, "own", media(item.id()));

        assertThat(forget("paste.example").media()).isEqualTo(1);

        assertThat(indices.get(Room.MEDIA, "own")).isEmpty();
        assertThat(indices.get(Room.MEDIA, "shared").orElseThrow().document().path("items"))
                .extracting(one -> one.asText())
                .containsExactly("another");
    }

    private Item file(String host, String path, String text) {
        Item item = at(host, path).text(text).build();
        crawl.file(item);
        return item;
    }

    private TestItem at(String host, String path) {
        return TestItem.at("https://" + host + path).fetched(clock.instant());
    }

    private Sweep.Swept sweep() {
        return new Sweep(indices, TERMS, clock).run();
    }

    private Forget.Forgotten forget(String rule) {
        return new Forget(indices, TERMS, clock).forget(new HostRule(rule), "A. Analyst", "asked to");
    }

    private void frontier(String address) {
        CanonicalUrl url = CanonicalUrl.require(address);
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("url", url.value()).put("host_key", url.hostKey());
        indices.writeAll(List.of(new Write.Put(Room.FRONTIER, url.value(), Optional.of(url.hostKey()), document)));
    }

    private List<ObjectNode> audited(String act) {
        return all(Room.AUDIT).stream()
                .map(Stored::document)
                .filter(entry -> entry.path("act").asText().equals(act))
                .toList();
    }

    private static List<Stored> all(Room room) {
        indices.refresh(room);
        return indices.search(room, search -> search.size(1_000).query(Query.of(q -> q.matchAll(m -> m))));
    }

    private static ObjectNode media(String... items) {
        ObjectNode media = Json.MAPPER.createObjectNode();
        media.set("items", Json.MAPPER.valueToTree(items));
        return media;
    }

    private static ObjectNode hold(ObjectNode document) {
        document.withObject("/retention").put("hold", true);
        return document;
    }
}
