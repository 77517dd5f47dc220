package org.tidewatch.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pages of a host that are kept as files, with their feed and sitemap. */
record Pages(Host host, List<Page> pages) implements Face {

    static Pages read(Host host) throws IOException {
        List<Page> pages = new ArrayList<>();
        for (Path file : Host.files(host.folder().resolve("pages"), ".html")) {
            pages.add(Page.read(file, host));
        }
        return new Pages(host, List.copyOf(pages));
    }

    @Override
    public Map<String, Answer> at(Timeline timeline) {
        Map<String, String> lists = lists(timeline);
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Page page : pages) {
            if (page.life().gone(timeline)) {
                answers.put(page.path(), host.gone());
            } else if (page.life().visible(timeline)) {
                Instant modified = page.showsLists() ? latest(timeline) : page.modified(timeline);
                answers.put(page.path(), page.answer(host, timeline, lists, modified));
            }
        }
        if (host.feed()) {
            answers.put("/feed.xml", Answer.ok("application/rss+xml; charset=utf-8", feed(timeline), latest(timeline)));
        }
        if (host.sitemap()) {
            answers.put(
                    "/sitemap.xml", Answer.ok("application/xml; charset=utf-8", sitemap(timeline), latest(timeline)));
        }
        return answers;
    }

    /** {@code articles}: all of them, newest first; {@code articles_xx}: those in the language xx. */
    private Map<String, String> lists(Timeline timeline) {
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("articles", list(articles(timeline), timeline));
        for (String language : new TreeSet<>(pages.stream().map(Page::language).toList())) {
            List<Page> own = articles(timeline).stream()
                    .filter(page -> page.language().equals(language))
                    .toList();
            lists.put("articles_" + language, list(own, timeline));
        }
        return lists;
    }

    private static String list(List<Page> articles, Timeline timeline) {
        return "<ul class=\"entries\">\n"
                + articles.stream().map(page -> page.inList(timeline)).collect(Collectors.joining())
                + "</ul>\n";
    }

    private List<Page> articles(Timeline timeline) {
        return pages.stream()
                .filter(page ->
                        page.article() && !page.unlisted() && page.life().visible(timeline))
                .sorted(Comparator.comparing((Page page) -> page.life().published(timeline))
                        .reversed())
                .toList();
    }

    private Instant latest(Timeline timeline) {
        return pages.stream()
                .map(page -> page.modified(timeline))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private String feed(Timeline timeline) {
        String items = articles(timeline).stream()
                .map(page -> String.format(
                        Locale.ROOT,
                        """
                        <item>
                        <title>%s</title>
                        <link>%s</link>
                        <guid isPermaLink="true">%2$s</guid>
                        <pubDate>%s</pubDate>
                        <description>%s</description>
                        </item>
                        """,
                        Prose.escape(page.title()),
                        host.url(page.path()),
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                page.life().published(timeline).atOffset(ZoneOffset.UTC)),
                        Prose.escape(page.summary())))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="utf-8"?>
                <rss version="2.0"><channel>
                <title>%s</title>
                <link>%s</link>
                <description>%1$s</description>
                <language>%s</language>
                %s</channel></rss>
                """, Prose.escape(host.title()), host.url("/"), host.language(), items);
    }

    private String sitemap(Timeline timeline) {
        String urls = pages.stream()
                .filter(page -> !page.unlisted() && page.life().visible(timeline))
                .map(page -> String.format(
                        Locale.ROOT,
                        "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n",
                        host.url(page.path()),
                        page.modified(timeline)))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="utf-8"?>
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                %s</urlset>
                """, urls);
    }
}
