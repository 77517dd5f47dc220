package org.tidewatch.fetch;

import com.digitalpebble.stormcrawler.Metadata;
import com.digitalpebble.stormcrawler.protocol.HttpHeaders;
import com.digitalpebble.stormcrawler.protocol.Protocol;
import com.digitalpebble.stormcrawler.protocol.ProtocolResponse;
import com.digitalpebble.stormcrawler.protocol.RobotRules;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.storm.Config;
import org.jspecify.annotations.Nullable;
import org.tidewatch.fetch.FetchResult.AddressRefused;
import org.tidewatch.fetch.FetchResult.Page;
import org.tidewatch.index.Json;
import org.tidewatch.item.Outcome;
import org.tidewatch.topology.CrawlGate;
import org.tidewatch.topology.FromMetadata;
import org.tidewatch.topology.ToMetadata;
import org.tidewatch.url.CanonicalUrl;

/**
 * Lets StormCrawler's FetcherBolt fetch with {@link Fetcher} and {@link Robots}. Reads its settings as JSON from the
 * key {@link #SETTINGS_KEY} of Storm's configuration; instances with the same settings share connections and what is
 * known of robots.txt.
 *
 * <p>The bolt goes by the status code alone: 200 sends the content down the default stream, everything else goes to
 * the status stream (304 as FETCHED, the rest of 3xx as REDIRECTION, any other number as FETCH_ERROR). So a page is
 * 200 here whatever 2xx it came with, a failure without a failing status code is 0, and what really happened is in the
 * {@link FetchReport} of the metadata.
 */
public final class GuardedProtocol implements Protocol {

    /** Holds {@link FetchSettings} as JSON. */
    public static final String SETTINGS_KEY = "tidewatch.fetch";

    private static final Map<String, Shared> SHARED = new ConcurrentHashMap<>();

    private static final byte[] NO_CONTENT = {};
    private static final int TO_DEFAULT_STREAM = 200;
    private static final int TO_STATUS_STREAM = 0;

    private @Nullable Shared shared;

    /** What instances with the same settings have in common. */
    private record Shared(Fetcher fetcher, Robots robots, FetchSettings settings, Gate blocks, Clock clock) {

        static Shared of(String json, Config conf) {
            FetchSettings settings = Json.parse(json, FetchSettings.class);
            Clock clock = Clock.systemUTC();
            Fetcher fetcher = new Fetcher(settings, clock);
            return new Shared(
                    fetcher, new Robots(fetcher, settings, clock), settings, CrawlGate.of(conf, clock), clock);
        }
    }

    /** @throws IllegalArgumentException if a key that this protocol depends on is missing or has another value */
    @Override
    public void configure(Config conf) {
        if (!(conf.get(SETTINGS_KEY) instanceof String json)) {
            throw new IllegalArgumentException(
                    "Storm's configuration lacks " + SETTINGS_KEY + ": FetchSettings as JSON");
        }
        Object prefix = conf.get(ProtocolResponse.PROTOCOL_MD_PREFIX_PARAM);
        if (!ToMetadata.PROTOCOL_PREFIX.equals(prefix)) {
            throw new IllegalArgumentException(ProtocolResponse.PROTOCOL_MD_PREFIX_PARAM + " must be "
                    + ToMetadata.PROTOCOL_PREFIX + " in Storm's configuration: " + prefix);
        }
        shared = SHARED.computeIfAbsent(json, settings -> Shared.of(settings, conf));
    }

    @Override
    public ProtocolResponse getProtocolOutput(String url, Metadata metadata) {
        Shared house = house();
        Optional<CanonicalUrl> address = CanonicalUrl.of(url);
        if (address.isEmpty()) {
            return response(
                    FetchReport.of(
                            Outcome.UNREACHABLE,
                            0,
                            Optional.of("Not an address that can be fetched"),
                            house.clock.instant()),
                    NO_CONTENT);
        }
        CanonicalUrl page = address.get();
        if (house.blocks.covers(page)) {
            return response(
                    FetchReport.of(Outcome.HOST_BLOCKED, 0, Optional.of("Blocked by a person"), house.clock.instant()),
                    NO_CONTENT);
        }
        Robots.Standing standing = house.robots.of(page).standing();
        if (!standing.allows(page)) {
            return response(refused(page, standing, house.clock.instant()), NO_CONTENT);
        }
        FetchResult result = FromMetadata.visit(metadata)
                .filter(visit -> visit.url().equals(page))
                .map(house.fetcher::fetch)
                .orElseGet(() -> house.fetcher.fetch(page, house.settings.maxBytes()));
        FetchReport report = FetchReport.of(page, result, house.clock.instant());
        return response(report, result instanceof Page whole ? whole.content() : NO_CONTENT);
    }

    /**
     * The rules of the page's site. While they cannot be had, or may not be asked for, these allow all, because the bolt
     * would take a refusal for the site's own; {@link #getProtocolOutput} then refuses, and says why.
     */
    @Override
    public BaseRobotRules getRobotRules(String url) {
        Optional<CanonicalUrl> page = CanonicalUrl.of(url);
        if (page.isEmpty() || house().blocks.covers(page.get())) {
            return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
        }
        Robots.Found found = house().robots.of(page.get());
        RobotRules rules = new RobotRules(
                found.standing() instanceof Robots.Known known
                        ? known.rules()
                        : new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
        if (!found.remembered()) {
            // The bolt takes rules without a fetched length for cached ones, and announces sitemaps only of the others.
            rules.setContentLengthFetched(new int[] {found.standing().bytes()});
        }
        return rules;
    }

    /** Closes idle connections; StormCrawler keeps using a protocol after one of its bolts has cleaned up. */
    @Override
    public void cleanup() {
        house().fetcher.closeIdleConnections();
    }

    private Shared house() {
        if (shared == null) {
            throw new IllegalStateException("GuardedProtocol is used before configure");
        }
        return shared;
    }

    private static FetchReport refused(CanonicalUrl page, Robots.Standing standing, Instant now) {
        if (!(standing instanceof Robots.Unreachable unreachable)) {
            return FetchReport.of(Outcome.ROBOTS_REFUSED, 0, Optional.of("Disallowed by robots.txt"), now);
        }
        if (unreachable.atOrigin() && unreachable.cause() instanceof AddressRefused) {
            return FetchReport.of(page, unreachable.cause(), now);
        }
        String why = FetchReport.detail(unreachable.cause()).orElse("no usable answer");
        return FetchReport.of(Outcome.ROBOTS_UNREACHABLE, 0, Optional.of("robots.txt: " + why), now);
    }

    private static ProtocolResponse response(FetchReport report, byte[] content) {
        Metadata metadata = ToMetadata.of(report);
        report.contentType().ifPresent(type -> metadata.setValue(HttpHeaders.CONTENT_TYPE, type));
        report.redirectTarget().ifPresent(target -> metadata.setValue(HttpHeaders.LOCATION, target.value()));
        return new ProtocolResponse(content, streamCode(report), metadata);
    }

    private static int streamCode(FetchReport report) {
        return switch (report.outcome()) {
            case FETCHED -> TO_DEFAULT_STREAM;
            case UNCHANGED, REDIRECTED -> report.status();
            default -> report.status() >= 400 ? report.status() : TO_STATUS_STREAM;
        };
    }
}
