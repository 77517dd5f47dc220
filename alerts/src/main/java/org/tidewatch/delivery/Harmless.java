package org.tidewatch.delivery;

import java.util.regex.Pattern;
import org.tidewatch.url.Defang;

/**
 * Text that may stand in a mail. Beyond {@link Defang} it holds for what mail programs, which look for links on their own,
 * make of text: schemes and addresses that follow a letter of another script without a space, dots beside combining marks
 * and symbols, and joiners that a program skips.
 */
final class Harmless {

    /** A joiner has work to do between two letters or signs of a script that joins, and nowhere else. */
    private static final String JOINING = "[\\p{L}\\p{M}\\p{So}\\p{Sk}&&[^\\p{ASCII}\\ufe00-\\ufe0f]]";

    /** What is seen only by the letter before it: joiners, and selectors of a variant that no ASCII character has. */
    private static final Pattern INVISIBLE = Pattern.compile("(" + JOINING + "[\\ufe00-\\ufe0f]?[\\u200c\\u200d])(?="
            + JOINING + ")|(" + JOINING + "[\\ufe00-\\ufe0f])|[\\u200c\\u200d\\ufe00-\\ufe0f]");

    /** Half characters and what Unicode will never assign. */
    private static final Pattern NO_CHARACTER = Pattern.compile("[\\p{Cs}\\ufffe\\uffff]");

    /** Takes the character before the dot with it, because lookbehind sees half of a character beyond the first plane. */
    private static final Pattern DOT = Pattern.compile("([\\p{L}\\p{N}\\p{M}\\p{S}_%~)-])"
            + "([.\\u2024\\u3002\\ufe52\\uff0e\\uff61])(?=[\\p{L}\\p{N}\\p{M}\\p{S}_%-])");

    private static final Pattern SCHEME = Pattern.compile("(?i)(h)tt(ps?:)");
    private static final Pattern AUTHORITY = Pattern.compile("(?i)(?<!hxxp|hxxps|fxp|fxps):(?=[/\\\\\\uff0f]{2})");
    private static final Pattern BARE_SCHEME = Pattern.compile(
            "(?i)(mailto|tel|sms|tg|xmpp|skype|signal|sgnl|whatsapp|viber|intent|javascript|data|magnet|file):");
    private static final Pattern WWW = Pattern.compile("(?i)(?<=www)\\.");
    private static final Pattern AT = Pattern.compile("(?<!\\[)[@\\ufe6b\\uff20]|[@\\ufe6b\\uff20](?!])");
    private static final Pattern STACKED_MARKS = Pattern.compile("(\\p{M}{4})\\p{M}+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    /** Characters that one character of a raw text can become at most, with room to spare. */
    private static final int GROWTH = 4;

    private Harmless() {}

    /** One line, defanged, without white space around it. Idempotent. */
    static String line(String crawled) {
        return piece(crawled).strip();
    }

    /** As {@link #line}, cut to {@code max} characters or a little less, with a sign that it was cut. */
    static String line(String crawled, int max) {
        boolean long_ = crawled.length() > max * GROWTH;
        String line = line(long_ ? head(crawled, max * GROWTH) : crawled);
        return line.length() > max || long_ ? head(line, max - 1).strip() + "…" : line;
    }

    /** A piece of a line: as {@link #line}, but white space at its ends stays, as one space. */
    static String piece(String crawled) {
        String safe = NO_CHARACTER.matcher(crawled).replaceAll("");
        safe = SPACE.matcher(safe).replaceAll(" ");
        safe = INVISIBLE.matcher(safe).replaceAll("$1$2");
        safe = Defang.text(safe);
        safe = INVISIBLE.matcher(safe).replaceAll("$1$2");
        safe = SCHEME.matcher(safe).replaceAll("$1xx$2");
        safe = AUTHORITY.matcher(safe).replaceAll("[:]");
        safe = BARE_SCHEME.matcher(safe).replaceAll("$1[:]");
        safe = DOT.matcher(safe).replaceAll("$1[$2]");
        safe = WWW.matcher(safe).replaceAll("[.]");
        safe = AT.matcher(safe).replaceAll("[$0]");
        safe = STACKED_MARKS.matcher(safe).replaceAll("$1");
        return SPACE.matcher(safe).replaceAll(" ");
    }

    /** The first {@code max} characters, or one less where a pair would be cut in two. */
    static String head(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
