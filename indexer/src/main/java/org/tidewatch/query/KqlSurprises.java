package org.tidewatch.query;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Remarks on what KQL takes in another way than most people mean it. */
final class KqlSurprises {

    private static final Pattern STRAY =
            Pattern.compile("(?i)(?<![^\\s\\u00A0\\u3000])(and|or|not)(?![^\\s\\u00A0\\u3000])");
    private static final Pattern LINE_FEED = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\not");
    private static final Pattern PLAIN = Pattern.compile("(?<!\\S)(?:={1,2}|=>|!=?|-(?!\\d)|\\+(?!\\d)|&&|\\|\\|)"
            + "|&&|\\|\\||~\\d*(?!\\S)|\\^\\d|^/.+/$|\\[.* TO .*\\]");
    private static final Pattern PART_OF_DATE = Pattern.compile("\\d{4}(-\\d{2})?");

    /** What surprises in a longer value does so in its first characters. */
    private static final int MAX_LOOKED_AT = 1_000;

    private final Reading reading;

    KqlSurprises(Reading reading) {
        this.reading = reading;
    }

    /** @param type of the field asked for; empty for the default fields */
    void in(KqlLiteral value, Optional<Fields.Type> type) {
        boolean words = type.filter(t -> t != Fields.Type.TEXT && t != Fields.Type.KEYWORD)
                .isEmpty();
        if (type.filter(t -> t == Fields.Type.DATE).isPresent()) {
            inDate(value);
        }
        if (value.quoted()) {
            if (words && value.text().indexOf('*') >= 0) {
                reading.remark(
                        "* within quotes is a plain character: leave the quotes off to use it as a wildcard",
                        value.start());
            }
        } else if (words) {
            inWords(value);
        }
    }

    void inRange(KqlLiteral bound, Optional<Fields.Type> type) {
        if (bound.isNull()) {
            reading.remark("null is no bound: this finds every item that has the field", bound.start());
        } else if (type.filter(t -> t == Fields.Type.DATE).isPresent()) {
            inDate(bound);
        }
    }

    private void inDate(KqlLiteral value) {
        if (value.isNull()) {
            reading.remark("null is no date: this finds every item that has the field", value.start());
        } else if (PART_OF_DATE.matcher(value.text()).matches()) {
            String unit = value.text().length() > 4 ? "M" : "y";
            reading.remark(
                    "\"" + value.text() + "\" stands for its first day only; for all of it write \"" + value.text()
                            + "||/" + unit + "\"",
                    value.start());
        }
    }

    private void inWords(KqlLiteral value) {
        String raw = value.raw().substring(0, Math.min(value.raw().length(), MAX_LOOKED_AT));
        Matcher stray = STRAY.matcher(raw);
        if (stray.find()) {
            reading.remark(
                    "\"" + stray.group()
                            + "\" is searched for as a word here: an operator stands between two conditions,"
                            + " with white space on both sides",
                    value.start() + stray.start());
        }
        Matcher lineFeed = LINE_FEED.matcher(raw);
        if (lineFeed.find()) {
            reading.remark(
                    "\\not is read as a line feed and \"ot\": write \\NOT, or \"not\" in quotes",
                    value.start() + lineFeed.end() - "\\not".length());
        }
        int question = raw.indexOf('?');
        if (question >= 0) {
            reading.remark("? is no wildcard in KQL: use *", value.start() + question);
        }
        Matcher plain = PLAIN.matcher(raw);
        if (plain.find()) {
            reading.remark(
                    "\"" + plain.group().strip() + "\" is no operator in KQL and is searched for as it stands",
                    value.start() + plain.start());
        }
        if (raw.strip().matches("(?s)'.*'")) {
            reading.remark("' does not quote in KQL: use \"", value.start());
        }
    }
}
