package org.tidewatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.TestSearch;

/** What the live matcher says of disguised words. */
class FoldedMatchTest {

    private static final String URL = "https://forum.example/t/1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text:falcon                | A f\u0430lcon here.           | f\u0430lcon           | lookalikes",
                "text:falcon                | A f\u200Bal\u00ADcon here.   | f\u200Bal\u00ADcon    | invisible",
                "text:falcon                | A f4lc0n here.               | f4lc0n                | leet",
                "text:falcon                | A faaalcon here.             | faaalcon              | repeats",
                "text:falcon                | This f.a.l.c.o.n flies.      | f.a.l.c.o.n           | spaced",
                "text:falcon                | uoɔlɐɟ                       | uoɔlɐɟ                | turned",
                "text:falcon                | A f&#97;lcon here.           | f&#97;lcon            | entities",
                "text:\"purple falcon\"     | Join #PurpleFalcon today.    | PurpleFalcon          | case joined",
                "text:\"purple falcon\"     | Join purple f@lcon today.    | purple f@lcon         | leet",
                "text:\"purple falcon\"     | ｐｕｒｐｌｅ, f\u0430lcon!   | ｐｕｒｐｌｅ, f\u0430lcon | form lookalikes",
                "text:صقر                   | هذا صـقر                     | صـقر                  | invisible",
                "text:falc*                 | The f4lc0ns rise.            | f4lc0ns               | leet"
            })
    void aMatchNamesTheFoldsItNeededAndShowsTheOriginalCharacters(
            String query, String text, String matched, String folds) {
        Reason reason = reason(TestSearch.approved("search", query), text);

        assertThat(String.join(" ", reason.folds())).isEqualTo(folds);
        assertThat(text.substring(reason.start(), reason.end())).isEqualTo(matched);
        assertThat(reason.excerpt()).contains("⟦" + matched + "⟧");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text:falcon            | A FALCON.",
                "text:\"purple falcon\" | Purple, falcon",
                "text:falc*             | falcons"
            })
    void whatTheExactFormFindsTooNeededNoFold(String query, String text) {
        assertThat(reason(TestSearch.approved("search", query), text).folds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text:falcon            | A f\u0430lcon.",
                "text:falcon            | f a l c o n",
                "text:resistance        | résistance",
                "text:\"purple falcon\" | #PurpleFalcon",
                "text:falc*             | f4lcons"
            })
    void theExactFormSeesThroughNothing(String query, String text) {
        Matcher matcher =
                new Matcher(TestSearch.set(1, TestSearch.exact("exact", query), TestSearch.approved("folded", query)));

        assertThat(matcher.match(TestItem.page(URL, text)).matches())
                .extracting(match -> match.search().id())
                .containsExactly("folded");
    }

    @Test
    void neitherPartsNorPluralsAreTheWord() {
        Matcher matcher = new Matcher(TestSearch.set(
                1, TestSearch.approved("word", "text:falcon"), TestSearch.approved("part", "text:*falcon*")));

        for (String text : List.of("falcons", "a gyrfalcon", "f4lc0ns", "gyrf\u0430lcon", "f a l c o n s")) {
            assertThat(matcher.match(TestItem.page(URL, text)).matches())
                    .as(text)
                    .extracting(match -> match.search().id())
                    .containsExactly("part");
        }
    }

    private static Reason reason(SavedSearch search, String text) {
        Item item = TestItem.page(URL, text);
        Matching matching = new Matcher(TestSearch.set(1, search)).match(item);
        assertThat(matching.failures()).isEmpty();
        assertThat(matching.matches()).hasSize(1);
        return matching.matches().get(0).reasons().get(0);
    }
}
