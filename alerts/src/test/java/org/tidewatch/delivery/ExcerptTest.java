package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidewatch.match.Reason;

class ExcerptTest {

    @Test
    void theMatchStandsApartFromTheWordsAroundIt() {
        assertThat(excerpt("They call it the ", "purple falcon", " at noon."))
                .isEqualTo(new Excerpt("They call it the ", "purple falcon", " at noon."));
    }

    @Test
    void aMatchWithinAnAddressIsMarkedWithTheWholeAddress() {
        assertThat(excerpt("go to http://", "evil", ".example/x now"))
                .isEqualTo(new Excerpt("go to ", "hxxp://evil[.]example/x", " now"));
        assertThat(excerpt("ht", "tp", "://evil.example")).isEqualTo(new Excerpt("", "hxxp://evil[.]example", ""));
    }

    @Test
    void bracketsOfThePageAreNotTakenForTheMatch() {
        assertThat(excerpt("a ⟦b⟧ ", "falcon", " c ⟦falcon⟧"))
                .isEqualTo(new Excerpt("a ⟦b⟧ ", "falcon", " c ⟦falcon⟧"));
    }

    @Test
    void withoutOffsetsAllOfItIsShownUnmarked() {
        Reason reason = new Reason("s", "host:x", "host", "host:evil.example", 0, 0, List.of(), "f");
        assertThat(Excerpt.of(reason)).isEqualTo(new Excerpt("host:evil[.]example", "", ""));
    }

    @Test
    void aHugeMatchIsCut() {
        assertThat(excerpt("a ", "b ".repeat(100_000) + "c", " d").match().length())
                .isBetween(350, 450);
    }

    @Test
    void whereverTheMatchBeginsAndEndsThePiecesTogetherAreNoLink() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String before = HarmlessTest.hostile(random, random.nextInt(5));
            String match = HarmlessTest.hostile(random, 1 + random.nextInt(4));
            String after = HarmlessTest.hostile(random, random.nextInt(5));
            Excerpt excerpt = excerpt(before, match, after);
            assertThat(Links.first(excerpt.before() + excerpt.match() + excerpt.after()))
                    .as("of <%s|%s|%s>", before, match, after)
                    .isEmpty();
        }
    }

    private static Excerpt excerpt(String before, String match, String after) {
        return Excerpt.of(SampleAlert.named("x")
                .reason("s", "c", before, match, after)
                .build()
                .reasons()
                .get(0));
    }
}
