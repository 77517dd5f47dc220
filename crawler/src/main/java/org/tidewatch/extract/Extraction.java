package org.tidewatch.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.tidewatch.extract.FileReader.FileText;
import org.tidewatch.extract.FileReader.UnreadableFile;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Outcome;
import org.tidewatch.url.CanonicalUrl;

/**
 * Reads fetched answers: decides by header and bytes what an answer is, and turns it into items and outlinks, or into
 * the reason why not. Never throws on account of the content.
 *
 * <p>Thread-safe. Markup is read on the caller's thread, PDF and Office files on threads of their own that end with the
 * reading; there is nothing to close.
 */
public final class Extraction {

    private final ExtractSettings settings;
    private final HtmlReader html;
    private final PlainItems plain;
    private final FeedReader feeds;
    private final SitemapReader sitemaps;
    private final FileReader files;
    private final TimeLimit timeLimit;

    public Extraction(ExtractSettings settings) {
        this.settings = settings;
        this.html = new HtmlReader(settings);
        this.plain = new PlainItems(settings);
        this.feeds = new FeedReader(settings.maxListed());
        this.sitemaps = new SitemapReader(settings.maxListed());
        this.files = new FileReader(settings);
        this.timeLimit = new TimeLimit(settings.timeLimit(), settings.fileReaders());
    }

    public Extracted extract(Source source) {
        try {
            return read(source);
        } catch (RuntimeException | StackOverflowError e) {
            return unparseable("Could not be read: " + e);
        }
    }

    private Extracted read(Source source) {
        DeclaredType declared = DeclaredType.of(source.contentType());
        RobotsDirectives robots = RobotsDirectives.ofHeaders(source.robotsTag(), settings.agent());
        Recognised recognised =
                Recognised.of(source.content(), declared, source.visit().kind());
        List<Problem> problems = new ArrayList<>();
        return switch (recognised.kind()) {
            case HTML -> html.read(source, text(source, declared, problems), robots, problems);
            case TEXT ->
                robots.noindex()
                        ? notIndexed()
                        : plain.ofText(source, recognised.mediaType(), text(source, declared, problems), problems);
            case FEED -> feeds.read(source.visit().url(), text(source, declared), !robots.nofollow());
            case SITEMAP -> sitemaps.read(source.visit().url(), text(source, declared), !robots.nofollow());
            case BINARY -> robots.noindex() ? notIndexed() : file(source, robots);
            case DATA -> unparseable(recognised.mediaType() + " holds no text that can be read");
            case PACKED -> packed(source);
        };
    }

    private Extracted packed(Source source) {
        try {
            Optional<byte[]> unpacked = new Inflation(settings.maxInflatedBytes()).gunzip(source.content());
            if (unpacked.isEmpty()) {
                return unparseable("gzip file unpacks to more than " + settings.maxInflatedBytes() + " bytes");
            }
            // A text in a sitemap's place is a list of addresses; of other kinds the header speaks of the gzip file.
            boolean list = source.visit().kind() == PageKind.SITEMAP;
            Source inner = new Source(
                    source.visit(),
                    unpacked.get(),
                    list ? Optional.of("text/plain") : Optional.empty(),
                    source.robotsTag(),
                    source.fetchedAt());
            boolean again = Recognised.of(inner.content(), DeclaredType.of(inner.contentType()), PageKind.PAGE)
                            .kind()
                    == Recognised.Kind.PACKED;
            return again ? unparseable("gzip file within a gzip file") : read(inner);
        } catch (IOException e) {
            return unparseable("gzip file is damaged: " + e.getMessage());
        }
    }

    private Extracted file(Source source, RobotsDirectives robots) {
        String url = source.visit().url().value();
        try {
            FileText text = timeLimit.run("extract " + url, () -> files.read(source.content()));
            return plain.ofFile(source, text, !robots.nofollow());
        } catch (TimeoutException e) {
            return new Extracted.Unreadable(Outcome.TIMED_OUT, "Reading took longer than " + settings.timeLimit());
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnreadableFile unreadable
                    ? unparseable(unreadable.reason())
                    : unparseable("Could not be read: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Extracted.Unreadable(Outcome.TIMED_OUT, "Reading was interrupted");
        }
    }

    private String text(Source source, DeclaredType declared, List<Problem> problems) {
        byte[] content = source.content();
        if (content.length > settings.maxMarkupBytes()) {
            problems.add(new Problem("Cut at " + settings.maxMarkupBytes() + " of " + content.length + " bytes"));
            content = Arrays.copyOf(content, settings.maxMarkupBytes());
        }
        return Decoded.of(content, declared.charset()).text();
    }

    private static String text(Source source, DeclaredType declared) {
        return Decoded.of(source.content(), declared.charset()).text();
    }

    private static Extracted notIndexed() {
        return Items.empty(
                List.of(),
                Optional.<CanonicalUrl>empty(),
                List.of(new Problem("The answer's headers ask not to index it (noindex)")));
    }

    private static Extracted unparseable(String reason) {
        return new Extracted.Unreadable(Outcome.UNPARSEABLE, reason);
    }
}
