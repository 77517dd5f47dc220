package org.tidewatch.extract;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page asks of crawlers, by {@code meta name=robots} and by X-Robots-Tag headers alike. A directive that is
 * addressed to another agent by name does not count.
 */
record RobotsDirectives(boolean noindex, boolean nofollow) {

    private static final Pattern ADDRESSED = Pattern.compile("^\\s*([\\w*-]+)\\s*:\\s*(.*)$", Pattern.DOTALL);

    static RobotsDirectives ofHeaders(List<String> robotsTag, String agent) {
        RobotsDirectives all = new RobotsDirectives(false, false);
        for (String header : robotsTag) {
            Matcher addressed = ADDRESSED.matcher(header);
            if (!addressed.matches() || isValued(addressed.group(1))) {
                all = all.and(header);
            } else if (concerns(addressed.group(1), agent)) {
                all = all.and(addressed.group(2));
            }
        }
        return all;
    }

    RobotsDirectives withMeta(Document document, String agent) {
        RobotsDirectives all = this;
        for (Element meta : document.select("meta[name][content]")) {
            String name = meta.attr("name").strip();
            if (name.equalsIgnoreCase("robots") || concerns(name, agent)) {
                all = all.and(meta.attr("content"));
            }
        }
        return all;
    }

    private RobotsDirectives and(String directives) {
        boolean index = noindex;
        boolean follow = nofollow;
        for (String directive : directives.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            index |= directive.equals("noindex") || directive.equals("none");
            follow |= directive.equals("nofollow") || directive.equals("none");
        }
        return new RobotsDirectives(index, follow);
    }

    private static boolean concerns(String name, String agent) {
        return name.equals("*") || name.equalsIgnoreCase(agent);
    }

    private static boolean isValued(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview" -> true;
            default -> false;
        };
    }
}
