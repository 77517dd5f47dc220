package org.tidewatch.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain writing of posts, comments and files: paragraphs apart by a blank line, and a paragraph of lines that begin
 * with {@code > } is a quote, its first line {@code > handle: words}.
 */
final class Prose {

    private static final Pattern PARAGRAPHS = Pattern.compile("\\n\\s*\\n");
    private static final Pattern QUOTE = Pattern.compile("> (?:(?<of>[\\w.-]+): )?(?<words>.*)", Pattern.DOTALL);

    private Prose() {}

    static String html(String prose) {
        StringBuilder html = new StringBuilder();
        for (String paragraph : PARAGRAPHS.split(prose.strip(), -1)) {
            Matcher quote = QUOTE.matcher(paragraph);
            if (quote.matches()) {
                String of = quote.group("of");
                html.append("<blockquote class=\"quote\"")
                        .append(of == null ? "" : " data-author=\"" + escape(of) + "\"")
                        .append("><p>")
                        .append(lines(quote.group("words").replace("\n> ", "\n")))
                        .append("</p></blockquote>\n");
            } else {
                html.append("<p>").append(lines(paragraph)).append("</p>\n");
            }
        }
        return html.toString();
    }

    /** As {@link #html}, without paragraphs, as chat pages write it: line breaks only. */
    static String lines(String prose) {
        return escape(prose.strip()).replace("\n", "<br/>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
