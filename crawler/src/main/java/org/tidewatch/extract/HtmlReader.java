package org.tidewatch.extract;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.tidewatch.url.CanonicalUrl;

/** Reads HTML pages: what they ask of crawlers, where they lead, and what they say. Thread-safe. */
final class HtmlReader {

    private final ExtractSettings settings;

    HtmlReader(ExtractSettings settings) {
        this.settings = settings;
    }

    Extracted.Page read(Source source, String html, RobotsDirectives headers, List<Problem> problems) {
        CanonicalUrl page = source.visit().url();
        Document document = Parser.htmlParser().parseInput(html, page.value());
        if (DeepNesting.flatten(document)) {
            problems.add(new Problem("Nested deeper than " + DeepNesting.MAX_DEPTH + " elements: flattened"));
        }
        References references = new References(page, attribute(document, "base[href]"));
        RobotsDirectives robots = headers.withMeta(document, settings.agent());
        Outlinks outlinks = new Outlinks(page, !robots.nofollow(), settings.maxOutlinks());
        outlinks.addAll(document, references);
        problems.addAll(outlinks.problems());
        Optional<CanonicalUrl> canonical = attribute(document, "link[rel=canonical][href]")
                .flatMap(references::resolve)
                .filter(url -> !url.equals(page));
        if (robots.noindex()) {
            problems.add(new Problem("The page asks not to be indexed (noindex)"));
            return Items.empty(outlinks.list(), canonical, problems);
        }
        Items items = new Items(source, "text/html", settings.maxTextChars(), problems);
        new PageReading(source, document, references, settings, problems).into(items);
        return new Extracted.Page(items.items(), outlinks.list(), items.signature(), canonical, List.copyOf(problems));
    }

    private static Optional<String> attribute(Document document, String css) {
        return Optional.ofNullable(document.selectFirst(css)).map(HtmlReader::href);
    }

    private static String href(Element element) {
        return element.attr("href");
    }
}
