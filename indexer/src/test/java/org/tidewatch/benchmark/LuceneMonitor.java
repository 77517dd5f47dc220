package org.tidewatch.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.tidewatch.item.Item;
import org.tidewatch.match.ByLucene;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.search.SearchSet;

/** Lucene's own matcher of standing queries, in memory: which searches match, without the reasons. */
final class LuceneMonitor implements Contender {

    /** A commit costs as much as there are queries; what is not committed needs megabytes a query. */
    private static final int BATCH = 1_000;

    private final Monitor monitor;
    private final Analyzer analyzer = Fields.ofItems().analyzer();
    private long run;

    LuceneMonitor(SearchSet set, Presearcher presearcher) throws IOException {
        MonitorConfiguration settings = new MonitorConfiguration();
        settings.setQueryUpdateBufferSize(BATCH);
        monitor = new Monitor(analyzer, presearcher, settings);
        List<MonitorQuery> batch = new ArrayList<>();
        for (Map.Entry<String, Clause> search : Contender.clauses(set).entrySet()) {
            batch.add(
                    new MonitorQuery(search.getKey(), ByLucene.query(search.getValue(), FORM, Fields.ofItems(), NOW)));
            if (batch.size() == BATCH) {
                monitor.register(batch);
                batch.clear();
            }
        }
        monitor.register(batch);
    }

    @Override
    public List<String> matches(Item item) throws IOException {
        MatchingQueries<QueryMatch> matching = monitor.match(ByLucene.document(item), QueryMatch.SIMPLE_MATCHER);
        if (!matching.getErrors().isEmpty()) {
            throw new IllegalStateException("Failed: " + matching.getErrors());
        }
        run += matching.getQueriesRun();
        return matching.getMatches().stream()
                .map(QueryMatch::getQueryId)
                .sorted()
                .toList();
    }

    @Override
    public OptionalLong takeRun() {
        long taken = run;
        run = 0;
        return OptionalLong.of(taken);
    }

    @Override
    public void close() throws IOException {
        monitor.close();
    }
}
