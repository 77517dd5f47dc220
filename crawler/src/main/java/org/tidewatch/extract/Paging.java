package org.tidewatch.extract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidewatch.url.CanonicalUrl;

/** Knows how sites number the pages of one thread or channel, so that all of them are seen as one. */
final class Paging {

    private static final Set<String> PARAMETERS =
            Set.of("page", "paged", "pg", "pagenumber", "cpage", "start", "offset", "before", "after", "replytocom");
    private static final Pattern SUFFIX = Pattern.compile("/(?:page|comment-page)[-/]?\\d+/?$");

    private Paging() {}

    /** The address of the thread that {@code url} shows one page of; {@code url} itself when it is not paged. */
    static CanonicalUrl thread(CanonicalUrl url) {
        String whole = url.value();
        int mark = whole.indexOf('?');
        String path =
                SUFFIX.matcher(mark < 0 ? whole : whole.substring(0, mark)).replaceFirst("/");
        String query = mark < 0
                ? ""
                : Arrays.stream(whole.substring(mark + 1).split("&", -1))
                        .filter(parameter -> !PARAMETERS.contains(name(parameter)))
                        .collect(Collectors.joining("&"));
        return CanonicalUrl.of(query.isEmpty() ? path : path + "?" + query).orElse(url);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }
}
