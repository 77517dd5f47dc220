package org.tidewatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disguised spellings are seen through; {@link EvasionTable} prints the whole measure. */
class FoldingTest {

    /** Look-alikes of several scripts in one word can be settled either way; a word of few letters is lost then. */
    private static final double LOOKALIKES_ALONE = 0.95;

    @ParameterizedTest
    @EnumSource(Evasion.class)
    void everyEvasionIsSeenThroughAlone(Evasion evasion) {
        List<EvasionCase> cases = EvasionCase.alone(EvasionTable.SEED, 5).stream()
                .filter(one -> one.evasions().equals(List.of(evasion)))
                .toList();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
        if (evasion.name().startsWith("LOOKALIKES")) {
            assertThat(share(cases)).isGreaterThanOrEqualTo(LOOKALIKES_ALONE);
        } else {
            assertThat(cases).allMatch(EvasionCase::isFound);
        }
    }

    @Test
    void pairsOfEvasionsAreSeenThroughButForOneInAHundred() {
        List<EvasionCase> cases = EvasionCase.pairs(EvasionTable.SEED);
        assertThat(cases).hasSizeGreaterThan(5_000);
        assertThat(share(cases)).isGreaterThanOrEqualTo(0.99);
    }

    private static double share(List<EvasionCase> cases) {
        return (double) cases.stream().filter(EvasionCase::isFound).count() / cases.size();
    }

    @ParameterizedTest
    @CsvSource({
        "falcon, the falcons rise",
        "falcon, a gyrfalcon rose",
        "falcon, f*lcon",
        "feel, the fel of it",
        "purple falcon, falcon purple",
        "purple falcon, purple and falcon"
    })
    void whatIsAnotherWordOrAnotherOrderIsNotFound(String source, String text) {
        assertThat(new EvasionCase(List.of(), source, text).isFound()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "feel, feeeeel",
        "falcon, f a l c o n",
        "falcon, saw a f a l c o n today",
        "b2b, b2b",
        "purple falcon rises, #PurpleFalconRises",
        "purple falcon, pur\u00adple fal\u200bcon",
        "şahin, SAHIN",
        "ışık, IŞIK"
    })
    void namedSpellingsAreFound(String source, String text) {
        assertThat(new EvasionCase(List.of(), source, text).isFound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"www", "XIII", "يظننن", "1990s", "co-op", "U.S.", "a b testing"})
    void whatIsWrittenAsItIsMeantIsNoEvidenceOfADisguise(String text) {
        assertThat(Folding.fold(text)).doesNotContain("~");
    }

    @Test
    void offsetsLeadBackToTheOriginalCharacters() {
        Map<Fold, Integer> seen = new EnumMap<>(Fold.class);
        for (EvasionCase one : EvasionCase.alone(EvasionTable.SEED, 1)) {
            for (FoldedToken token : Folding.tokens(one.text())) {
                assertThat(token.start()).isBetween(0, token.end() - 1);
                assertThat(token.end()).isLessThanOrEqualTo(one.text().length());
                assertThat(splitsAPair(one.text(), token.start())).isFalse();
                assertThat(splitsAPair(one.text(), token.end())).isFalse();
                token.folds().forEach(fold -> seen.merge(fold, 1, Integer::sum));
            }
        }
        assertThat(seen)
                .containsKeys(Fold.FORM, Fold.CASE, Fold.MARKS, Fold.LOOKALIKES, Fold.INVISIBLE, Fold.ARABIC)
                .containsKeys(Fold.ENTITIES, Fold.HYPHENATION, Fold.LEET, Fold.REPEATS, Fold.SPACED);
    }

    private static boolean splitsAPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }

    @Test
    void whatIsFoldedAlreadyStaysAsItIs() {
        String folded = Folding.fold("The purple falcon rises over the harbour at dawn");
        assertThat(Folding.fold(folded)).isEqualTo(folded);
    }

    @Test
    void aWordOfAMillionLettersIsSplit() {
        assertThat(Folding.tokens("ab".repeat(500_000))).hasSizeGreaterThan(1_000);
    }
}
