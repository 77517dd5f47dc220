package org.tidewatch.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A paste site: a list of recent pastes, each as a page {@code /p/ID} and as plain text {@code /raw/ID}. */
record Pastes(Host host, List<Paste> pastes) implements Face {

    record Paste(String id, String title, String language, String author, String text, Life life) {}

    static Pastes read(Host host) throws IOException {
        Entry file = Entry.read(host.folder().resolve("pastes.yaml")).only("pastes");
        List<Paste> pastes = new ArrayList<>();
        for (Entry entry : file.entries("pastes")) {
            entry.only(Stream.concat(Stream.of("id", "title", "language", "author", "text"), Stream.of(Life.KEYS))
                    .toArray(String[]::new));
            pastes.add(new Paste(
                    entry.text("id"),
                    entry.text("title"),
                    entry.text("language"),
                    entry.text("author"),
                    entry.text("text"),
                    Life.read(entry)));
        }
        return new Pastes(host, List.copyOf(pastes));
    }

    @Override
    public Map<String, Answer> at(Timeline timeline) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("/", recent(timeline));
        for (Paste paste : pastes) {
            if (paste.life().gone(timeline)) {
                answers.put("/p/" + paste.id(), host.gone());
                answers.put("/raw/" + paste.id(), host.gone());
            } else if (paste.life().visible(timeline)) {
                String text = paste.life().body(paste.text(), timeline);
                Instant modified = paste.life().modified(timeline);
                answers.put("/p/" + paste.id(), Answer.ok(Answer.HTML, html(paste, text, timeline), modified));
                answers.put("/raw/" + paste.id(), Answer.ok(Answer.TEXT, text, modified));
            }
        }
        return answers;
    }

    private Answer recent(Timeline timeline) {
        List<Paste> newestFirst = pastes.stream()
                .filter(paste -> paste.life().visible(timeline))
                .sorted(Comparator.comparing((Paste paste) -> paste.life().published(timeline))
                        .reversed())
                .toList();
        String body = newestFirst.stream()
                .map(paste -> String.format(
                        Locale.ROOT,
                        "<li><a href=\"/p/%s\">%s</a> <span>%s</span></li>\n",
                        paste.id(),
                        Prose.escape(paste.title()),
                        Host.day(paste.life().published(timeline), "en")))
                .collect(Collectors.joining("", "<ul class=\"recent\">\n", "</ul>\n"));
        Instant modified = Life.lastChange(pastes.stream().map(Paste::life), timeline);
        return host.ok("/", host.title(), "Recent pastes", body, modified);
    }

    private String html(Paste paste, String text, Timeline timeline) {
        String body = String.format(
                Locale.ROOT,
                """
                <div class="paste-info">by <span class="paste-author">%s</span>, \
                <time datetime="%s">%s</time>, <a href="/raw/%s">raw</a></div>
                <pre class="paste" dir="auto">%s</pre>
                """,
                Prose.escape(paste.author()),
                paste.life().published(timeline),
                Host.day(paste.life().published(timeline), "en"),
                paste.id(),
                Prose.escape(text));
        return host.page("/p/" + paste.id(), paste.title(), paste.language(), "A paste", body);
    }
}
