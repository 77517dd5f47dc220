package org.tidewatch.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Visits hosts of the sample web by name, as a client whose resolver leads all of them to one port. */
record Visitor(SampleWeb web) {

    private static final Pattern CHARSET = Pattern.compile("charset=[\"']?([\\w-]+)");
    private static final Pattern LINK = Pattern.compile("(?:href=\"|<loc>|<link>|Sitemap: )([^\"<>\\s]+)");

    @SuppressWarnings("ArrayRecordComponent") // Read and compared by tests only.
    record Response(String url, int status, Map<String, String> headers, byte[] body) {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** The body in the charset that the header, else the page itself declares. */
        String text() {
            Matcher declared = CHARSET.matcher(
                    header("content-type").orElse("") + " " + new String(body, StandardCharsets.ISO_8859_1));
            return new String(body, declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8);
        }

        List<String> links() {
            return LINK.matcher(text())
                    .results()
                    .map(link -> URI.create(url).resolve(link.group(1)).toString())
                    .map(link -> link.replaceFirst("#.*", ""))
                    .toList();
        }
    }

    Response get(String url, String... headers) {
        URI uri = URI.create(url);
        return ask("GET", uri.getHost(), path(uri), headers);
    }

    Response ask(String method, String host, String path, String... headers) {
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + String.join("", Stream.of(headers).map(line -> line + "\r\n").toList()) + "\r\n";
        try (Socket socket =
                new Socket(web.address().getAddress(), web.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return parse("http://" + host + path, socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + host + path, e);
        }
    }

    /** As {@link #get}, following redirects. */
    Response open(String url) {
        Response response = get(url.replaceFirst("#.*", ""));
        return response.header("location").isPresent() ? open(response.headers().get("location")) : response;
    }

    /** Everything that can be reached from these addresses without leaving the sample web or breaking a robots.txt. */
    Map<String, Response> crawl(Collection<String> seeds) {
        Map<String, Response> seen = new LinkedHashMap<>();
        Map<String, Predicate<String>> rules = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(seeds);
        while (!open.isEmpty()) {
            String url = open.poll();
            URI uri = URI.create(url);
            if (seen.containsKey(url) || !web.hosts().contains(uri.getHost())) {
                continue;
            }
            Predicate<String> allowed = rules.computeIfAbsent(uri.getHost(), host -> {
                Response robots = get("http://" + host + "/robots.txt");
                open.addAll(robots.links());
                return rules(robots.text());
            });
            if (!allowed.test(path(uri))) {
                continue;
            }
            Response response = get(url);
            seen.put(url, response);
            response.header("location").ifPresent(open::add);
            if (response.header("content-type").orElse("").matches("text/html.*|.*xml.*")) {
                open.addAll(response.links());
            }
        }
        return seen;
    }

    private static Predicate<String> rules(String robots) {
        List<String> disallowed = robots.lines()
                .filter(line -> line.startsWith("Disallow: "))
                .map(line -> line.substring("Disallow: ".length()))
                .toList();
        return path -> disallowed.stream().noneMatch(path::startsWith);
    }

    private static String path(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static Response parse(String url, byte[] bytes) throws IOException {
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        List<String> head =
                new String(bytes, 0, end, StandardCharsets.ISO_8859_1).lines().toList();
        Map<String, String> headers = new TreeMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
        if (headers.getOrDefault("content-encoding", "").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new Response(url, Integer.parseInt(head.get(0).split(" ", -1)[1]), headers, body);
    }
}
