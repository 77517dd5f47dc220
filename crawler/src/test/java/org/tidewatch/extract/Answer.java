package org.tidewatch.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tidewatch.frontier.Scope;
import org.tidewatch.frontier.Visit;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Item;
import org.tidewatch.item.Kind;
import org.tidewatch.url.CanonicalUrl;

/** An answer of an invented server, and the shortest ways to read it. */
record Answer(
        String url,
        byte[] content,
        Optional<String> contentType,
        List<String> robotsTag,
        PageKind kind,
        Optional<String> platform) {

    static final Instant FETCHED = Instant.parse("2026-03-01T12:00:00Z");
    static final Extraction EXTRACTION = new Extraction(ExtractSettings.DEFAULTS);

    static Answer html(String html) {
        return bytes(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
    }

    static Answer html(String html, Charset charset, String contentType) {
        return bytes(html.getBytes(charset), contentType);
    }

    static Answer bytes(byte[] content, String contentType) {
        return new Answer(
                "http://site.example/page",
                content,
                Optional.of(contentType).filter(type -> !type.isEmpty()),
                List.of(),
                PageKind.PAGE,
                Optional.empty());
    }

    static Answer resource(String name, String url) {
        try (InputStream stream = Answer.class.getResourceAsStream(name)) {
            return bytes(stream.readAllBytes(), "text/html").at(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer at(String elsewhere) {
        return new Answer(elsewhere, content, contentType, robotsTag, kind, platform);
    }

    Answer as(PageKind expected) {
        return new Answer(url, content, contentType, robotsTag, expected, platform);
    }

    Answer robots(String... headers) {
        return new Answer(url, content, contentType, List.of(headers), kind, platform);
    }

    Answer on(String named) {
        return new Answer(url, content, contentType, robotsTag, kind, Optional.of(named));
    }

    Source source() {
        CanonicalUrl canonical = CanonicalUrl.require(url);
        Visit visit = new Visit(
                canonical,
                kind,
                new TreeSet<>(List.of("list/seed")),
                new TreeSet<>(),
                1,
                0,
                new Scope(Scope.Rule.HOST, canonical, 3),
                platform,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                false,
                new Visit.Revisit(Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(1)),
                0);
        return new Source(visit, content, contentType, robotsTag, FETCHED);
    }

    Extracted read() {
        return EXTRACTION.extract(source());
    }

    Extracted.Page page() {
        return (Extracted.Page) read();
    }

    /** The page's or file's own item, which comes first. */
    Item item() {
        return page().items().get(0);
    }

    List<Item> posts() {
        return page().items().stream().filter(item -> item.kind() == Kind.POST).toList();
    }

    Extracted.Listing listing() {
        return (Extracted.Listing) read();
    }

    Extracted.Unreadable unreadable() {
        return (Extracted.Unreadable) read();
    }

    static List<String> urls(List<Outlink> outlinks) {
        return outlinks.stream().map(outlink -> outlink.url().value()).toList();
    }
}
