package org.tidewatch.command;

import java.util.regex.Pattern;

/** Text that people wrote, as a terminal may show it: nothing invisible, and nothing that turns the rest around. */
final class Shown {

    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\u2028\\u2029&&[^\\n\\r\\t]]");

    private Shown() {}

    /** The text with one visible sign for each character that cannot be seen, so that columns stay. */
    static String text(String text) {
        return HIDDEN.matcher(text).replaceAll("\ufffd");
    }
}
