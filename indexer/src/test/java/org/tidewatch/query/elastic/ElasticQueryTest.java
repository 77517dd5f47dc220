package org.tidewatch.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Json;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question;
import org.tidewatch.text.FoldedWord;
import org.tidewatch.text.Folding;

class ElasticQueryTest {

    private static final Now NOW = new Now(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    /** Above the 1,024 and 50 terms at which rewrites stop that stop early. */
    private static final int SPELLINGS = 3_000;

    @Test
    void findsAllOfThreeThousandSpellingsOfAWord() throws IOException {
        Set<String> spellings = new LinkedHashSet<>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                for (int at = 1; at < "falcon".length(); at++) {
                    spellings.add("falcon".substring(0, at) + a + b + "falcon".substring(at));
                }
            }
        }
        List<ObjectNode> documents = spellings.stream()
                .limit(SPELLINGS)
                .map(spelling -> document("body", spelling).put("code", spelling))
                .toList();
        assertThat(documents).hasSize(SPELLINGS);

        try (AgreementIndex index = AgreementIndex.of(documents)) {
            for (String field : List.of("body", "code")) {
                for (Clause clause : List.of(
                        new Clause.Prefix(field, "f"),
                        new Clause.Wildcard(field, "f*n"),
                        new Clause.Wildcard(field, "*n"),
                        new Clause.Regexp(field, "f.+n"),
                        new Clause.Fuzzy(field, "falcon", 2),
                        new Clause.Between(field, Optional.of("f"), true, Optional.of("g"), true))) {
                    for (Question.Form form : Question.Form.values()) {
                        Query query = ElasticQuery.of(clause, AgreementIndex.FIELDS, form, NOW);

                        assertThat(index.find(query).found().cardinality())
                                .as(clause.toString())
                                .isEqualTo(SPELLINGS);
                    }
                }
            }
        }
    }

    @Test
    void noPhraseReachesFromOneValueIntoTheNext() throws IOException {
        ObjectNode document = document("title", "one");
        document.putArray("body").add("purple falcon").add("front rises");

        try (AgreementIndex index = AgreementIndex.of(List.of(document))) {
            assertThat(finds(index, words("purple falcon"))).isTrue();
            assertThat(finds(index, words("falcon front"))).isFalse();
            assertThat(finds(index, words("purplefalcon"))).isFalse();
            assertThat(finds(index, sloppy("falcon front", 99))).isFalse();
            assertThat(finds(index, sloppy("falcon front", 100))).isTrue();
        }
    }

    @Test
    void aSlopCountsMovesAsPhraseQueryDoes() throws IOException {
        try (AgreementIndex index = AgreementIndex.of(List.of(document("body", "purple falcon front rises")))) {
            assertThat(finds(index, sloppy("falcon purple", 1))).isFalse();
            assertThat(finds(index, sloppy("falcon purple", 2))).isTrue();
            assertThat(finds(index, sloppy("purple rises", 1))).isFalse();
            assertThat(finds(index, sloppy("purple rises", 2))).isTrue();
            assertThat(finds(index, sloppy("rises falcon purple", 4))).isFalse();
            assertThat(finds(index, sloppy("rises falcon purple", 5))).isTrue();
        }
    }

    @Test
    void aPhraseOfOneWordTwiceWantsItTwice() throws IOException {
        try (AgreementIndex index =
                AgreementIndex.of(List.of(document("body", "falcon front"), document("body", "falcon falcon front")))) {
            assertThat(index.find(exact(words("falcon falcon"))).found()).isEqualTo(numbers(1));
            assertThat(index.find(folded(words("falcon falcon"))).found()).isEqualTo(numbers(1));
        }
    }

    @Test
    void aTokenBeyondTheLongestIsFoundByItsPieces() throws IOException {
        String first = "a".repeat(255);
        try (AgreementIndex index = AgreementIndex.of(List.of(document("body", first + "bcd")))) {
            assertThat(finds(index, new Clause.Words("body", first, List.of(first), 0)))
                    .isTrue();
            assertThat(finds(index, new Clause.Words("body", "bcd", List.of("bcd"), 0)))
                    .isTrue();
            assertThat(finds(index, new Clause.Words("body", first + "bcd", List.of(first, "bcd"), 0)))
                    .isTrue();
            assertThat(finds(index, new Clause.Words("body", first + "bcd", List.of(first + "bcd"), 0)))
                    .isFalse();
        }
    }

    @Test
    void aValueLongerThanIgnoreAboveIsNeitherFoundNorThere() throws IOException {
        try (AgreementIndex index = AgreementIndex.of(
                List.of(document("code", "ten-ten-10"), document("code", "eleven-long"), document("code", "")))) {
            assertThat(index.find(exact(new Clause.Value("code", "ten-ten-10"))).found())
                    .isEqualTo(numbers(0));
            assertThat(index.find(exact(new Clause.Value("code", "eleven-long")))
                            .found())
                    .isEqualTo(numbers());
            assertThat(index.find(exact(new Clause.Prefix("code", "e"))).found())
                    .isEqualTo(numbers());
            assertThat(index.find(exact(new Clause.Exists("code"))).found()).isEqualTo(numbers(0, 2));
            assertThat(index.find(exact(new Clause.Value("code", ""))).found()).isEqualTo(numbers(2));
        }
    }

    @Test
    void longsBeyondTheExactRangeOfADoubleStayExact() throws IOException {
        List<ObjectNode> documents = new ArrayList<>();
        for (long count : new long[] {9_007_199_254_740_992L, 9_007_199_254_740_993L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            documents.add(Json.MAPPER.createObjectNode().put("count", count));
        }
        BigInteger odd = BigInteger.valueOf(9_007_199_254_740_993L);
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            assertThat(index.find(exact(new Clause.Integers("count", odd, odd))).found())
                    .isEqualTo(numbers(1));
            assertThat(index.find(exact(new Clause.Integers("count", odd, Clause.Integers.MOST.add(BigInteger.TEN))))
                            .found())
                    .isEqualTo(numbers(1, 2));
            assertThat(index.find(exact(new Clause.Integers("count", Clause.Integers.LEAST, Clause.Integers.MOST)))
                            .found())
                    .isEqualTo(numbers(0, 1, 2, 3));
            assertThat(index.find(exact(new Clause.Integers(
                                    "count",
                                    Clause.Integers.MOST.add(BigInteger.ONE),
                                    Clause.Integers.MOST.add(BigInteger.TEN))))
                            .found())
                    .isEqualTo(numbers());
        }
    }

    @Test
    void decimalsKeepTheirInfinitiesAndTheSignOfZero() throws IOException {
        List<ObjectNode> documents = new ArrayList<>();
        for (double score : new double[] {-0.0, 0.0, 0.5, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE}) {
            documents.add(Json.MAPPER.createObjectNode().put("score", score));
        }
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            assertThat(index.find(exact(new Clause.Decimals("score", 0.0, 0.5))).found())
                    .isEqualTo(numbers(1, 2, 5));
            assertThat(index.find(exact(new Clause.Decimals("score", -0.0, 0.0)))
                            .found())
                    .isEqualTo(numbers(0, 1));
            assertThat(index.find(exact(new Clause.Decimals("score", 0.5, Double.POSITIVE_INFINITY)))
                            .found())
                    .isEqualTo(numbers(2, 3));
            assertThat(index.find(exact(
                                    new Clause.Decimals("score", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)))
                            .found())
                    .isEqualTo(numbers(0, 1, 2, 3, 4, 5));
        }
    }

    @Test
    void addressesOfBothVersionsStandInOneOrder() throws IOException {
        List<ObjectNode> documents = List.of(
                document("address", "192.0.2.7"),
                document("address", "::ffff:192.0.2.8"),
                document("address", "2001:db8::5"),
                document("address", "::1"));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            assertThat(index.find(exact(new Clause.Addresses(
                                    "address", "00000000000000000000ffffc0000200", "00000000000000000000ffffc00002ff")))
                            .found())
                    .isEqualTo(numbers(0, 1));
            assertThat(index.find(exact(new Clause.Addresses("address", "0".repeat(32), "f".repeat(32))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2, 3));
            assertThat(index.find(exact(new Clause.Addresses("address", "0".repeat(31) + "1", "0".repeat(31) + "1")))
                            .found())
                    .isEqualTo(numbers(3));
        }
    }

    @Test
    void datesAreInstantsAndNowIsTheClockThatIsGiven() throws IOException {
        List<ObjectNode> documents = List.of(
                document("seen", "2026-11-23T23:30:00Z"),
                document("seen", "2026-11-24T09:59:59.999Z"),
                document("seen", "2026-11-24T10:00:00.001Z"),
                document("seen", "1969-12-31T23:59:59.999Z"));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            Clause untilNow = new Clause.Dates("seen", Optional.empty(), Optional.of(new DateBound("now", true, 0)));
            assertThat(index.find(exact(untilNow)).found()).isEqualTo(numbers(0, 1, 3));

            Clause thisDay = day("2026-11-24");
            assertThat(index.find(exact(thisDay)).found()).isEqualTo(numbers(1, 2));
            Query inAnotherZone = ElasticQuery.of(
                    thisDay,
                    AgreementIndex.FIELDS,
                    Question.Form.EXACT,
                    new Now(NOW.instant(), ZoneId.of("Europe/Athens")));
            assertThat(index.find(inAnotherZone).found()).isEqualTo(numbers(0, 1, 2));
            assertThat(inAnotherZone.toString()).doesNotContain("now");

            assertThat(index.find(exact(day("1969-12-31"))).found()).isEqualTo(numbers(3));
        }
    }

    @Test
    void theFoldedFormFindsEveryReadingInEitherForm() throws IOException {
        List<ObjectNode> documents = new ArrayList<>();
        FoldedWord purple = Folding.phrase("purple").words().get(0);
        FoldedWord falcon = Folding.phrase("falcon").words().get(0);
        FoldedWord joined = FoldedWord.joined(List.of(purple, falcon));
        for (String stream : List.of(
                purple.plain() + " " + falcon.plain(),
                purple.risky() + " " + falcon.plain(),
                purple.plain() + " " + falcon.risky(),
                joined.plain(),
                joined.risky(),
                falcon.plain() + " " + purple.plain(),
                purple.plain() + " big " + falcon.plain(),
                purple.plain() + " " + falcon.plain() + "s")) {
            ObjectNode document = Json.MAPPER.createObjectNode();
            document.put("body", "nothing").put("body_folded", stream);
            documents.add(document);
        }
        try (AgreementIndex index = AgreementIndex.ofTwins(documents)) {
            assertThat(index.find(folded(words("Purple, Falcon"))).found()).isEqualTo(numbers(0, 1, 2, 3, 4));
            assertThat(index.find(exact(words("Purple, Falcon"))).found()).isEqualTo(numbers());
            assertThat(index.find(folded(new Clause.Prefix("body", "FalCo"))).found())
                    .isEqualTo(numbers(0, 1, 2, 5, 6, 7));
            assertThat(index.find(folded(new Clause.Wildcard("body", "*lcon"))).found())
                    .isEqualTo(numbers(0, 1, 2, 3, 4, 5, 6));
            assertThat(index.find(folded(sloppy("purple falcon", 1))).found()).isEqualTo(numbers());
        }
    }

    @Test
    void everyRiskyTrickIsSeenThroughInTheFoldedFormOnly() throws IOException {
        List<ObjectNode> documents = new ArrayList<>();
        for (String trick : List.of(
                "f4lc0n",
                "faaalcon",
                "f a l c o n",
                "f.a.l.c.o.n",
                "f-a-l-c-o-n",
                "f/a/l/c/o/n",
                "f*a*l*c*o*n",
                "f 🦅 a 🦅 l 🦅 c 🦅 o 🦅 n")) {
            documents.add(document("body", "The purple " + trick + " rises."));
        }
        documents.add(document("body", "The purple falcons rise."));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            BitSet tricks = numbers(IntStream.range(0, documents.size() - 1).toArray());

            assertThat(index.find(folded(words("falcon"))).found()).isEqualTo(tricks);
            assertThat(index.find(folded(words("purple falcon rises"))).found()).isEqualTo(tricks);
            assertThat(index.find(exact(words("falcon"))).found()).isEqualTo(numbers());
        }
    }

    @Test
    void aTextFieldWithoutATwinIsComparedExactly() throws IOException {
        try (AgreementIndex index =
                AgreementIndex.of(List.of(document("note", "fa\u200Blcon"), document("note", "falcon")))) {
            Clause clause = new Clause.Words("note", "falcon", List.of("falcon"), 0);

            assertThat(index.find(folded(clause)).found())
                    .isEqualTo(index.find(exact(clause)).found());
        }
    }

    @Test
    void whatIsDeniedIsDeniedHoweverDeepItStands() throws IOException {
        Clause a = words("a");
        Clause b = words("b");
        List<ObjectNode> documents = List.of(
                document("body", "none"), document("body", "a"), document("body", "b"), document("body", "a b"));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            assertThat(index.find(exact(new Clause.Not(a))).found()).isEqualTo(numbers(0, 2));
            assertThat(index.find(exact(new Clause.Not(new Clause.All(List.of(a, b)))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2));
            assertThat(index.find(exact(new Clause.Not(new Clause.Any(List.of(a, new Clause.Not(b))))))
                            .found())
                    .isEqualTo(numbers(2));
            assertThat(index.find(exact(new Clause.Any(List.of(new Clause.Not(a), new Clause.Everything()))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2, 3));
            assertThat(index.find(exact(new Clause.All(List.of(a, new Clause.Not(new Clause.Nothing())))))
                            .found())
                    .isEqualTo(numbers(1, 3));
            assertThat(index.find(exact(new Clause.All(List.of(a, new Clause.Nothing()))))
                            .found())
                    .isEqualTo(numbers());
        }
    }

    @Test
    void aThousandFoldedClausesAreFewForTheServer() throws IOException {
        List<Clause> leaves = IntStream.range(0, 1_000)
                .mapToObj(i -> {
                    String field = AgreementIndex.DEFAULTS.get(i % AgreementIndex.DEFAULTS.size());
                    String word = "word" + i / AgreementIndex.DEFAULTS.size();
                    return field.equals("author.handle")
                            ? (Clause) new Clause.Value(field, word)
                            : new Clause.Words(field, word, List.of(word), 0);
                })
                .toList();
        Query query = folded(new Clause.Any(leaves));
        Query denied = folded(new Clause.All(List.of(words("harbour"), new Clause.Not(new Clause.Any(leaves)))));

        assertThat(ElasticQuery.clauses(query)).isEqualTo(7);
        try (AgreementIndex index = AgreementIndex.of(List.of(
                document("body", "word7 harbour"), document("title", "word9999").put("body", "harbour")))) {
            assertThat(index.find(query).found()).isEqualTo(numbers(0));
            assertThat(index.find(denied).found()).isEqualTo(numbers(1));
        }
    }

    @Test
    void prefixesOfOneFieldAreOneClauseWhateverTheyHoldOfSigns() throws IOException {
        List<String> signs = List.of(
                "a.*",
                "b|c",
                "d\\",
                "e\"",
                "f@#&<1-9>~()[]{}^$",
                "🦅🟣",
                "g\n",
                " h",
                "i".repeat(900),
                "ж".repeat(450));
        List<Clause> prefixes = signs.stream()
                .map(sign -> (Clause) new Clause.Prefix("tags", sign))
                .toList();
        List<ObjectNode> documents = new ArrayList<>();
        signs.forEach(sign -> documents.add(document("tags", sign + "end")));
        documents.add(document("tags", "abc"));
        documents.add(document("tags", "i".repeat(899) + "j"));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            Query query = exact(new Clause.Any(prefixes));

            assertThat(index.find(query).found())
                    .isEqualTo(numbers(IntStream.range(0, signs.size()).toArray()));
            assertThat(ElasticQuery.clauses(query)).isEqualTo(2);
        }
    }

    @Test
    void aHundredBeginningsAreAFewClauses() throws IOException {
        List<Clause> prefixes = IntStream.range(0, 100)
                .mapToObj(i -> (Clause) new Clause.Prefix("body", "beginning" + i + "x"))
                .toList();
        Query query = folded(new Clause.Any(prefixes));

        assertThat(ElasticQuery.clauses(query)).isLessThan(10);
        try (AgreementIndex index = AgreementIndex.of(List.of(
                document("body", "beginning7xyz"),
                document("body", "BEG\u0406NNING99X"),
                document("body", "beginning7")))) {
            assertThat(index.find(query).found()).isEqualTo(numbers(0, 1));
        }
    }

    @Test
    void looseTakesInWhatMovesWithTheClockWhicheverWayItIsAsked() throws IOException {
        List<ObjectNode> documents = List.of(
                document("seen", "2020-01-01").put("body", "falcon"),
                document("seen", "2026-11-24").put("body", "falcon"),
                document("body", "falcon"),
                document("seen", "2020-01-01").put("body", "harbour"));
        Clause recent = new Clause.Dates("seen", Optional.of(new DateBound("now-7d", false, 0)), Optional.empty());
        Clause falcon = words("falcon");
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            assertThat(index.find(loose(new Clause.All(List.of(falcon, recent))))
                            .found())
                    .isEqualTo(numbers(0, 1));
            assertThat(index.find(loose(new Clause.All(List.of(falcon, new Clause.Not(recent)))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2));
            assertThat(index.find(loose(new Clause.Not(new Clause.Any(List.of(recent, new Clause.Not(falcon))))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2));
            assertThat(index.find(loose(new Clause.Any(List.of(falcon, new Clause.Not(recent)))))
                            .found())
                    .isEqualTo(numbers(0, 1, 2, 3));
            assertThat(index.find(loose(new Clause.All(List.of(falcon, day("2020-01-01")))))
                            .found())
                    .isEqualTo(numbers(0));
        }
    }

    @Test
    void looseFitsEveryServerHoweverManyPhrasesThereAre() throws IOException {
        List<Clause> phrases = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            for (String field : List.of("title", "body", "note", "author.name")) {
                String source = "first" + i + " second third";
                phrases.add(new Clause.Words(field, source, List.of(source.split(" ")), 0));
            }
        }
        Clause many = new Clause.All(List.of(new Clause.Any(phrases), new Clause.Not(words("denied"))));
        List<ObjectNode> documents = List.of(
                document("body", "first7 second third"),
                document("title", "FIRST249, second-third!"),
                document("body", "firs\u200Bt8 second third"),
                document("body", "first9secondthird"),
                document("body", "third second first7 and more"),
                document("body", "nothing of it"));
        try (AgreementIndex index = AgreementIndex.of(documents)) {
            Query loose = loose(many);

            assertThat(ElasticQuery.clauses(folded(many))).isGreaterThan(ElasticQuery.MAX_CLAUSES);
            assertThat(ElasticQuery.clauses(loose)).isLessThan(10);
            assertThat(index.find(loose).found().get(5)).isFalse();
            assertThat(index.find(loose).found().stream().limit(4)).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void looseAsksForEverythingRatherThanForMoreThanAServerTakes() throws IOException {
        List<Clause> leaves = IntStream.range(0, 1_100)
                .mapToObj(i -> (Clause) new Clause.Wildcard("note", "*" + i + "?"))
                .toList();

        assertThat(ElasticQuery.clauses(loose(new Clause.Any(leaves)))).isEqualTo(1);
        assertThat(ElasticQuery.clauses(loose(new Clause.All(leaves)))).isEqualTo(ElasticQuery.MAX_CLAUSES);
    }

    private static Query loose(Clause clause) {
        return ElasticQuery.loose(clause, AgreementIndex.FIELDS, Question.Form.FOLDED, ZoneOffset.UTC);
    }

    private static boolean finds(AgreementIndex index, Clause clause) throws IOException {
        return index.find(exact(clause)).found().get(0);
    }

    private static Query exact(Clause clause) {
        return ElasticQuery.of(clause, AgreementIndex.FIELDS, Question.Form.EXACT, NOW);
    }

    private static Query folded(Clause clause) {
        return ElasticQuery.of(clause, AgreementIndex.FIELDS, Question.Form.FOLDED, NOW);
    }

    private static Clause words(String source) {
        return sloppy(source, 0);
    }

    private static Clause sloppy(String source, int slop) {
        return new Clause.Words("body", source, List.of(Folding.fold(source).split(" ")), slop);
    }

    private static Clause day(String day) {
        return new Clause.Dates(
                "seen", Optional.of(new DateBound(day, false, 0)), Optional.of(new DateBound(day, true, 0)));
    }

    private static ObjectNode document(String field, String value) {
        return Json.MAPPER.createObjectNode().put(field, value);
    }

    private static BitSet numbers(int... numbers) {
        return IntStream.of(numbers).boxed().collect(BitSet::new, BitSet::set, BitSet::or);
    }
}
