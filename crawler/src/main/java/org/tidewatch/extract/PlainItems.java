package org.tidewatch.extract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.extract.FileReader.FileText;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Item;
import org.tidewatch.item.Kind;
import org.tidewatch.url.CanonicalUrl;

/** Makes the one item of an answer that has no markup: a plain text (kind page) or a file (kind file). Thread-safe. */
final class PlainItems {

    private final ExtractSettings settings;

    PlainItems(ExtractSettings settings) {
        this.settings = settings;
    }

    Extracted ofText(Source source, String mediaType, String text, List<Problem> problems) {
        Flow flow = new Flow(settings.maxTextChars());
        flow.appendAsIs(text);
        String own = flow.toString();
        CanonicalUrl url = source.visit().url();
        Draft draft = new Draft(
                Kind.PAGE,
                url.value(),
                fileName(url),
                new Words(own, "", own, flow.isCut()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
        return page(source, mediaType, draft, List.of(), problems);
    }

    Extracted ofFile(Source source, FileText file, boolean follow) {
        List<Problem> problems = new ArrayList<>();
        CanonicalUrl url = source.visit().url();
        String own = file.words().text();
        if (own.isEmpty()) {
            problems.add(new Problem("The file holds no text; its pages may be pictures"));
        }
        References references = new References(url, Optional.empty());
        Outlinks outlinks = new Outlinks(url, follow, settings.maxOutlinks());
        Set<String> links = new LinkedHashSet<>();
        for (String reference : file.words().links()) {
            references.resolve(reference).ifPresent(target -> {
                outlinks.add(target, PageKind.PAGE, true);
                if (links.size() < Item.MAX_LINKS) {
                    links.add(target.value());
                }
            });
        }
        problems.addAll(outlinks.problems());
        Draft draft = new Draft(
                Kind.FILE,
                url.value(),
                file.title().filter(title -> !title.isBlank()).orElseGet(() -> fileName(url)),
                new Words(own, "", own, file.words().isCut()),
                Byline.named(file.author()),
                Optional.empty(),
                file.created().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                file.modified().flatMap(date -> Dates.parse(date, source.fetchedAt())),
                Optional.empty(),
                List.of(),
                List.copyOf(links));
        return page(source, file.mediaType(), draft, outlinks.list(), problems);
    }

    private Extracted page(
            Source source, String mediaType, Draft draft, List<Outlink> outlinks, List<Problem> problems) {
        Items items = new Items(source, mediaType, settings.maxTextChars(), problems);
        items.add(draft);
        return new Extracted.Page(items.items(), outlinks, items.signature(), Optional.empty(), List.copyOf(problems));
    }

    /** The last part of the address's path, which names a text that has no title of its own. */
    private static String fileName(CanonicalUrl url) {
        String path = url.uri().getRawPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
