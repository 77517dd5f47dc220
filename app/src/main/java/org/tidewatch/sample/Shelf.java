package org.tidewatch.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file host: a list of files, a landing page {@code /f/ID} for each, the file itself at {@code /d/NAME}. */
record Shelf(Host host, List<Item> items) implements Face {

    /** @param name name of the file; its ending says what is built from {@code text}: pdf, docx, png or txt */
    record Item(String id, String name, String title, String author, String about, String text, Life life) {

        String type() {
            return switch (ending()) {
                case "pdf" -> "application/pdf";
                case "docx" -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
                case "png" -> "image/png";
                default -> Answer.TEXT;
            };
        }

        byte[] bytes(Timeline timeline) {
            String whole = life.body(text, timeline);
            return switch (ending()) {
                case "pdf" -> Pdf.of(title, author, whole);
                case "docx" -> Docx.of(title, author, life.published(timeline), whole);
                case "png" -> Png.striped(whole);
                default -> whole.getBytes(StandardCharsets.UTF_8);
            };
        }

        private String ending() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    static Shelf read(Host host) throws IOException {
        Entry file = Entry.read(host.folder().resolve("files.yaml")).only("files");
        List<Item> items = new ArrayList<>();
        for (Entry entry : file.entries("files")) {
            entry.only(Stream.concat(Stream.of("id", "name", "title", "author", "about", "text"), Stream.of(Life.KEYS))
                    .toArray(String[]::new));
            items.add(new Item(
                    entry.text("id"),
                    entry.text("name"),
                    entry.text("title"),
                    entry.text("author"),
                    entry.text("about"),
                    entry.text("text"),
                    Life.read(entry)));
        }
        return new Shelf(host, List.copyOf(items));
    }

    @Override
    public Map<String, Answer> at(Timeline timeline) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("/", list(timeline));
        for (Item item : items) {
            if (item.life().gone(timeline)) {
                answers.put("/f/" + item.id(), host.gone());
                answers.put("/d/" + item.name(), host.gone());
            } else if (item.life().visible(timeline)) {
                byte[] bytes = item.bytes(timeline);
                Instant modified = item.life().modified(timeline);
                answers.put("/f/" + item.id(), landing(item, bytes.length, timeline));
                answers.put("/d/" + item.name(), Answer.ok(item.type(), bytes, modified));
            }
        }
        return answers;
    }

    private Answer list(Timeline timeline) {
        String body = items.stream()
                .filter(item -> item.life().visible(timeline))
                .map(item -> String.format(
                        Locale.ROOT,
                        "<tr><td><a href=\"/f/%s\">%s</a></td><td><a href=\"/d/%s\">%3$s</a></td></tr>\n",
                        item.id(),
                        Prose.escape(item.title()),
                        item.name()))
                .collect(Collectors.joining("", "<table class=\"files\">\n", "</table>\n"));
        Instant modified = Life.lastChange(items.stream().map(Item::life), timeline);
        return host.ok("/", host.title(), "Shared files", body, modified);
    }

    private Answer landing(Item item, int length, Timeline timeline) {
        String picture = item.ending().equals("png")
                ? String.format(
                        Locale.ROOT,
                        "<img src=\"/d/%s\" alt=\"%s\" width=\"160\">\n",
                        item.name(),
                        Prose.escape(item.title()))
                : "";
        String body = String.format(
                Locale.ROOT,
                """
                <div class="file"><p>%s</p>
                %s<p>Shared by %s, <time datetime="%s">%s</time></p>
                <p><a class="download" href="/d/%s" type="%s">Download %6$s</a> (%d bytes)</p></div>
                """,
                Prose.escape(item.about()),
                picture,
                Prose.escape(item.author()),
                item.life().published(timeline),
                Host.day(item.life().published(timeline), "en"),
                item.name(),
                item.type(),
                length);
        return host.ok(
                "/f/" + item.id(),
                item.title(),
                "A shared file",
                body,
                item.life().modified(timeline));
    }
}
