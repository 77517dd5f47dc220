package org.tidewatch.fetch;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tidewatch.fetch.FetchResult.Blocked;
import org.tidewatch.fetch.FetchResult.Gone;
import org.tidewatch.fetch.FetchResult.Page;
import org.tidewatch.fetch.FetchResult.Redirected;
import org.tidewatch.fetch.FetchResult.ServerError;
import org.tidewatch.url.CanonicalUrl;

/**
 * What each site's robots.txt asks of us (RFC 9309), remembered for a day; a site whose robots.txt cannot be had is off
 * limits until it is asked again, ten minutes later. Thread-safe: a site is asked once however many threads want to
 * know, and no thread waits for another site.
 */
public final class Robots {

    /** RFC 9309, section 2.4. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    static final Duration UNREACHABLE_REMEMBERED = Duration.ofMinutes(10);

    /** RFC 9309, section 2.3.1.2. */
    private static final int MOST_REDIRECTS = 5;

    /** All sites together, by the size of their files; rules take a small multiple of it in memory. */
    private static final long CACHED_BYTES = 64 << 20;

    private static final int ENTRY_BYTES = 1 << 10;
    private static final int MOST_WARNINGS = 0;

    private final Fetcher fetcher;
    private final int maxBytes;
    private final List<String> agent;
    private final AsyncCache<String, Standing> standings;

    public Robots(Fetcher fetcher, FetchSettings settings, Clock clock) {
        this.fetcher = fetcher;
        this.maxBytes = settings.maxRobotsBytes();
        this.agent = List.of(settings.agent().name().toLowerCase(Locale.ROOT));
        this.standings = Caffeine.newBuilder()
                .maximumWeight(CACHED_BYTES)
                .weigher((String site, Standing standing) -> ENTRY_BYTES + standing.bytes())
                .expireAfter(new Remembering())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .buildAsync();
    }

    /** How a site stands to being crawled. */
    public sealed interface Standing {

        /** Size of what was read to know it. */
        int bytes();

        boolean allows(CanonicalUrl url);
    }

    /** The site's rules are known; a site without a robots.txt allows all. */
    public record Known(BaseRobotRules rules, int bytes) implements Standing {
        @Override
        public boolean allows(CanonicalUrl url) {
            return rules.isAllowed(url.value());
        }
    }

    /**
     * The rules could not be had, which disallows everything for now (RFC 9309, section 2.3.1.4).
     *
     * @param cause what came of asking
     * @param atOrigin whether the site itself failed, and not one that it redirects to
     */
    public record Unreachable(FetchResult cause, boolean atOrigin) implements Standing {
        @Override
        public int bytes() {
            return 0;
        }

        @Override
        public boolean allows(CanonicalUrl url) {
            return false;
        }
    }

    /** @param remembered whether the site was asked before, so that nothing in {@code standing} is news */
    public record Found(Standing standing, boolean remembered) {}

    /** The standing of the page's site, that is of its scheme, host and port. */
    public Found of(CanonicalUrl page) {
        String site = page.uri().getScheme() + "://" + page.hostKey();
        CompletableFuture<Standing> asked = new CompletableFuture<>();
        CompletableFuture<Standing> earlier = standings.asMap().putIfAbsent(site, asked);
        if (earlier != null) {
            return new Found(earlier.join(), true);
        }
        try {
            Standing standing = ask(CanonicalUrl.require(site + "/robots.txt"));
            asked.complete(standing);
            return new Found(standing, false);
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
            throw e;
        }
    }

    private Standing ask(CanonicalUrl robots) {
        CanonicalUrl at = robots;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            // One byte more than is parsed, so that a file of just the limit is not taken for a longer one.
            FetchResult result = fetcher.fetchStart(at, maxBytes + 1L);
            if (result instanceof Page page) {
                return parsed(robots, page);
            }
            if (!(result instanceof Redirected redirected)) {
                return isUnavailable(result) ? allowingAll() : new Unreachable(result, redirects == 0);
            }
            Optional<CanonicalUrl> next = redirected.location().flatMap(at::resolve);
            if (next.isEmpty()) {
                return allowingAll();
            }
            at = next.get();
        }
        return allowingAll();
    }

    /**
     * 4xx means that there are no rules (RFC 9309, section 2.3.1.3). 429 is no statement about the file: the site asks
     * to be left alone for now.
     */
    private static boolean isUnavailable(FetchResult result) {
        return result instanceof Gone
                || (result instanceof Blocked blocked && blocked.status() != 429)
                || (result instanceof ServerError error && error.status() >= 400 && error.status() < 500);
    }

    private static Standing allowingAll() {
        return new Known(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL), 0);
    }

    private Standing parsed(CanonicalUrl robots, Page page) {
        byte[] whole = page.content();
        byte[] content = whole.length > maxBytes ? Arrays.copyOf(whole, endOfLastLine(whole)) : whole;
        // A crawl delay is passed on however long it is; what is too long is for the caller to say.
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, MOST_WARNINGS);
        parser.setExactUserAgentMatching(true);
        return new Known(parser.parseContent(robots.value(), content, "text/plain", agent), content.length);
    }

    private int endOfLastLine(byte[] content) {
        int end = maxBytes;
        while (end > 0 && content[end - 1] != '\n' && content[end - 1] != '\r') {
            end--;
        }
        return end;
    }

    private static final class Remembering implements Expiry<String, Standing> {

        @Override
        public long expireAfterCreate(String site, Standing standing, long now) {
            return (standing instanceof Known ? REMEMBERED : UNREACHABLE_REMEMBERED).toNanos();
        }

        @Override
        public long expireAfterUpdate(String site, Standing standing, long now, long left) {
            return expireAfterCreate(site, standing, now);
        }

        @Override
        public long expireAfterRead(String site, Standing standing, long now, long left) {
            return left;
        }
    }
}
