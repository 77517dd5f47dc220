package org.tidewatch.topology;

import com.digitalpebble.stormcrawler.Metadata;
import java.util.List;
import org.tidewatch.fetch.FetchReport;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Visit;
import org.tidewatch.index.Json;

/** The border at which our records become StormCrawler's metadata. {@link FromMetadata} is the way back. */
public final class ToMetadata {

    /** Holds the {@link Visit} as JSON, from the spout to the status stream. */
    public static final String VISIT = "tidewatch.visit";

    /** Holds the {@link FetchReport} as JSON in a protocol's answer. */
    public static final String REPORT = "tidewatch.report";

    /** What the FetcherBolt puts before the keys of a protocol's answer: {@code protocol.md.prefix} must say so. */
    public static final String PROTOCOL_PREFIX = "protocol.";

    /** Holds the {@link Completion} as JSON, where a stage after the fetch ended the visit. */
    static final String COMPLETION = "tidewatch.completion";

    /** What the status updater must not drop; the last three are the FetcherBolt's own words. */
    static final List<String> KEPT =
            List.of(VISIT, COMPLETION, PROTOCOL_PREFIX + REPORT, "fetch.exception", "fetch.statusCode", "error.cause");

    private ToMetadata() {}

    public static Metadata of(Visit visit) {
        return single(VISIT, visit);
    }

    /** As a protocol answers it: in the bolts after the fetch the key has {@link #PROTOCOL_PREFIX} before it. */
    public static Metadata of(FetchReport report) {
        return single(REPORT, report);
    }

    /** What the status stage needs of a visit that a stage after the fetch has ended. */
    static Metadata of(Visit visit, Completion completion) {
        Metadata metadata = of(visit);
        metadata.setValue(COMPLETION, Json.text(completion));
        return metadata;
    }

    private static Metadata single(String key, Object record) {
        Metadata metadata = new Metadata();
        metadata.setValue(key, Json.text(record));
        return metadata;
    }
}
