package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.tidewatch.frontier.Visit.PageKind;
import org.tidewatch.item.Media;
import org.tidewatch.url.CanonicalUrl;

/**
 * Gathers the addresses to which one page or list leads, each once. An address that any link may follow is followed.
 * Images, videos and sounds are no outlinks. Not thread-safe.
 */
final class Outlinks {

    private static final Evaluator REFERRING = QueryParser.parse(
            "a[href], area[href], iframe[src], frame[src], link[rel][href], meta[http-equiv=refresh][content]");
    private static final Pattern REFRESH = Pattern.compile("(?i)url\\s*=\\s*['\"]?([^'\"]+)");

    private final CanonicalUrl page;
    private final boolean follow;
    private final int max;
    private final Map<CanonicalUrl, Outlink> outlinks = new LinkedHashMap<>();
    private boolean cut;

    /** @param follow whether the page as a whole lets its links be followed */
    Outlinks(CanonicalUrl page, boolean follow, int max) {
        this.page = page;
        this.follow = follow;
        this.max = max;
    }

    void addAll(Document document, References references) {
        for (Element element : document.select(REFERRING)) {
            if (cut) {
                return;
            }
            String rel = " " + element.attr("rel").toLowerCase(Locale.ROOT) + " ";
            boolean followed = !rel.contains(" nofollow ");
            switch (element.normalName()) {
                case "link" -> declared(element, rel, references);
                case "meta" -> {
                    Matcher refresh = REFRESH.matcher(element.attr("content"));
                    if (refresh.find()) {
                        references.resolve(refresh.group(1)).ifPresent(url -> add(url, PageKind.PAGE, true));
                    }
                }
                case "iframe", "frame" ->
                    references.resolve(element.attr("src")).ifPresent(url -> add(url, PageKind.PAGE, true));
                default ->
                    references
                            .resolve(element.attr("href"))
                            .filter(url -> Markup.mediaType(url.path()) == Media.Type.FILE)
                            .ifPresent(url -> add(url, PageKind.PAGE, followed));
            }
        }
    }

    void add(CanonicalUrl url, PageKind kind, boolean followed) {
        if (url.equals(page)) {
            return;
        }
        Outlink known = outlinks.get(url);
        if (known == null && outlinks.size() >= max) {
            cut = true;
            return;
        }
        boolean follows = follow && (followed || (known != null && known.follow()));
        outlinks.put(url, new Outlink(url, known == null || kind != PageKind.PAGE ? kind : known.kind(), follows));
    }

    List<Outlink> list() {
        return List.copyOf(outlinks.values());
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (cut) {
            problems.add(new Problem("More than " + max + " addresses: the rest is left out"));
        }
        return problems;
    }

    private void declared(Element link, String rel, References references) {
        String type = link.attr("type").toLowerCase(Locale.ROOT);
        boolean feed = rel.contains(" alternate ")
                && (type.startsWith("application/rss+xml") || type.startsWith("application/atom+xml"));
        if (feed || rel.contains(" next ") || rel.contains(" prev ")) {
            references
                    .resolve(link.attr("href"))
                    .ifPresent(url -> add(url, feed ? PageKind.FEED : PageKind.PAGE, true));
        }
    }
}
