package org.tidewatch.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host of the sample web: its folder, named like the host, with {@code site.yaml} and the layouts {@code *.html} that
 * its pages are put into.
 *
 * @param feed whether {@code /feed.xml} lists its articles; {@code sitemap} whether {@code /sitemap.xml} lists its pages
 */
record Host(
        String name,
        String title,
        String language,
        boolean feed,
        boolean sitemap,
        Path folder,
        Map<String, Template> layouts) {

    static Host read(Path folder) throws IOException {
        Entry site = Entry.read(folder.resolve("site.yaml")).only("title", "language", "feed", "sitemap");
        Map<String, Template> layouts = new HashMap<>();
        for (Path file : files(folder, ".html")) {
            layouts.put(file.getFileName().toString().replace(".html", ""), Template.read(file));
        }
        if (!layouts.containsKey("page")) {
            throw site.broken("the layout page.html is missing beside this file");
        }
        return new Host(
                folder.getFileName().toString(),
                site.text("title"),
                site.text("language"),
                site.flag("feed"),
                site.flag("sitemap"),
                folder,
                layouts);
    }

    /** The files of a folder with this ending, by name; none when there is no such folder. */
    static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    String url(String path) {
        return "http://" + name + path;
    }

    /** {@code body} in the layout {@code page}. */
    String page(String path, String title, String summary, String body) {
        return page(path, title, language, summary, body);
    }

    String page(String path, String title, String language, String summary, String body) {
        return layout("page")
                .fill(Map.of(
                        "site", this.title,
                        "title", title,
                        "language", language,
                        "charset", "utf-8",
                        "canonical", url(path),
                        "summary", summary,
                        "body", body));
    }

    Answer ok(String path, String title, String summary, String body, Instant modified) {
        return Answer.ok(Answer.HTML, page(path, title, summary, body), modified);
    }

    Answer notFound() {
        return Answer.nothing(404, page("/", "404", "", "<p>404: there is no such page here.</p>"));
    }

    Answer gone() {
        return Answer.nothing(410, page("/", "410", "", "<p>410: this was removed.</p>"));
    }

    /** The layout of this name; {@code page} on a host that has none of its own. */
    Template layout(String layout) {
        return Optional.ofNullable(layouts.get(layout))
                .or(() -> Optional.ofNullable(layouts.get("page")))
                .orElseThrow();
    }

    /** A day as people of the language write it. */
    static String day(Instant time, String language) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.forLanguageTag(language))
                .withZone(ZoneOffset.UTC)
                .format(time);
    }
}
