package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Constants;
import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.persistence.Status;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.tidewatch.extract.Extracted;
import org.tidewatch.extract.Extraction;
import org.tidewatch.extract.Outlink;
import org.tidewatch.extract.Problem;
import org.tidewatch.extract.Source;
import org.tidewatch.fetch.FetchReport;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Found;
import org.tidewatch.frontier.Visit;
import org.tidewatch.item.Item;

/** Reads fetched bytes into items and links. */
public final class ExtractBolt extends BaseRichBolt {

    private static final long serialVersionUID = 1L;

    private transient OutputCollector collector;
    private transient Extraction extraction;
    private transient Clock clock;

    @SuppressWarnings("NullAway.Init")
    public ExtractBolt() {}

    @Override
    public void prepare(Map<String, Object> storm, TopologyContext context, OutputCollector output) {
        collector = output;
        extraction = new Extraction(CrawlSettings.from(storm).extract());
        clock = Clock.systemUTC();
    }

    @Override
    public void execute(Tuple tuple) {
        String url = tuple.getStringByField("url");
        Metadata metadata = (Metadata) tuple.getValueByField("metadata");
        Visit visit = FromMetadata.visit(metadata)
                .orElseThrow(() -> new IllegalStateException("The frontier sends every URL with its visit: " + url));
        FetchReport report = FromMetadata.report(metadata, Status.FETCHED, clock.instant());
        Extracted extracted = extraction.extract(new Source(
                visit,
                tuple.getBinaryByField("content"),
                report.contentType(),
                report.robotsTag(),
                report.fetchedAt()));
        if (extracted instanceof Extracted.Unreadable unreadable) {
            complete(tuple, visit, Completion.failed(unreadable.outcome(), unreadable.reason(), clock.instant()));
        } else if (extracted instanceof Extracted.Listing listing) {
            emit(
                    tuple,
                    visit,
                    report,
                    List.of(),
                    found(listing.outlinks()),
                    Optional.empty(),
                    problems(listing.problems()));
        } else if (extracted instanceof Extracted.Page page) {
            emit(
                    tuple,
                    visit,
                    report,
                    page.items(),
                    found(page.outlinks()),
                    Optional.of(page.signature()),
                    problems(page.problems()));
        }
    }

    private void emit(
            Tuple tuple,
            Visit visit,
            FetchReport report,
            List<Item> items,
            List<Found> found,
            Optional<String> signature,
            List<String> problems) {
        Completion completion = FromMetadata.completion(report).withSignature(signature);
        ReadPage page = new ReadPage(visit, completion, items, found, problems);
        collector.emit(tuple, new Values(visit.url().hostKey(), page));
        collector.ack(tuple);
    }

    private void complete(Tuple tuple, Visit visit, Completion completion) {
        collector.emit(
                Constants.StatusStreamName,
                tuple,
                new Values(visit.url().value(), ToMetadata.of(visit, completion), Status.ERROR));
        collector.ack(tuple);
    }

    private static List<Found> found(List<Outlink> outlinks) {
        return outlinks.stream()
                .filter(Outlink::follow)
                .map(link -> new Found(link.url(), link.kind()))
                .toList();
    }

    private static List<String> problems(List<Problem> problems) {
        return problems.stream().map(Problem::what).toList();
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields("host", "page"));
        declarer.declareStream(Constants.StatusStreamName, new Fields("url", "metadata", "status"));
    }
}
