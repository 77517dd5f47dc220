package org.tidewatch.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.QueryRefused;

/**
 * The live matcher, our query on the server and what Kibana would send find the same documents, for random queries in every
 * language over random documents. {@code -Dtidewatch.agreement.seed} and {@code -Dtidewatch.agreement.rounds} ask others
 * and more.
 */
class AgreementTest {

    private static final long SEED = Long.getLong("tidewatch.agreement.seed", 20_261_124L);
    private static final int ROUNDS = Integer.getInteger("tidewatch.agreement.rounds", 1);

    /** Of each language in a round. */
    private static final int QUERIES = 900;

    private static final int DOCUMENTS = 60;
    private static final int LEAST_USES = 100;
    private static final List<ZoneId> ZONES = List.of(ZoneOffset.UTC, ZoneOffset.UTC, ZoneId.of("Europe/Athens"));

    private final Map<String, Integer> rules = new TreeMap<>();
    private final Map<Fields.Type, Integer> types = new EnumMap<>(Fields.Type.class);
    private final Set<Asked> distinct = new HashSet<>();
    private final List<String> disagreements = new ArrayList<>();
    private long pairs;
    private long matching;
    private int refused;

    @Test
    void allWhoAnswerFindTheSame() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            round(SEED + round);
        }

        System.out.printf(
                java.util.Locale.ROOT,
                "Agreement: seed %d, %d rounds, %d distinct queries (%d more refused), %d pairs of a query and a document,"
                        + " %.1f %% of them match, %d disagreements%n  types %s%n  rules %s%n",
                SEED,
                ROUNDS,
                distinct.size(),
                refused,
                pairs,
                100.0 * matching / pairs,
                disagreements.size(),
                types,
                rules);
        assertThat(disagreements).isEmpty();
        assertThat(pairs).isGreaterThanOrEqualTo(20_000);
        assertThat(matching * 5).as("a fifth matches").isGreaterThanOrEqualTo(pairs);
        assertThat(distinct).hasSizeGreaterThanOrEqualTo(2_000);
        assertThat(refused * 50L).as("hardly any is refused").isLessThanOrEqualTo(distinct.size());
        assertThat(rules).containsOnlyKeys(Grammar.RULES);
        assertThat(rules.values()).allMatch(uses -> uses >= LEAST_USES);
        assertThat(types).containsOnlyKeys(Fields.Type.values());
        assertThat(types.values()).allMatch(uses -> uses >= LEAST_USES);
    }

    private void round(long seed) throws IOException {
        Dice dice = new Dice(seed);
        List<ObjectNode> documents = new Invented(dice).documents(DOCUMENTS);
        Grammar grammar = new Grammar(dice, passages(documents, dice));
        RandomKql kql = new RandomKql(grammar);
        RandomLucene lucene = new RandomLucene(grammar);
        RandomFilters filters = new RandomFilters(grammar);
        List<Agreement.Read> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            ZoneId zone = dice.of(ZONES);
            read(kql.next(zone), queries);
            read(lucene.next(zone), queries);
            read(
                    dice.chance(0.5)
                            ? filters.alone(zone)
                            : filters.beside(dice.chance(0.5) ? kql.next(zone) : lucene.next(zone)),
                    queries);
        }
        grammar.used().forEach((rule, uses) -> rules.merge(rule, uses, Integer::sum));
        queries.forEach(query -> countTypes(query.tree()));
        try (Agreement agreement = new Agreement(documents)) {
            Agreement.Outcome outcome = agreement.ask(queries);
            pairs += outcome.pairs();
            matching += outcome.matching();
            disagreements.addAll(outcome.disagreements());
        }
    }

    private void read(Asked asked, List<Agreement.Read> queries) {
        try {
            queries.add(Agreement.read(asked));
            distinct.add(asked);
        } catch (QueryRefused e) {
            refused++;
        }
    }

    private void countTypes(Clause clause) {
        if (clause instanceof Clause.All all) {
            all.clauses().forEach(this::countTypes);
        } else if (clause instanceof Clause.Any any) {
            any.clauses().forEach(this::countTypes);
        } else if (clause instanceof Clause.Not not) {
            countTypes(not.clause());
        } else if (clause instanceof Clause.Leaf leaf) {
            types.merge(AgreementIndex.FIELDS.type(leaf.field()).orElseThrow(), 1, Integer::sum);
        }
    }

    /** Up to four words in a row, from every text there is. */
    private static List<String> passages(List<ObjectNode> documents, Dice dice) {
        List<String> passages = new ArrayList<>();
        for (ObjectNode document : documents) {
            for (String field : List.of("title", "body", "note")) {
                JsonNode value = document.path(field);
                String text = (value.isArray() ? value.path(0) : value).asText("");
                String[] words = text.strip().split(" +");
                int from = dice.below(words.length);
                int to = Math.min(words.length, from + dice.between(1, 4));
                String passage = String.join(" ", List.of(words).subList(from, to));
                if (!passage.isBlank()) {
                    passages.add(passage);
                }
            }
        }
        return passages;
    }
}
