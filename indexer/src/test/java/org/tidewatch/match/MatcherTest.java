package org.tidewatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;
import org.tidewatch.item.TestItem;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.TestSearch;

class MatcherTest {

    private static final String URL = "https://forum.example/t/1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text:\"falcon rises\"      | Look: the FALCON rises now.            | FALCON rises",
                "text:صقر                   | هذا صقر أرجواني                        | صقر",
                "text:\"جبهة الصقر\"        | انضموا إلى جبهة الصقر عند الفجر        | جبهة الصقر",
                "text:şahin                 | Burada ŞAHİN var, kuş değil.           | ŞAHİN",
                "text:сокол                 | Летит Сокол.                           | Сокол",
                "text:日本                  | 日本                                   | 日",
                "text:falcon                | 🦅🦅 falcon 🦅                          | falcon",
                "text:fal*                  | a falconer                             | falconer",
                "text:falkon~1              | the falcon                             | falcon",
                "text:/ris[ei].+/            | is rising                              | rising",
                "text:\"bring flags\"~2     | bring the purple flags                 | bring the purple flags"
            })
    void theOffsetsOfAReasonCutTheMatchOutOfTheText(String query, String text, String matched) {
        Reason reason = match(query, TestItem.page(URL, text)).reasons().get(0);

        assertThat(reason.field()).isEqualTo("text");
        assertThat(text.substring(reason.start(), reason.end())).isEqualTo(matched);
        assertThat(reason.excerpt()).contains("⟦" + matched + "⟧");
        assertThat(reason.clause()).startsWith("text:");
        assertThat(reason.fingerprint()).isNotBlank();
    }

    @Test
    void everyPlaceIsAReasonAndPlacesInOnePassageAreOne() {
        Match match = match(
                "text:falcon",
                TestItem.page(URL, "A falcon here.\nNo bird.\nA falcon there.\nA falcon, a falcon everywhere."));

        assertThat(match.reasons()).hasSize(3).extracting(Reason::start).isSorted();
        assertThat(match.fingerprints()).hasSize(3);
    }

    @Test
    void theSameWordsInTitleAndTextAreTwoReasonsOfOnePassage() {
        Match match = match(
                "falcon",
                TestItem.at(URL)
                        .title("The falcon rises")
                        .text("The falcon rises")
                        .build());

        assertThat(match.reasons()).extracting(Reason::field).containsExactlyInAnyOrder("title", "text");
        assertThat(match.fingerprints()).hasSize(1);
    }

    @Test
    void theSamePassageHasTheSameFingerprintOnEveryItemAndForEverySearch() {
        Item one = TestItem.page(URL, "Welcome!\nThe purple falcon rises.\nTea at five.");
        Item other = TestItem.page("https://mirror.example/", "Copied: stuff.\nThe PURPLE falcon rises!");

        assertThat(match("text:falcon", one).fingerprints())
                .isEqualTo(match("text:\"purple falcon\"", other).fingerprints());
    }

    @Test
    void aMatchOnNamesAloneHasTheWholeItemForItsPassage() {
        Item item = TestItem.at(URL).platform("forum").text("Tea at five.").build();
        Item other =
                TestItem.at(URL + "0").platform("forum").text("Tea at five.").build();

        Match match = match("platform:forum AND host:forum.example", item);

        assertThat(match.reasons())
                .hasSize(2)
                .extracting(Reason::clause)
                .containsExactlyInAnyOrder("platform:forum", "host:forum.example");
        assertThat(match.fingerprints()).hasSize(1);
        assertThat(match("platform:forum", other).fingerprints()).isNotEqualTo(match.fingerprints());
    }

    @Test
    void aMatchOnADateAloneHasAReason() {
        Item item = TestItem.at(URL).published("2026-11-05T12:00:00Z").build();

        assertThat(match("published_at:[2026-11-01 TO 2026-11-30]", item).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.clause()).contains("published_at"));
    }

    @Test
    void wordsAreAPassageAndNamesBesideThemAreNot() {
        Item item = TestItem.at(URL).platform("forum").text("The falcon rises").build();

        assertThat(match("text:falcon AND platform:forum", item).reasons())
                .extracting(Reason::field)
                .containsExactly("text");
    }

    @Test
    void aMatchInAMediaTitleIsAReasonWithoutAPlaceInTheText() {
        Item item = TestItem.at(URL)
                .shows(Media.Type.VIDEO, "https://video.example/1", "falcon song")
                .build();

        assertThat(match("media.title:falcon", item).reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.field()).isEqualTo("media.title");
            assertThat(reason.end()).isZero();
        });
    }

    @Test
    void aLongTextGivesNoMoreReasonsThanTheBound() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Matcher.MAX_REASONS + 30; i++) {
            lines.add("Falcon number " + i + ".");
        }

        assertThat(match("text:falcon", TestItem.page(URL, String.join("\n", lines)))
                        .reasons())
                .hasSize(Matcher.MAX_REASONS);
    }

    @Test
    void anExcerptIsShortAndCutsNoCharacterInTwo() {
        String birds = "🦅".repeat(200);

        for (int shift = 0; shift < 2; shift++) {
            String text = "x".repeat(shift) + birds + " falcon " + birds;
            String excerpt = match("text:falcon", TestItem.page(URL, text))
                    .reasons()
                    .get(0)
                    .excerpt();
            assertThat(excerpt)
                    .startsWith("… ")
                    .endsWith(" …")
                    .contains("⟦falcon⟧")
                    .hasSizeLessThan(280);
            assertThat(excerpt.codePoints().filter(codePoint -> Character.getType(codePoint) == Character.SURROGATE))
                    .isEmpty();
        }
    }

    @Test
    void aSearchThatCannotBeReadIsReportedAndTheOthersMatch() {
        Matcher matcher = new Matcher(TestSearch.set(
                3,
                TestSearch.approved("broken", "text:(falcon"),
                TestSearch.approved("good", "text:falcon"),
                TestSearch.approved("unknown-field", "colour:purple")));
        assertThat(matcher.unreadable())
                .extracting(Matching.Failure::search)
                .containsExactly("broken", "unknown-field");

        Matching matching = matcher.match(TestItem.page(URL, "A falcon."));
        assertThat(matching.revision()).isEqualTo(3);
        assertThat(matching.matches()).extracting(match -> match.search().id()).containsExactly("good");
        assertThat(matching.failures()).isEmpty();
    }

    @Test
    void severalSearchesMatchOneItemEachForItsOwnReasons() {
        SavedSearch falcon = TestSearch.approved("falcon", "text:falcon");
        SavedSearch flags = TestSearch.proposed("flags", "text:\"purple flags\"");
        SavedSearch absent = TestSearch.approved("absent", "text:eagle");
        Matcher matcher = new Matcher(TestSearch.set(1, falcon, flags, absent));
        List<Match> matches = matcher.match(TestItem.page(URL, "A falcon.\nBring purple flags."))
                .matches();

        assertThat(matches).extracting(Match::search).containsExactly(falcon, flags);
        assertThat(matches.get(0).reasons()).extracting(Reason::search).containsOnly("falcon");
        assertThat(matches.get(1).reasons()).singleElement().satisfies(reason -> assertThat(reason.clause())
                .isEqualTo("text:\"purple flags\""));
    }

    @Test
    void anItemWithADateBeyondAllClocksIsMatched() {
        Item item = TestItem.at(URL)
                .text("A falcon.")
                .published("+1000000000-12-31T23:59:59Z")
                .modified("-1000000000-01-01T00:00:00Z")
                .build();

        assertThat(match("text:falcon AND published_at:[2026-01-01 TO *]", item).reasons())
                .isNotEmpty();
    }

    @Test
    void aTextOfTheGreatestLengthIsMatched() {
        String text = String.join(" ", Collections.nCopies(Item.MAX_TEXT / 5, "word")) + " falcon";

        Reason reason = match("text:falcon", TestItem.page(URL, text)).reasons().get(0);

        assertThat(text.substring(reason.start(), reason.end())).isEqualTo("falcon");
    }

    @Test
    void oneMatcherServesManyThreads() throws Exception {
        Matcher matcher = new Matcher(TestSearch.set(1, TestSearch.approved("falcon", "text:falcon*")));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean falcon = i % 2 == 0;
                Item item = TestItem.page(URL + i, (falcon ? "falcon" : "eagle") + " number " + i);
                work.add(() -> matcher.match(item).matches().isEmpty() != falcon);
            }
            for (Future<Boolean> right : threads.invokeAll(work)) {
                assertThat(right.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Match match(String query, Item item) {
        Matcher matcher = new Matcher(TestSearch.set(1, TestSearch.approved("search", query)));
        Matching matching = matcher.match(item);
        assertThat(matching.failures()).isEmpty();
        assertThat(matching.matches()).hasSize(1);
        return matching.matches().get(0);
    }

    @Test
    void aPageOfOneWordOfTenMegabytesIsMatchedLikeAnyOther() {
        String letters = "ab".repeat(5_000_000);

        assertThat(foundInLarge(letters)).isEmpty();
        assertThat(foundInLarge(letters + " purple falcon")).containsExactly("fuzzy", "phrase", "wild", "word");
        assertThat(foundInLarge("a ".repeat(5_000_000) + ", purple falcon"))
                .containsExactly("fuzzy", "phrase", "wild", "word");
    }

    @Test
    void aPageOfTwoHundredThousandDistinctWordsIsMatchedLikeAnyOther() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append('w').append(i).append(' ');
        }

        assertThat(foundInLarge(text.toString())).isEmpty();
        assertThat(foundInLarge(text.append("purple falcon").toString()))
                .containsExactly("fuzzy", "phrase", "wild", "word");
    }

    @Test
    void aPageThatIsNothingButHitsGivesNoMoreReasonsThanAreKept() {
        Matching matching = large().match(TestItem.page("https://forum.example/", "purple falcon ".repeat(300_000)));

        assertThat(matching.failures()).isEmpty();
        assertThat(matching.matches()).hasSize(4).allSatisfy(match -> assertThat(match.reasons())
                .hasSizeBetween(1, Matcher.MAX_REASONS));
    }

    private static List<String> foundInLarge(String text) {
        Matching matching = large().match(TestItem.page("https://forum.example/", text));
        assertThat(matching.failures()).isEmpty();
        return matching.matches().stream().map(match -> match.search().id()).toList();
    }

    private static Matcher large() {
        return new Matcher(TestSearch.set(
                1,
                TestSearch.approved("word", "text:falcon"),
                TestSearch.approved("phrase", "\"purple falcon\""),
                TestSearch.approved("fuzzy", "text:falcoon~1 AND purple"),
                TestSearch.approved("wild", "text:*lcon"),
                TestSearch.approved("none", "text:/fal.*z/ OR gull*")));
    }

    /** Few changes go beside the large part, many bring all together again; either way it is as if all were read anew. */
    @Test
    void aMatcherThatFollowedManyChangesMatchesAsOneThatWasMadeOfTheLastSet() {
        Random random = new Random(20_261_125);
        Map<String, SavedSearch> searches = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            searches.put("search-" + i, anyOf(random, "search-" + i));
        }
        Matcher following = new Matcher(set(1, searches));
        for (int revision = 2; revision < 40; revision++) {
            int changes = revision % 10 == 0 ? 20 : 1 + random.nextInt(2);
            for (int change = 0; change < changes; change++) {
                String id = "search-" + random.nextInt(310);
                switch (random.nextInt(6)) {
                    case 0 -> searches.remove(id);
                    case 1 -> searches.put(id, TestSearch.approved(id, "text:(broken"));
                    default -> searches.put(id, anyOf(random, id));
                }
            }
            SearchSet set = set(revision, searches);
            following = following.next(set);
            Matcher fresh = new Matcher(set);

            assertThat(following.unreadable()).isEqualTo(fresh.unreadable());
            for (int word = 0; word < WORDS; word++) {
                Item item =
                        TestItem.page("https://forum.example/", "word" + word + " and word" + random.nextInt(WORDS));
                Matching matching = following.match(item);
                assertThat(matching).as("revision %d", revision).isEqualTo(fresh.match(item));
                assertThat(matching.matches()).isNotEmpty();
            }
            assertThat(following.takeCosts()).extracting(Cost::search).doesNotHaveDuplicates();
        }
    }

    private static final int WORDS = 12;

    private static SavedSearch anyOf(Random random, String id) {
        return TestSearch.approved(
                id,
                "text:word" + random.nextInt(WORDS)
                        + (random.nextBoolean() ? "" : " AND NOT text:word" + random.nextInt(WORDS)));
    }

    private static SearchSet set(long revision, Map<String, SavedSearch> searches) {
        return TestSearch.set(revision, searches.values().toArray(SavedSearch[]::new));
    }
}
