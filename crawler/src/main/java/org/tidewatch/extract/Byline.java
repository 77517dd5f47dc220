package org.tidewatch.extract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.tidewatch.item.Account;

/** Reads who wrote something from the element that names the author, and when from the element that dates it. */
final class Byline {

    private static final int LONGEST_NAME = 200;
    private static final Pattern PROFILE =
            Pattern.compile("/(?:u|user|users|member|members|profile|profiles|author|authors)/([^/?#]+)");
    private static final Pattern NUMBERED_NAME = Pattern.compile("\\.\\d+$");

    private Byline() {}

    static Optional<Account> author(Element element) {
        Element named = element.selectFirst("[itemprop=name]");
        String content = element.attr("content");
        String name = named != null
                ? named.hasAttr("content") ? named.attr("content") : named.text()
                : content.isEmpty() ? element.text() : content;
        return Account.of(handle(element), shortText(name));
    }

    static Optional<Account> named(Optional<String> name) {
        return Account.of(Optional.empty(), name.flatMap(Byline::shortText));
    }

    /** The machine-readable date of a {@code time} element, an itemprop or a forum's own attribute. */
    static Optional<String> date(Element element) {
        for (String attribute : new String[] {"datetime", "content", "data-time", "data-timestamp"}) {
            if (!element.attr(attribute).isBlank()) {
                return Optional.of(element.attr(attribute).strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> handle(Element element) {
        for (String attribute : new String[] {"data-user-card", "data-username", "data-author"}) {
            if (!element.attr(attribute).isBlank()) {
                return shortText(withoutAt(element.attr(attribute)));
            }
        }
        Element alternate = element.selectFirst("[itemprop=alternateName]");
        if (alternate != null && !alternate.text().isBlank()) {
            return shortText(withoutAt(alternate.text().strip()));
        }
        Element link = element.normalName().equals("a") ? element : element.selectFirst("a[href]");
        if (link == null) {
            return Optional.empty();
        }
        Matcher profile = PROFILE.matcher(link.attr("href"));
        return profile.find()
                ? shortText(withoutAt(NUMBERED_NAME.matcher(profile.group(1)).replaceFirst("")))
                : Optional.empty();
    }

    private static String withoutAt(String handle) {
        return handle.startsWith("@") ? handle.substring(1) : handle;
    }

    private static Optional<String> shortText(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.length() > LONGEST_NAME ? Optional.empty() : Optional.of(stripped);
    }
}
