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

    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(h)(tt)(ps?)(?=:/?/?)|\\b(f)(t)(ps?)(?=://)");
    private static final Pattern OTHER_SCHEME =
            Pattern.compile("(?i)\\b(tg|mailto|javascript|data|magnet|file|sms|tel):");
    private static final Pattern DOTTED_NAME =
            Pattern.compile("(?<=[\\p{L}\\p{N}_-])[.\u3002\uff0e\uff61](?=[\\p{L}\\p{N}_-])");
    private static final Pattern HANDLE = Pattern.compile("@(?=[\\p{L}\\p{N}_])");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\t\\u200c\\u200d]]");

    private Defang() {}

    /** The text with everything defanged that a program could turn into a link. Idempotent. */
    public static String text(String text) {
        String safe = UNSAFE.matcher(text).replaceAll("");
        safe = SCHEME.matcher(safe)
                .replaceAll(match -> match.group(1) != null
                        ? Matcher.quoteReplacement(match.group(1) + "xx" + match.group(3))
                        : Matcher.quoteReplacement(match.group(4) + "x" + match.group(6)));
        safe = OTHER_SCHEME.matcher(safe).replaceAll("$1[:]");
        safe = DOTTED_NAME.matcher(safe).replaceAll(match -> "[" + match.group() + "]");
        return HANDLE.matcher(safe).replaceAll("[@]");
    }

    /** One line: as {@link #text}, with line breaks and runs of white space as single spaces. */
    public static String line(String text) {
        return text(text).replaceAll("\\s+", " ").strip();
    }
}
