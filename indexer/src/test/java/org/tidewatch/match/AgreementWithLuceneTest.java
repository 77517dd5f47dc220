package org.tidewatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.Test;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question.Form;

/** Random queries on random documents: what the engine finds, what it finds without its anchors, and what Lucene finds. */
class AgreementWithLuceneTest {

    private static final long SEED = 20_261_124;
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final int QUERIES = 2_000;
    private static final int DOCUMENTS = 40;

    @Test
    void theEngineFindsWhatLuceneFindsAndItsAnchorsLoseNothing() throws IOException {
        RandomClauses random = new RandomClauses(new Random(SEED));
        List<StandingQuery> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(new StandingQuery("q" + i, random.clause(3), i % 3 == 0 ? Form.EXACT : Form.FOLDED));
        }
        Map<String, Query> lucene = new TreeMap<>();
        for (StandingQuery query : queries) {
            lucene.put(
                    query.id(),
                    ByLucene.query(query.clause(), query.form(), RandomClauses.FIELDS, new Now(NOW, ZoneOffset.UTC)));
        }
        Analysis analysis = new Analysis(RandomClauses.FIELDS);
        StandingQueries standing = new StandingQueries(analysis, ZoneOffset.UTC, queries);
        assertThat(standing.broken()).isEmpty();
        long tried = 0;
        long found = 0;
        for (int d = 0; d < DOCUMENTS; d++) {
            Map<String, List<Object>> values = random.document();
            AnalysedDocument document = analysis.of(values);
            StandingQueries.Found matching = standing.match(document, NOW);
            StandingQueries.Trial all = standing.trialOfAll(document, NOW);

            assertThat(matching.failures()).isEmpty();
            assertThat(matching.ids()).containsExactlyElementsOf(ids(all));
            assertThat(new TreeSet<>(matching.ids())).as("document %s", values).isEqualTo(byLucene(lucene, values));
            tried += matching.tried();
            found += matching.ids().size();
        }

        long pairs = (long) QUERIES * DOCUMENTS;
        System.out.printf(
                Locale.ROOT,
                "seed %d: %d pairs, %d found, %d tried, leaves %s%n",
                SEED,
                pairs,
                found,
                tried,
                random.counts());
        assertThat(found).isGreaterThan(pairs / 5);
        assertThat(tried).isLessThan(pairs * 9 / 10);
        assertThat(random.counts()).hasSize(14).allSatisfy((kind, count) -> assertThat(count)
                .isGreaterThan(100));
    }

    private static List<String> ids(StandingQueries.Trial trial) {
        return trial.hold().stream().map(Standing::id).toList();
    }

    private static Set<String> byLucene(Map<String, Query> queries, Map<String, List<Object>> values)
            throws IOException {
        MemoryIndex memory = MemoryIndex.fromDocument(
                ByLucene.document(values, RandomClauses.FIELDS), RandomClauses.FIELDS.analyzer());
        IndexSearcher searcher = memory.createSearcher();
        Set<String> found = new TreeSet<>();
        for (Map.Entry<String, Query> query : queries.entrySet()) {
            if (searcher.count(query.getValue()) > 0) {
                found.add(query.getKey());
            }
        }
        return found;
    }
}
