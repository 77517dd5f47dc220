package org.tidewatch.topology;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.tidewatch.filing.Filing;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.Indices;
import org.tidewatch.item.Outcome;
import org.tidewatch.keeping.BlockWatch;
import org.tidewatch.keeping.Blocks;
import org.tidewatch.keeping.Metrics;
import org.tidewatch.keeping.Outcomes;
import org.tidewatch.match.Matching;

/**
 * The last stage of a page that was read: its items are filed, its links admitted to the frontier, what went wrong on the
 * way recorded. Only then may the visit be completed. One task owns it.
 */
final class PageFiling implements AutoCloseable {

    private static final String STAGE_INDEX = "index";

    private final Indices indices;
    private final WorkerSearches searches;
    private final Filing filing;
    private final Frontier frontier;
    private final Outcomes outcomes;
    private final BlockWatch blocks;
    private final Metrics metrics;

    private PageFiling(Indices indices, WorkerSearches searches, CrawlSettings settings, Clock clock, String part) {
        this.indices = indices;
        this.searches = searches;
        this.filing = new Filing(indices, settings.retention(), clock, searches.matcher());
        this.frontier = new Frontier(indices, settings.retention(), clock, settings.maxUrlsPerHost());
        this.outcomes = new Outcomes(indices, settings.retention(), clock);
        this.blocks = new BlockWatch(new Blocks(indices, settings.retention(), clock), clock);
        this.metrics = new Metrics(
                indices,
                settings.retention(),
                clock,
                part,
                List.of("pages", "items", "changed", "alerts", "refused", "lag_seconds"));
    }

    static PageFiling open(CrawlSettings settings, String part) {
        return new PageFiling(
                Indices.open(settings.elastic().settings(System.getenv())),
                WorkerSearches.open(settings),
                settings,
                Clock.systemUTC(),
                part);
    }

    /** Files everything the page brought; returns when the index has confirmed it. */
    Completion file(MatchedPage page) {
        ReadPage read = page.page();
        Visit visit = read.visit();
        if (blocks.covers(visit.url())) {
            return Completion.failed(
                    Outcome.HOST_BLOCKED,
                    "blocked by a person",
                    read.completion().fetchedAt());
        }
        Filing.Filed filed = filing.file(page.matched());
        filed.refused().forEach((url, why) -> record(visit, Outcome.INDEX_REFUSED, STAGE_INDEX, url + ": " + why));
        for (Filing.Matched matched : page.matched()) {
            for (Matching.Failure failure : matched.matching().failures()) {
                record(
                        visit,
                        Outcome.MATCH_FAILED,
                        "match",
                        "search " + failure.search() + " on " + matched.item().url() + ": " + failure.reason());
            }
            matched.item()
                    .publishedAt()
                    .ifPresent(published -> metrics.set("lag_seconds", (double)
                            Duration.between(published, matched.matchedAt()).toSeconds()));
        }
        read.problems().forEach(problem -> record(visit, Outcome.UNPARSEABLE, "extract", problem));
        frontier.admit(visit, read.found(), blocks.rules())
                .turned()
                .forEach(turned -> record(visit, turned.outcome(), "admit", turned.url() + ": " + turned.why()));
        metrics.add("pages", 1);
        metrics.add("items", filed.items());
        metrics.add("changed", filed.changed());
        metrics.add("alerts", filed.alerts().size());
        metrics.add("refused", filed.refused().size());
        return read.completion().withFlagged(filed.flagged() > 0);
    }

    private void record(Visit visit, Outcome outcome, String stage, String detail) {
        outcomes.record(visit.url(), visit.seeds(), outcome, stage, 0, detail);
    }

    void flushMetrics() {
        metrics.flush();
        searches.flush();
    }

    @Override
    public void close() throws IOException {
        searches.close();
        indices.close();
    }
}
