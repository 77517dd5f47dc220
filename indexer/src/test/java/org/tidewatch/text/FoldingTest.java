package org.tidewatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disguised spellings are seen through; {@link EvasionTable} prints the whole measure. */
class FoldingTest {

    /** Some look-alikes in a word of few letters can be settled either way. */
    private static final double LOOKALIKES_ALONE = 0.99;

    private static final Map<Evasion, List<EvasionCase>> ALONE = EvasionCase.alone(EvasionTable.SEED, 5).stream()
            .collect(Collectors.groupingBy(one -> one.evasions().get(0)));

    @ParameterizedTest
    @EnumSource(Evasion.class)
    void everyEvasionIsSeenThroughAlone(Evasion evasion) {
        List<EvasionCase> cases = ALONE.getOrDefault(evasion, List.of());
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

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "full-width           | falcon     | ｆａｌｃｏｎ                    | form",
                "mathematical         | falcon     | 𝐟𝒂𝓵𝔠𝕠𝚗                          | form",
                "circled              | falcon     | ⓕⓐⓛⓒⓞⓝ                          | form",
                "black circled        | falcon     | 🅕🅐🅛🅒🅞🅝                          | form",
                "squared              | falcon     | 🄵🄰🄻🄲🄾🄽                          | form case",
                "regional             | falcon     | 🇫🇦🇱🇨🇴🇳                          | form",
                "ligature             | office     | oﬃce                            | form",
                "case                 | falcon     | FaLcoN                          | case",
                "Turkish capital of ı | ışık       | IŞIK                            | case marks",
                "Turkish capital of i | inci       | İNCİ                            | case marks",
                "Turkish without dots | istanbul   | ıstanbul                        | marks",
                "Cyrillic in Latin    | falcon     | f\u0430l\u0441\u043En           | lookalikes",
                "wholly Cyrillic      | cap        | \u0441\u0430\u0440              | lookalikes",
                "Latin in Cyrillic    | сокол      | c\u043E\u043Ao\u043B            | lookalikes",
                "Greek in Cyrillic    | сокол      | \u0441\u03BF\u043Aο\u043B       | lookalikes",
                "Latin in Greek       | γεράκι     | γερ\u0301ak\u03B9               | marks lookalikes",
                "Cyrillic in Greek    | γεράκι     | γ\u03B5\u0440ά\u043Aι           | marks lookalikes",
                "Cherokee, Lisu       | falcon     | fa\uA4E1\uA4DAon                | lookalikes",
                "small capitals       | falcon     | ꜰᴀʟᴄᴏɴ                          | lookalikes",
                "zero width           | falcon     | f\u200Bal\u2060co\uFEFFn        | invisible",
                "bidi                 | falcon     | f\u202Eal\u2066co\u2069n        | invisible",
                "variation            | falcon     | f\uFE0Fal\uFE00con              | invisible",
                "tags                 | falcon     | f\uDB40\uDC61alcon              | invisible",
                "soft hyphen          | falcon     | fal\u00ADcon                    | invisible",
                "combining mark       | falcon     | f\u0332alc\u0336on              | marks",
                "zalgo                | falcon     | f\u0301\u0316\u0334\u0342al\u035C\u0360con | marks",
                "accents added        | falcon     | fàlçõn                          | marks",
                "accents stripped     | résistance | resistance                      | ''",
                "tatweel              | صقر        | صـــقر                          | invisible",
                "harakat              | صقر        | صَقْرٌ                             | marks",
                "presentation forms   | صقر        | \uFEBB\uFED8\uFEAE              | arabic",
                "hamza carriers       | أهلا       | اهلا                            | ''",
                "alef variants        | اهلا       | إهلآ                            | arabic",
                "Persian letters      | كتابي      | کتابی                           | arabic",
                "Urdu letters         | جبهه       | جبہہ                            | arabic",
                "Arabic digits        | ١٩٨٤       | 1984                            | ''",
                "Persian digits       | 1984       | ۱۹۸۴                            | arabic",
                "entity by name       | résistance | r&eacute;sistance               | marks entities",
                "entity by number     | falcon     | f&#97;lc&#x6F;n                 | entities",
                "entity twice         | falcon     | f&amp;#97;lcon                  | entities",
                "broken line          | falcon     | fal-⏎con                        | hyphenation",
                "broken line, indent  | falcon     | fal-⏎  con                      | hyphenation",
                "upside down          | falcon     | uoɔlɐɟ                          | turned",
                "digits               | falcon     | f4lc0n                          | leet",
                "symbols              | falcon     | f@l<on                          | leet",
                "repeats              | falcon     | faaalconnn                      | repeats",
                "repeats, honest two  | feel       | feeeel                          | repeats",
                "spaced               | falcon     | f a l c o n                     | spaced",
                "dotted               | falcon     | f.a.l.c.o.n                     | spaced",
                "dashed               | falcon     | f-a-l-c-o-n                     | spaced",
                "slashed              | falcon     | f/a/l/c/o/n                     | spaced",
                "starred              | falcon     | f*a*l*c*o*n                     | spaced",
                "underscored          | falcon     | f_a_l_c_o_n                     | spaced",
                "split by emoji       | falcon     | f🔥a🦅l🔥c❤️o⭐n                    | spaced",
                "several at once      | falcon     | ｆ4l\u200B\u04410n                 | form lookalikes invisible leet"
            })
    void everyFoldIsSeenThroughNamedAndLeadsBackToWhatStands(String kind, String source, String written, String folds) {
        String disguised = written.replace('⏎', '\n');
        String text = "They say “" + disguised + "” twice";
        FoldedWord wanted = Folding.phrase(source).words().get(0);

        FoldedToken token = Folding.tokens(text).stream()
                .filter(one -> one.word().equals(wanted.plain()) || one.word().equals(wanted.risky()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + " is not in " + Folding.tokens(text)));

        assertThat(text.substring(token.start(), token.end())).isEqualTo(disguised);
        assertThat(token.folds()).isEqualTo(folds(folds));
    }

    private static Set<Fold> folds(String names) {
        return Arrays.stream(names.split(" ", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> Fold.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fold.class)));
    }

    @ParameterizedTest
    @CsvSource({
        "falcon, the falcons rise",
        "falcon, a gyrfalcon rose",
        "falcon, FALC0NS rise",
        "falcon, f a l c o n s",
        "falcon, f*lcon",
        "falcon, flacon",
        "falcon, flcn",
        "falcon, fal con",
        "falcon, fal-con",
        "feel, the fel of it",
        "purple falcon, falcon purple",
        "purple falcon, purple and falcon",
        "purple falcon, purplefalcons",
        "сокол, соколы",
        "صقر, والصقر"
    })
    void whatIsAnotherWordOrAnotherOrderIsNotFound(String source, String text) {
        assertThat(Found.in(source, text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "falcon*  | falcons",
                "falcon*  | F4LC0NS",
                "*falcon  | gyrfalcon",
                "*falcon  | gyrf\u0430lcon",
                "f?lcon   | fulcon",
                "fal*     | FALCONS",
            })
    void aWildcardFindsWhatTheWordAloneDoesNot(String pattern, String text) {
        String word = Folding.tokens(text).get(0).word();
        assertThat(Folding.patterns(pattern))
                .anyMatch(one -> word.matches(one.replace("*", ".*").replace('?', '.')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "   ",
                "\n",
                "\r\n\r\n",
                "\t",
                "\u00A0",
                ", ",
                ". ",
                " – ",
                "/",
                "-",
                " - ",
                "_",
                "…",
                ": “",
                "\u200B",
                "🔥",
                ""
            })
    void theWordsOfAPhraseMayHaveAnySeparatorOrNone(String separator) {
        assertThat(Found.in("purple falcon front", "purple" + separator + "falcon" + separator + "front"))
                .isTrue();
        assertThat(Found.in("فرقة الصقر", "فرقة" + separator + "الصقر")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "purple falcon rises, #PurpleFalconRises",
        "purple falcon rises, #purple_falcon_rises",
        "purple falcon rises, purplefalcon rises",
        "purple falcon rises, PURPLE FALCONRISES",
        "purple falcon, p u r p l e   f a l c o n",
        "purple falcon, pur\u00adple fal\u200bcon",
        "falcon, saw a f a l c o n today",
        "falcon, a f.a.l.c.o.n.",
        "army, the 4rmy",
        "شاهين, شاهيننن",
        "b2b, b2b",
        "x ray, x-ray"
    })
    void phrasesAndWordsAreFoundAmongOthers(String source, String text) {
        assertThat(Found.in(source, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ışık, IŞIK",
        "ışık, ışık",
        "ışık, isik",
        "ışık, İşık",
        "inci, İNCİ",
        "inci, INCI",
        "inci, i\u0307nci",
        "şahin, SAHIN",
        "İstanbul, istanbul",
        "İstanbul, ISTANBUL",
        "Istanbul, İSTANBUL",
        "istanbul, ıstanbul"
    })
    void turkishDottedAndDotlessIAreOneLetter(String source, String text) {
        assertThat(Found.in(source, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "größe, groß\u00ADe",
        "größe, gro\u202Aße",
        "straße, stra\u200Bße",
        "æther, æ\u00ADther",
        "office, of\u00ADﬁce",
    })
    void aLetterThatBecomesTwoMayHaveOneThatDoesNotShowBesideIt(String source, String text) {
        assertThat(Found.in(source, text)).isTrue();
        assertThat(Folding.fold(text)).matches("[a-z~]+");
    }

    @ParameterizedTest
    @CsvSource({
        "φάρος, φάρ\u05E1\u2C8B",
        "φάρος, \u2CE1άροσ",
        "φάρος, ΦΆ\u0440\u041Eς",
        "μωβ, Mωß",
        "μωβ, μ\uA7B7ß",
        "νερό, v\u0435þ\u03CC",
        "γεράκι, γ\uAB9Bράκi",
        "γεράκι, \u0443\u0454\u0440άκ\u0456",
        "маяк, ᴍa\u1D19\u2C95",
        "маяк, \u2C99aя\u2C95",
        "сокол, \u0441\u03BF\u03BA\u043E\u03BB",
        "сокол, \u0441\u03C3\u043A\u03BF\u043B",
        "гавань, г\u03B1в\u03B1\u0397ь",
        "фронт, ф\u0440\u03BF\u0397\u03C4",
        "meeting, мҽeтi\u043F\u0581",
        "kilometre, к\u0456\u04CFoм\u04BDτre",
        "army, aгm\u04AF",
        "falcon, uo\u0254\uA4F2\u0250\u025F",
    })
    void lookalikesMeanWhatTheRestOfTheWordMakesOfThem(String source, String text) {
        assertThat(Found.in(source, "one " + text + " two")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XIII",
                "viii",
                "www",
                "4th",
                "3rd",
                "2026",
                "B2",
                "e.g. this",
                "U.N.",
                "the cooperation",
                "تهيئي",
                "يؤووا",
                "يظننن",
                "1990s",
                "100k",
                "covid19",
                "co-op",
                "a b testing",
                "MCCCXXXIII",
                "größeres",
                "d’accord",
                "şahin",
                "сокол",
                "γεράκι",
                "日本",
                "a I"
            })
    void whatIsWrittenAsItIsMeantIsNotMarked(String text) {
        assertThat(Folding.fold(text)).doesNotContain("~");
    }

    @ParameterizedTest
    @CsvSource({"cat, c4t", "boy, b0y", "bob, b.o.b", "sell, selllll", "cat, c\u0430t"})
    void evidenceMarksAWordAndAQueryIsNeverMarked(String source, String text) {
        assertThat(Folding.fold(text)).startsWith("~");
        assertThat(Folding.phrase(text).words().get(0).plain()).doesNotContain("~");
        assertThat(Found.in(source, text)).isTrue();
    }

    @Test
    void riskyFoldsMakeNoTwoHonestWordsOne() {
        assertThat(Found.in("bale", "bail")).isFalse();
        assertThat(Found.in("file", "fiie")).isFalse();
        assertThat(Found.in("bet", "beet")).isFalse();
        assertThat(Found.in("oo7", "007")).isFalse();
    }

    @Test
    void offsetsNeverSplitACharacterAndStayInTheText() {
        for (EvasionCase one : EvasionCase.alone(EvasionTable.SEED, 1)) {
            for (FoldedToken token : Folding.tokens(one.text())) {
                assertThat(token.start()).isBetween(0, token.end() - 1);
                assertThat(token.end()).isLessThanOrEqualTo(one.text().length());
                assertThat(splitsAPair(one.text(), token.start())).isFalse();
                assertThat(splitsAPair(one.text(), token.end())).isFalse();
            }
        }
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
    void aWordOfTenMillionLettersIsCutAndEveryLetterIsInAToken() {
        String text = "ab".repeat(5_000_000);
        List<FoldedToken> tokens = Folding.tokens(text);
        assertThat(tokens).hasSize((text.length() + Letters.MOST - 1) / Letters.MOST);
        assertThat(tokens.get(tokens.size() - 1).end()).isEqualTo(text.length());
    }
}
