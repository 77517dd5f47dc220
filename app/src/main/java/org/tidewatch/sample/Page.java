package org.tidewatch.sample;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page kept as a file: a head of YAML between two lines of {@code ---}, then the HTML of its body.
 *
 * @param article whether it is listed as an article, or only a page beside them
 * @param unlisted kept out of lists, feed and sitemap
 * @param declared whether the header says the charset; otherwise only the page itself does
 * @param values further values for the layout
 */
record Page(
        String path,
        String title,
        String language,
        String author,
        String summary,
        boolean article,
        boolean unlisted,
        Charset charset,
        boolean declared,
        Map<String, String> values,
        List<Post> comments,
        Template body,
        Life life) {

    private static final Pattern FILE = Pattern.compile("---\\n(?<head>.*?\\n)---\\n(?<body>.*)", Pattern.DOTALL);

    static Page read(Path file, Host host) throws IOException {
        Matcher parts = FILE.matcher(Files.readString(file, StandardCharsets.UTF_8));
        if (!parts.matches()) {
            throw new BrokenContent(file, 1, "a page begins with a head of YAML between two lines of ---");
        }
        Entry head = Entry.parse(file, "\n" + parts.group("head"));
        head.only(Stream.concat(
                        Stream.of(
                                "path",
                                "title",
                                "language",
                                "author",
                                "summary",
                                "layout",
                                "unlisted",
                                "charset",
                                "declared",
                                "values",
                                "comments"),
                        Stream.of(Life.KEYS))
                .toArray(String[]::new));
        return new Page(
                head.text("path"),
                head.text("title"),
                head.optional("language").orElse(host.language()),
                head.optional("author").orElse(host.title()),
                head.text("summary"),
                article(head),
                head.flag("unlisted"),
                Charset.forName(head.optional("charset").orElse("utf-8")),
                !head.optional("declared").orElse("header").equals("meta"),
                values(head),
                Post.readAll(head.entries("comments")),
                new Template(file, parts.group("body")),
                Life.read(head));
    }

    private static boolean article(Entry head) throws BrokenContent {
        String layout = head.optional("layout").orElse("article");
        if (!layout.equals("article") && !layout.equals("page")) {
            throw head.broken("\"layout\" is article or page, not " + layout);
        }
        return layout.equals("article");
    }

    private static Map<String, String> values(Entry head) throws BrokenContent {
        return head.entry("values").isPresent() ? head.entry("values").get().all() : Map.of();
    }

    /** Whether its body holds a list of articles, and so changes when they do. */
    boolean showsLists() {
        return body.source().contains("{{{articles");
    }

    Instant modified(Timeline timeline) {
        return Life.lastChange(Stream.concat(Stream.of(life), comments.stream().map(Post::life)), timeline);
    }

    /** @param lists lists of other pages, for bodies that show them */
    Answer answer(Host host, Timeline timeline, Map<String, String> lists, Instant modified) {
        Map<String, String> filling = new HashMap<>(values);
        filling.put("site", host.title());
        filling.put("title", title);
        filling.put("language", language);
        filling.put("author", author);
        filling.put("summary", summary);
        filling.put("charset", charset.name());
        filling.put("canonical", host.url(path));
        filling.put("published", life.published(timeline).toString());
        filling.put("modified", modified.toString());
        filling.put("day", Host.day(life.published(timeline), language));
        filling.put("body", life.body(body.fill(lists), timeline));
        filling.put(
                "comments",
                comments.stream()
                        .filter(comment -> comment.life().visible(timeline))
                        .map(comment -> comment.below(path, language, timeline))
                        .collect(Collectors.joining()));
        String html = host.layout(article ? "article" : "page").fill(filling);
        String type = declared ? "text/html; charset=" + charset.name() : "text/html";
        return Answer.ok(type, html.getBytes(charset), modified);
    }

    String inList(Timeline timeline) {
        return String.format(
                Locale.ROOT,
                """
                <li class="entry"><a href="%s">%s</a> <span class="day">%s</span><br>%s</li>
                """,
                path,
                Prose.escape(title),
                Host.day(life.published(timeline), language),
                Prose.escape(summary));
    }
}
