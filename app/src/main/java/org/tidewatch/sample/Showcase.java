package org.tidewatch.sample;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the sample web to a person with a browser: {@code /} lists it, {@code /~HOST/PATH} shows a page. */
record Showcase(Content.Snapshot now, int lastStep) {

    private static final Pattern VIEW = Pattern.compile("/~(?<host>[^/?]+)(?<address>/.*)");
    private static final Pattern CHARSET = Pattern.compile("charset=[\"']?(?<name>[\\w-]+)");
    private static final Pattern REFERENCE =
            Pattern.compile("(?<before>(?:href|src)=\"|url\\(')(?:http://(?<host>[^/\"']+))?(?<address>/[^\"']*)");

    Answer answer(String address) {
        if (address.equals("/")) {
            return Answer.ok(Answer.HTML, list(), Instant.EPOCH);
        }
        Matcher view = VIEW.matcher(address);
        if (!view.matches()) {
            return Answer.nothing(404, "<p>See <a href=\"/\">the list</a>.</p>");
        }
        String host = view.group("host");
        Optional<Answer> shown = now.answer(host, view.group("address"));
        return shown.map(answer -> answer.location()
                        .map(location -> Answer.found(location.replaceFirst("^http://", "/~")))
                        .orElseGet(() -> view(host, answer)))
                .orElseGet(() -> Answer.nothing(404, "<p>The sample web has no such host.</p>"));
    }

    private String list() {
        StringBuilder html =
                new StringBuilder(String.format(Locale.ROOT, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Invented sample web of Tidewatch</title></head>
                <body><h1>Invented sample web of Tidewatch</h1>
                <p>Everything here is made up and harmless. Step %d of %d.</p>
                """, now.timeline().step(), lastStep));
        now.hosts().forEach((host, served) -> {
            html.append(
                    String.format(Locale.ROOT, "<h2>%s</h2>\n<p>%s</p>\n<ul>\n", host, Prose.escape(served.title())));
            served.answers().forEach((address, answer) -> {
                if (answer.status() == 200) {
                    html.append(String.format(Locale.ROOT, "<li><a href=\"/~%s%s\">%2$s</a></li>\n", host, address));
                }
            });
            html.append("</ul>\n");
        });
        return html.append("</body></html>\n").toString();
    }

    private Answer view(String host, Answer answer) {
        if (!answer.type().startsWith("text/html")) {
            return answer;
        }
        String html = new String(answer.body(), charset(answer));
        String shown = REFERENCE.matcher(html).replaceAll(found -> {
            String there = found.group(2) == null ? host : found.group(2);
            boolean known = now.hosts().containsKey(there);
            return Matcher.quoteReplacement(known ? found.group(1) + "/~" + there + found.group(3) : found.group());
        });
        String marked = shown.replaceFirst(
                "<body[^>]*>",
                "$0<p style=\"background:#eee;padding:4px\"><a href=\"/\">Invented sample web of Tidewatch</a>: "
                        + Matcher.quoteReplacement(Prose.escape(host)) + "</p>");
        return answer.status() == 200
                ? Answer.ok(Answer.HTML, marked, answer.modified())
                : Answer.nothing(answer.status(), marked);
    }

    /** The charset that the header declares, else the one that the page does. */
    private static Charset charset(Answer answer) {
        Matcher header = CHARSET.matcher(answer.type());
        if (header.find()) {
            return Charset.forName(header.group("name"));
        }
        Matcher page = CHARSET.matcher(new String(answer.body(), StandardCharsets.ISO_8859_1));
        return page.find() ? Charset.forName(page.group("name")) : StandardCharsets.UTF_8;
    }
}
