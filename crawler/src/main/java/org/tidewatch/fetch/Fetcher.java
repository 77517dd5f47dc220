package org.tidewatch.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.Source;
import org.tidewatch.fetch.FetchResult.AddressRefused;
import org.tidewatch.fetch.FetchResult.Blocked;
import org.tidewatch.fetch.FetchResult.Gone;
import org.tidewatch.fetch.FetchResult.NotModified;
import org.tidewatch.fetch.FetchResult.Page;
import org.tidewatch.fetch.FetchResult.Redirected;
import org.tidewatch.fetch.FetchResult.ServerError;
import org.tidewatch.fetch.FetchResult.TimedOut;
import org.tidewatch.fetch.FetchResult.TooLarge;
import org.tidewatch.fetch.FetchResult.Unreachable;
import org.tidewatch.frontier.Visit;
import org.tidewatch.url.CanonicalUrl;

/**
 * Asks for one page at a time over HTTP/1.1 and says what came of it; a failed fetch is a {@link FetchResult}, never an
 * exception. Follows no redirect, keeps no cookie, uses no proxy, and holds at most the page cap and some working space
 * in memory. Thread-safe. A fetch blocks its thread for the total timeout at most, and for as long as the system's
 * resolver takes.
 */
public final class Fetcher {

    /** What the wire may carry beyond the page: headers (OkHttp stops at 256 KiB) and TLS records. */
    private static final long WIRE_OVERHEAD = 1 << 20;

    /** A page sent in small chunks takes more bytes on the wire than it has. */
    private static final long WIRE_FACTOR = 2;

    private static final int IDLE_CONNECTIONS = 64;
    private static final Duration IDLE_TIME = Duration.ofSeconds(60);
    private static final long READ_STEP = 8 << 10;
    private static final String ACCEPT =
            "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.7";

    private final FetchSettings settings;
    private final Clock clock;
    private final OkHttpClient client;

    public Fetcher(FetchSettings settings, Clock clock) {
        this(settings, Dns.SYSTEM, clock);
    }

    public Fetcher(FetchSettings settings, Dns resolver, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_TIME.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.totalTimeout())
                .writeTimeout(settings.totalTimeout())
                .callTimeout(settings.totalTimeout());
        new AddressGuard(settings.allowed(), settings.connectTo(), resolver).protect(builder);
        this.client = builder.build();
    }

    /** What happens to a body that is larger than the limit. */
    private enum Excess {
        REFUSED,
        CUT_OFF
    }

    /** Asks for the page of a visit, conditionally when the visit knows an entity tag or a date. */
    public FetchResult fetch(Visit visit) {
        Request.Builder request = request();
        visit.etag().flatMap(Answer::sendable).ifPresent(etag -> request.header("If-None-Match", etag));
        visit.lastModified().flatMap(Answer::sendable).ifPresent(date -> request.header("If-Modified-Since", date));
        return exchange(request, visit.url(), settings.maxBytes(), Excess.REFUSED);
    }

    /** @param maxBytes cap after decompression, in place of the configured one */
    public FetchResult fetch(CanonicalUrl url, long maxBytes) {
        return exchange(request(), url, maxBytes, Excess.REFUSED);
    }

    /** As {@link #fetch(CanonicalUrl, long)}, but of a larger body the first {@code bytes} bytes are the page. */
    FetchResult fetchStart(CanonicalUrl url, long bytes) {
        return exchange(request(), url, bytes, Excess.CUT_OFF);
    }

    /** Closes the connections that wait for another request. Fetching goes on as before. */
    void closeIdleConnections() {
        client.connectionPool().evictAll();
    }

    private Request.Builder request() {
        return new Request.Builder()
                .header("User-Agent", settings.agent().header())
                .header("Accept", ACCEPT)
                .header("Accept-Language", settings.acceptLanguage())
                .header("Accept-Encoding", ContentCoding.ACCEPTED);
    }

    private FetchResult exchange(Request.Builder request, CanonicalUrl url, long limit, Excess excess) {
        try (ByteBudget.Spending budget = ByteBudget.of(WIRE_FACTOR * limit + WIRE_OVERHEAD)) {
            return result(client.newCall(request.url(url.value()).build()), limit, excess);
        } catch (RefusedAddress e) {
            return new AddressRefused(said(e));
        } catch (UnknownHostException e) {
            return new Unreachable(url.host() + " has no address: " + said(e));
        } catch (ByteBudget.Spent e) {
            return new TooLarge(limit);
        } catch (InterruptedIOException e) {
            return Thread.currentThread().isInterrupted()
                    ? new Unreachable("The fetch was interrupted")
                    : new TimedOut(said(e));
        } catch (IOException e) {
            return new Unreachable(said(e));
        } catch (RuntimeException e) {
            // OkHttp and the decoders throw these for some malformed answers, such as a Retry-After beyond an int.
            return new Unreachable("Malformed answer: " + said(e));
        }
    }

    private FetchResult result(Call call, long limit, Excess excess) throws IOException {
        try (Response response = call.execute()) {
            Answer answer = new Answer(response.headers());
            int status = response.code();
            if (status >= 200 && status < 300 && status != 206) {
                return page(call, response, answer, limit, excess);
            }
            return switch (status) {
                case 300, 301, 302, 303, 307, 308 -> new Redirected(status, answer.location());
                case 304 -> isConditional(call.request()) ? new NotModified() : new ServerError(status);
                case 401, 403, 429 -> new Blocked(status, answer.retryAfter(clock.instant()));
                case 404, 410, 451 -> new Gone(status);
                default -> new ServerError(status);
            };
        }
    }

    private static boolean isConditional(Request request) {
        return request.header("If-None-Match") != null || request.header("If-Modified-Since") != null;
    }

    private FetchResult page(Call call, Response response, Answer answer, long limit, Excess excess)
            throws IOException {
        long announced = response.body().contentLength();
        if (announced > limit && excess == Excess.REFUSED) {
            call.cancel();
            return new TooLarge(limit);
        }
        Buffer kept = new Buffer();
        try (Source decoded = ContentCoding.decoded(response.body().source(), answer.contentEncoding())) {
            long count = 0;
            while (count >= 0 && kept.size() <= limit) {
                count = decoded.read(kept, Math.min(READ_STEP, limit + 1 - kept.size()));
            }
            if (kept.size() > limit) {
                // Otherwise closing the body would read on for a while, to save the connection.
                call.cancel();
                if (excess == Excess.REFUSED) {
                    return new TooLarge(limit);
                }
            }
        }
        return new Page(
                response.code(),
                kept.readByteArray(Math.min(kept.size(), limit)),
                answer.contentType(),
                answer.etag(),
                answer.lastModified(),
                answer.robotsTag(),
                clock.instant());
    }

    /** The message of a failure, which may quote the server: one short line. */
    private static String said(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return Answer.oneLine(e.getClass().getSimpleName() + ": " + message);
    }
}
