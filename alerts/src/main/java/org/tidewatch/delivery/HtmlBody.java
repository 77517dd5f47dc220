package org.tidewatch.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;

/**
 * A letter as HTML that mail programs show: tables and inline styles, one style sheet for the dark and for narrow screens,
 * nothing from elsewhere. It is well-formed XML as well. Every text is escaped where it is put in; the only link there can be is the one to Kibana.
 */
final class HtmlBody {

    private static final String STYLE = resource("mail.css");
    private static final String SANS = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
    private static final String MONO = "font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace";
    private static final String WRAP = "overflow-wrap:anywhere;word-break:break-word";
    private static final Map<Integer, String> TIER_COLOUR =
            Map.of(1, "#b42318", 2, "#b54708", 3, "#175cd3", 4, "#475467");

    private final StringBuilder out = new StringBuilder();
    private final Optional<URI> kibana;

    private HtmlBody(Optional<URI> kibana) {
        this.kibana = kibana;
    }

    static String of(Letter letter, Optional<URI> kibana) {
        return new HtmlBody(kibana).letter(letter);
    }

    private String letter(Letter letter) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n")
                .append("<meta name=\"supported-color-schemes\" content=\"light dark\"/>\n")
                .append(
                        "<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no, url=no\"/>\n");
        element("title", "", letter.subject());
        out.append("<style>\n").append(STYLE).append("</style>\n</head>\n");
        open(
                "body",
                "page",
                "margin:0;padding:0;background:#eef1f4;color:#1d2733;font-size:15px;line-height:1.5;" + SANS);
        open("div", "sheet", "max-width:680px;margin:0 auto;padding:20px 16px 32px");
        open("div", "lead", "padding:0 4px 14px");
        element(
                "div",
                "notice",
                "display:inline-block;padding:3px 10px;border-radius:4px;background:#fff3d6;"
                        + "color:#6b4200;font-size:13px;font-weight:600",
                Facts.CANDIDATE);
        element(
                "h1",
                "strong",
                "margin:12px 0 2px;font-size:22px;line-height:1.3;color:#101828;" + WRAP,
                letter.headline());
        element("p", "soft", "margin:0;color:#51606f;" + WRAP, letter.platforms());
        element("p", "soft", "margin:10px 0 0;font-size:13px;color:#51606f", Facts.CARE);
        close("div");
        int number = 1;
        for (Entry entry : letter.entries()) {
            entry(entry, number++, letter.entries().size() + letter.unshown());
        }
        open("div", "soft", "padding:6px 4px 0;font-size:13px;color:#51606f");
        Facts.unshown(letter)
                .ifPresent(text -> element("p", "strong", "margin:0 0 8px;font-weight:600;color:#101828", text));
        Facts.ended(letter).ifPresent(text -> element("p", "", "margin:0 0 8px", text));
        Facts.why(letter).forEach(text -> element("p", "", "margin:0 0 4px;" + WRAP, text));
        close("div");
        close("div");
        out.append("</body>\n</html>\n");
        return out.toString();
    }

    private void entry(Entry entry, int number, int of) {
        open(
                "div",
                "card",
                "margin:0 0 14px;padding:16px 18px;background:#ffffff;border:1px solid #d5dce3;border-radius:8px");
        open("p", "soft", "margin:0 0 8px;font-size:13px;color:#51606f");
        element(
                "span",
                "tier",
                "display:inline-block;padding:1px 8px;border-radius:4px;color:#ffffff;font-weight:700;background:"
                        + TIER_COLOUR.getOrDefault(entry.tier(), "#475467"),
                "T" + entry.tier());
        text(" " + number + " of " + of + " · " + Facts.kind(entry));
        close("p");
        own("h2", "strong", "margin:0 0 10px;font-size:17px;line-height:1.4;color:#101828;" + WRAP, Facts.title(entry));
        for (Alert.Search search : entry.searches()) {
            reasons(search, entry.reasons().getOrDefault(search.id(), List.of()));
        }
        Facts.sameAs(entry)
                .ifPresent(text -> element(
                        "p",
                        "copy",
                        "margin:0 0 12px;padding:8px 12px;border-radius:6px;"
                                + "background:#eef4ff;color:#1f3b70;font-size:14px;" + WRAP,
                        text));
        out.append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"width:100%;"
                + "border-collapse:collapse;font-size:14px;table-layout:fixed\">\n");
        Facts.of(entry)
                .forEach((label, value) -> fact(label, value, "Address".equals(label) ? MONO + ";font-size:13px" : ""));
        fact("See more", entry.show(), MONO + ";font-size:13px");
        fact("Decide", entry.decide(), MONO + ";font-size:13px");
        out.append("</table>\n");
        Facts.kibana(kibana, entry).ifPresent(this::button);
        close("div");
    }

    private void reasons(Alert.Search search, List<Reason> reasons) {
        for (Reason reason : reasons.subList(0, Math.min(reasons.size(), Entry.MAX_REASONS))) {
            Excerpt excerpt = Excerpt.of(reason);
            if (reason.end() > reason.start()) {
                out.append("<blockquote dir=\"auto\" class=\"quote\" style=\"margin:0 0 4px;padding:8px 12px;"
                        + "background:#f5f7f9;border-inline-start:3px solid #98a6b5;border-radius:4px;"
                        + "text-align:start;white-space:pre-wrap;" + WRAP + "\">");
                text(excerpt.before().stripLeading());
                if (!excerpt.match().isEmpty()) {
                    out.append("<mark class=\"mark\" style=\"background:#ffe08a;color:#1d2733;padding:0 2px;"
                            + "border-radius:2px\">");
                    text(excerpt.match());
                    out.append("</mark>");
                }
                text(excerpt.after().stripTrailing());
                out.append("</blockquote>\n");
            }
            own("p", "soft", "margin:0 0 12px;font-size:13px;color:#51606f;" + WRAP, Facts.because(search, reason));
        }
        if (reasons.size() > Entry.MAX_REASONS) {
            element(
                    "p",
                    "soft",
                    "margin:0 0 12px;font-size:13px;color:#51606f",
                    Facts.places(reasons.size() - Entry.MAX_REASONS));
        }
    }

    private void fact(String label, String value, String style) {
        out.append("<tr>");
        element("td", "soft", "width:92px;padding:3px 8px 3px 0;vertical-align:top;color:#51606f", label);
        out.append("<td style=\"padding:3px 0;vertical-align:top;")
                .append(WRAP)
                .append(';')
                .append(style)
                .append("\">");
        out.append("<bdi>");
        text(value);
        out.append("</bdi></td></tr>\n");
    }

    private void button(String link) {
        out.append("<p style=\"margin:12px 0 0\"><a class=\"button\" rel=\"noreferrer noopener\" href=\"");
        text(link);
        out.append(
                "\" style=\"display:inline-block;padding:6px 14px;border-radius:6px;background:#175cd3;color:#ffffff;"
                        + "text-decoration:none;font-weight:600;font-size:14px\">Open in Kibana</a></p>\n");
    }

    /** An element with words of a page, which find their own direction. */
    private void own(String name, String type, String style, String text) {
        out.append('<')
                .append(name)
                .append(" dir=\"auto\" class=\"")
                .append(type)
                .append("\" style=\"")
                .append(style)
                .append(";text-align:start\">");
        text(text);
        close(name);
    }

    private void element(String name, String type, String style, String text) {
        open(name, type, style);
        text(text);
        close(name);
    }

    private void element(String name, String type, String text) {
        element(name, type, "", text);
    }

    private void open(String name, String type, String style) {
        out.append('<').append(name);
        if (!type.isEmpty()) {
            out.append(" class=\"").append(type).append('"');
        }
        if (!style.isEmpty()) {
            out.append(" style=\"").append(style).append('"');
        }
        out.append('>');
    }

    private void close(String name) {
        out.append("</").append(name).append(">\n");
    }

    private void text(String text) {
        out.append(text.codePoints()
                .mapToObj(c -> switch (c) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '"' -> "&quot;";
                    case '\'' -> "&#39;";
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining()));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlBody.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable " + name, e);
        }
    }
}
