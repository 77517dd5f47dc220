package org.tidewatch.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A web server on loopback that answers as badly as a test wants, for any number of host names. It speaks HTTP/1.1 on
 * bare sockets, one request a connection, so that a route can break every rule. What has no route is 404, robots.txt
 * included, which allows everything.
 */
public final class Origin implements AutoCloseable {

    private static final String ANY_HOST = "*";
    private static final int BLOCK = 64 << 10;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "origin");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Origin() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    public static Origin start() {
        try {
            Origin origin = new Origin();
            origin.threads.execute(origin::acceptAll);
            return origin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a request is answered. Whatever is written goes to the client as it is; then the connection is closed. */
    @FunctionalInterface
    public interface Route {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /**
     * A request as it came in.
     *
     * @param headers by lower-case name, the last of equal names
     */
    public record Request(String method, String host, String path, Map<String, String> headers) {}

    /** One request and the raw way back. */
    public record Exchange(Request request, OutputStream out, CountDownLatch closed) {

        /** Waits for {@code time} or the end of the origin, and says whether that has come. */
        public boolean pause(Duration time) throws InterruptedException {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        public void write(String text) throws IOException {
            out.write(text.getBytes(ISO_8859_1));
        }

        /** Status line and headers (each as {@code Name: value}), with the empty line after them. */
        public void head(int status, String... headers) throws IOException {
            write("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n");
            for (String header : headers) {
                out.write((header + "\r\n").getBytes(UTF_8));
            }
            write("\r\n");
        }
    }

    /** Answers {@code path} (with query) of every host. */
    public Origin route(String path, Route route) {
        return route(ANY_HOST, path, route);
    }

    /** Answers {@code path} (with query) of {@code host}, before what is routed for every host. */
    public Origin route(String host, String path, Route route) {
        routes.put(host + " " + path, route);
        return this;
    }

    /** Where this origin listens. */
    public HostAddress address() {
        return new HostAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Settings for {@link FetchSettings#withConnectTo}: each of the hosts is this origin. */
    public Map<String, HostAddress> as(String... hosts) {
        Map<String, HostAddress> connectTo = new TreeMap<>();
        Stream.of(hosts).forEach(host -> connectTo.put(host, address()));
        return connectTo;
    }

    /** What was asked so far, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How often {@code path} was asked for, on any host. */
    public long asked(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    // Well-behaved routes.

    public static Route html(String html) {
        return answer(200, "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    public static Route text(String text) {
        return answer(200, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    /**
     * A whole answer.
     *
     * @param headers beyond Content-Type and Content-Length, each as {@code Name: value}
     */
    public static Route answer(int status, String contentType, byte[] content, String... headers) {
        return exchange -> {
            String[] all = Stream.concat(
                            Stream.of("Content-Type: " + contentType, "Content-Length: " + content.length),
                            Stream.of(headers))
                    .toArray(String[]::new);
            exchange.head(status, all);
            exchange.out().write(content);
        };
    }

    public static Route status(int status, String... headers) {
        return answer(status, "text/plain", new byte[0], headers);
    }

    public static Route redirect(int status, String location) {
        return status(status, "Location: " + location);
    }

    public static byte[] gzipped(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Answers 304 to a request that names {@code etag}, else the page with it. */
    public static Route tagged(String etag, String html) {
        Route page = answer(200, "text/html; charset=utf-8", html.getBytes(UTF_8), "ETag: " + etag);
        Route unchanged = exchange -> exchange.head(304, "ETag: " + etag);
        return exchange -> {
            boolean known = etag.equals(exchange.request().headers().get("if-none-match"));
            (known ? unchanged : page).answer(exchange);
        };
    }

    // Misbehaving routes.

    /** Takes the request and says nothing. */
    public static Route never() {
        return exchange -> exchange.closed().await();
    }

    /** Sends the head at once, then a byte at a time without end. */
    public static Route drip(Duration pause) {
        return exchange -> {
            exchange.head(200, "Content-Type: text/html");
            do {
                exchange.write("x");
                exchange.out().flush();
            } while (!exchange.pause(pause));
        };
    }

    /** {@code bytes} bytes, announced as that. */
    public static Route big(long bytes) {
        return exchange -> {
            exchange.head(200, "Content-Type: text/html", "Content-Length: " + bytes);
            zeros(exchange.out(), bytes);
        };
    }

    /** {@code bytes} bytes whose number is known only when the connection ends. */
    public static Route bigWithoutLength(long bytes) {
        return exchange -> {
            exchange.head(200, "Content-Type: text/html");
            zeros(exchange.out(), bytes);
        };
    }

    /** {@code bytes} zeros, compressed to a thousandth. */
    public static Route bomb(long bytes) {
        return exchange -> {
            exchange.head(200, "Content-Type: text/html", "Content-Encoding: gzip");
            try (GZIPOutputStream gzip = new GZIPOutputStream(unclosed(exchange.out()))) {
                zeros(gzip, bytes);
            }
        };
    }

    /** Announces {@code announced} bytes and sends {@code content}. */
    public static Route announcing(long announced, String content) {
        return exchange -> {
            exchange.head(200, "Content-Type: text/html", "Content-Length: " + announced);
            exchange.write(content);
        };
    }

    /** Headers of {@code bytes} bytes in all before the page. */
    public static Route headerFlood(long bytes) {
        return exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\n");
            String header = "X-Flood: " + "a".repeat(1000) + "\r\n";
            for (long sent = 0; sent < bytes; sent += header.length()) {
                exchange.write(header);
            }
            exchange.write("\r\npage");
        };
    }

    private static void zeros(OutputStream out, long bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long left = bytes; left > 0; left -= BLOCK) {
            out.write(block, 0, (int) Math.min(BLOCK, left));
        }
    }

    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            requests.add(request);
            Route route = routes.getOrDefault(
                    request.host() + " " + request.path(),
                    routes.getOrDefault(ANY_HOST + " " + request.path(), status(404)));
            route.answer(new Exchange(request, out, closed));
        } catch (IOException e) {
            // The client has gone, as it should when it is sent too much; the test looks at the client's side.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", -1);
        if (start.length < 2) {
            throw new IOException("No request");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(start[0], headers.getOrDefault("host", ""), start[1], headers);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}
