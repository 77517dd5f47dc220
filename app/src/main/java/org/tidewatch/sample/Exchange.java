package org.tidewatch.sample;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Sends answers over HTTP: conditional requests (RFC 9110 section 13), gzip when asked, GET and HEAD only. */
final class Exchange {

    /** HTTP dates have two digits for the day (RFC 9110 section 5.6.7), which Java's RFC 1123 format has not. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int WORTH_COMPRESSING_BYTES = 256;

    private Exchange() {}

    static void answer(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            headers.set("Allow", "GET, HEAD");
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        answer.location().ifPresent(location -> headers.set("Location", location));
        headers.set("Vary", "Accept-Encoding");
        if (answer.status() == 200) {
            headers.set("ETag", answer.etag());
            headers.set("Last-Modified", HTTP_DATE.format(answer.modified()));
            if (isUnchanged(exchange.getRequestHeaders(), answer)) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        headers.set("Content-Type", answer.type());
        byte[] body = answer.body();
        if (body.length >= WORTH_COMPRESSING_BYTES && isText(answer) && acceptsGzip(exchange.getRequestHeaders())) {
            headers.set("Content-Encoding", "gzip");
            body = gzip(body);
        }
        if (method.equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isUnchanged(Headers request, Answer answer) {
        List<String> tags = request.get("If-None-Match");
        if (tags != null) {
            return tags.stream()
                    .flatMap(line -> List.of(line.split(",", -1)).stream())
                    .map(String::strip)
                    .anyMatch(tag -> tag.equals("*") || opaque(tag).equals(opaque(answer.etag())));
        }
        String since = request.getFirst("If-Modified-Since");
        if (since == null) {
            return false;
        }
        try {
            return !answer.modified().isAfter(Instant.from(HTTP_DATE.parse(since)));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static boolean isText(Answer answer) {
        return answer.type().startsWith("text/") || answer.type().contains("xml;");
    }

    private static boolean acceptsGzip(Headers request) {
        List<String> accepted = request.get("Accept-Encoding");
        return accepted != null && accepted.stream().anyMatch(line -> line.contains("gzip"));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
