package org.tidewatch.benchmark;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.tidewatch.index.RawServer;
import org.tidewatch.item.Item;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Question;
import org.tidewatch.search.SearchSet;

/** Something that says which of very many searches match an item. */
interface Contender extends AutoCloseable {

    /** What {@code now} is in all queries. */
    Now NOW = new Now(Instant.parse("2026-11-05T12:00:00Z"), ZoneOffset.UTC);

    /** Ids of the searches that match, in their order. */
    List<String> matches(Item item) throws IOException;

    /** How many searches were run on items since this was asked last; empty when that is not known. */
    OptionalLong takeRun();

    @Override
    void close() throws IOException;

    /** The known ways. */
    enum Way {
        /** Ours, from text to reasons. */
        TIDEWATCH,
        MONITOR_TERM_FILTERED,
        MONITOR_MULTIPASS,
        MONITOR_UNFILTERED,
        /** Every search run once over an index that holds the item, in requests of many. */
        SERVER_SEARCHES,
        /** Elasticsearch's percolator at {@code -Dpercolator=URL}. */
        PERCOLATOR;

        Contender with(SearchSet set) throws IOException {
            return switch (this) {
                case TIDEWATCH -> new OwnMatcher(set);
                case MONITOR_TERM_FILTERED -> new LuceneMonitor(set, new TermFilteredPresearcher());
                case MONITOR_MULTIPASS -> new LuceneMonitor(set, new MultipassTermFilteredPresearcher(4));
                case MONITOR_UNFILTERED -> new LuceneMonitor(set, Presearcher.NO_FILTERING);
                case SERVER_SEARCHES -> new ServerSearches(set, RawServer.ofTests());
                case PERCOLATOR -> new Percolator(set);
            };
        }
    }

    /** What each search asks. */
    static Map<String, Clause> clauses(SearchSet set) {
        Map<String, Clause> clauses = new LinkedHashMap<>();
        for (SearchSet.Versioned versioned : set.searches()) {
            try {
                clauses.put(
                        versioned.search().id(),
                        versioned.search().question().read(Fields.ofItems()).clause());
            } catch (QueryRefused e) {
                throw new IllegalArgumentException(versioned.search().id(), e);
            }
        }
        return clauses;
    }

    /** How all searches of the benchmark are meant. */
    Question.Form FORM = Question.Form.FOLDED;
}
