package org.tidewatch.url;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text safe to show in a terminal or a mail: hosts, addresses and handles no longer become links when a reader's
 * program looks for them ({@code hxxps://paste[.]example/x}, {@code name[@]mail[.]example}, {@code [@]handle}), and
 * control and direction characters that could disguise text are removed.
 *
 * <p>Thread-safe.
 */
public final class Defang {

    /** What a host's label may begin or end with: any script, its marks and joiners, and signs such as emoji. */
    private static final String LABEL = "\\p{L}\\p{N}\\p{M}\\p{S}_%\\u200c\\u200d-";

    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n\\t\\u200c\\u200d]]");
    private static final Pattern WEB_SCHEME = Pattern.compile("(?i)(h)tt(ps?)(?=:)|(f)t(ps?)(?=:)");
    private static final Pattern HIERARCHY =
            Pattern.compile("(?i)(?<!\\b(?:hxxps?|fxps?))[:\\uff1a](?=[/\\\\\\uff0f]{2})");
    private static final Pattern OTHER_SCHEME = Pattern.compile(
            "(?i)(?<![a-z0-9])(tg|mailto|javascript|vbscript|data|magnet|file|sms|smsto|tel|callto|sips?|skype|signal"
                    + "|sgnl|whatsapp|viber|xmpp|matrix|ircs?|bitcoin|ip[fn]s|intent|market|blob|view-source):");

    /**
     * Full stops within a name, and what Unicode's IDNA processing (UTS 46) takes for one. The character before is part of
     * the match, because looking behind sees half of a character beyond the first plane.
     */
    private static final Pattern DOT = Pattern.compile(
            "([~)" + LABEL + "])([.\\u2024\\u3002\\ufe52\\uff0e\\uff61])(?=[" + LABEL + "])|(?<=(?i:www))\\.");

    private static final Pattern AT = Pattern.compile("(?<!\\[)[@\\ufe6b\\uff20]|[@\\ufe6b\\uff20](?!])");

    private Defang() {}

    /** The text with everything defanged that a program could turn into a link. Idempotent. */
    public static String text(String text) {
        String safe = UNSAFE.matcher(text).replaceAll("");
        safe = WEB_SCHEME
                .matcher(safe)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null
                                ? match.group(1) + "xx" + match.group(2)
                                : match.group(3) + "x" + match.group(4)));
        safe = HIERARCHY.matcher(safe).replaceAll("[:]");
        safe = OTHER_SCHEME.matcher(safe).replaceAll("$1[:]");
        safe = DOT.matcher(safe)
                .replaceAll(match -> match.group(1) != null
                        ? Matcher.quoteReplacement(match.group(1)) + "[" + match.group(2) + "]"
                        : "[.]");
        return AT.matcher(safe).replaceAll("[$0]");
    }

    /** One line: as {@link #text}, with line breaks and runs of white space as single spaces. */
    public static String line(String text) {
        return text(text).replaceAll("\\s+", " ").strip();
    }
}
