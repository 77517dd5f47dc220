package org.tidewatch.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Elasticsearch's date maths over its default format, {@code strict_date_optional_time||epoch_millis}:
 *
 * <pre>
 * expression = ("now" | date "||") step* | date
 * step       = ("+" | "-") [digits] unit | "/" unit
 * unit       = "y" | "M" | "w" | "d" | "h" | "H" | "m" | "s"
 * </pre>
 *
 * <p>A date before {@code ||} is read as the first moment that it means. Read on its own and rounded up, a missing time
 * is the last moment of the day, but a missing month or day is still the first. Weeks begin on Monday.
 */
final class DateMath {

    private static final Pattern ISO = Pattern.compile("(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
            + "(?:T(?:([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?(.*))?)?)?)?");
    private static final Pattern EPOCH = Pattern.compile("-?[0-9]{1,19}(?:\\.[0-9]{0,6})?");
    private static final Pattern OFFSET = Pattern.compile("[+-][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?");
    private static final String ANCHOR = "||";

    /** Clocks between which an expression that moves must stay readable. */
    private static final Instant EARLIEST_CLOCK = Instant.EPOCH;

    private static final Instant LATEST_CLOCK = Instant.parse("9999-12-31T23:59:59.999Z");

    private DateMath() {}

    /** @throws ArithmeticException if the moment is beyond what a long holds; bounds that were checked never are */
    static long millis(String expression, boolean roundUp, Now now) {
        try {
            return read(expression, roundUp, now);
        } catch (Unreadable e) {
            throw new IllegalStateException("Unchecked date bound " + expression, e);
        }
    }

    /**
     * A bound that can be read whatever the clock shows.
     *
     * @throws Unreadable if it is none, or lies beyond the dates that a long of milliseconds holds
     */
    static DateBound bound(String expression, boolean roundUp, int shift, boolean inUtc) throws Unreadable {
        DateBound bound = new DateBound(expression, roundUp, shift, inUtc);
        for (Instant clock : new Instant[] {EARLIEST_CLOCK, LATEST_CLOCK}) {
            try {
                Math.addExact(read(expression, roundUp, new Now(clock, ZoneOffset.UTC)), shift);
            } catch (ArithmeticException e) {
                throw new Unreadable("\"" + expression + "\" is beyond all dates: write a nearer one");
            }
        }
        return bound;
    }

    /** The expression for a number of milliseconds, which of four digits alone would be read as a year. */
    static String epoch(String millis) {
        return millis.matches("-?[0-9]{4}") ? millis.replaceFirst("[0-9]", "0$0") : millis;
    }

    private static long read(String expression, boolean roundUp, Now now) throws Unreadable {
        try {
            return instant(expression, roundUp, now).toEpochMilli();
        } catch (DateTimeException e) {
            throw new Unreadable("\"" + expression + "\" is no date that there is");
        }
    }

    private static Instant instant(String expression, boolean roundUp, Now now) throws Unreadable {
        if (expression.startsWith("now")) {
            return steps(expression, "now".length(), now.instant().atZone(now.zone()), roundUp);
        }
        int anchor = expression.indexOf(ANCHOR);
        if (anchor == 0) {
            throw unreadable(expression);
        }
        if (anchor < 0) {
            return date(expression, roundUp, now.zone());
        }
        Instant start = date(expression.substring(0, anchor), false, now.zone());
        return steps(expression, anchor + ANCHOR.length(), start.atZone(now.zone()), roundUp);
    }

    private static Instant steps(String expression, int from, ZonedDateTime start, boolean roundUp) throws Unreadable {
        ZonedDateTime time = start;
        int i = from;
        while (i < expression.length()) {
            char operator = expression.charAt(i++);
            int digits = i;
            while (i < expression.length() && Character.isDigit(expression.charAt(i))) {
                i++;
            }
            if ("+-/".indexOf(operator) < 0 || i == expression.length()) {
                throw unreadable(expression);
            }
            int amount = i == digits ? 1 : amount(expression, digits, i);
            char unit = expression.charAt(i++);
            if (operator != '/') {
                time = time.plus(operator == '+' ? amount : -amount, unit(unit, expression));
            } else if (amount == 1) {
                time = roundUp
                        ? floor(time, unit, expression)
                                .plus(1, unit(unit, expression))
                                .minus(1, ChronoUnit.MILLIS)
                        : floor(time, unit, expression);
            } else {
                throw unreadable(expression);
            }
        }
        return time.toInstant();
    }

    private static int amount(String expression, int from, int to) throws Unreadable {
        try {
            return Integer.parseInt(expression.substring(from, to));
        } catch (NumberFormatException e) {
            throw unreadable(expression);
        }
    }

    private static ChronoUnit unit(char unit, String expression) throws Unreadable {
        return switch (unit) {
            case 'y' -> ChronoUnit.YEARS;
            case 'M' -> ChronoUnit.MONTHS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'd' -> ChronoUnit.DAYS;
            case 'h', 'H' -> ChronoUnit.HOURS;
            case 'm' -> ChronoUnit.MINUTES;
            case 's' -> ChronoUnit.SECONDS;
            default -> throw unreadable(expression);
        };
    }

    private static ZonedDateTime floor(ZonedDateTime time, char unit, String expression) throws Unreadable {
        return switch (unit(unit, expression)) {
            case YEARS -> time.withDayOfYear(1).with(LocalTime.MIN);
            case MONTHS -> time.withDayOfMonth(1).with(LocalTime.MIN);
            case WEEKS ->
                time.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).with(LocalTime.MIN);
            case DAYS -> time.with(LocalTime.MIN);
            case HOURS -> time.truncatedTo(ChronoUnit.HOURS);
            case MINUTES -> time.truncatedTo(ChronoUnit.MINUTES);
            default -> time.truncatedTo(ChronoUnit.SECONDS);
        };
    }

    private static Instant date(String text, boolean roundUp, ZoneId zone) throws Unreadable {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            Optional<ZoneId> own = own(iso.group(8), text);
            return LocalDateTime.of(
                            number(iso.group(1), 0),
                            number(iso.group(2), 1),
                            number(iso.group(3), 1),
                            number(iso.group(4), roundUp ? 23 : 0),
                            number(iso.group(5), roundUp ? 59 : 0),
                            number(iso.group(6), roundUp ? 59 : 0),
                            nanos(iso.group(7), roundUp))
                    .atZone(own.orElse(zone))
                    .toInstant();
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            try {
                BigDecimal millis = new BigDecimal(text.endsWith(".") ? text + "0" : text);
                return Instant.ofEpochMilli(
                        millis.setScale(0, RoundingMode.FLOOR).longValueExact());
            } catch (ArithmeticException e) {
                throw unreadable(text);
            }
        }
        throw unreadable(text);
    }

    private static Optional<ZoneId> own(@Nullable String zone, String text) throws Unreadable {
        if (zone == null || zone.isEmpty()) {
            return Optional.empty();
        }
        boolean signed = zone.charAt(0) == '+' || zone.charAt(0) == '-';
        if (signed && !OFFSET.matcher(zone).matches()) {
            throw unreadable(text);
        }
        return Optional.of(ZoneId.of(zone));
    }

    private static int number(@Nullable String digits, int missing) {
        return digits == null ? missing : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String digits, boolean roundUp) {
        return digits == null
                ? roundUp ? 999_999_999 : 0
                : Integer.parseInt(digits + "0".repeat("000000000".length() - digits.length()));
    }

    private static Unreadable unreadable(String text) {
        return new Unreadable("\"" + text + "\" is no date: write a day (2026-11-24), an instant"
                + " (2026-11-24T10:00:00Z, in quotes in KQL) or date maths (now-7d, now/d, 2026-11-24||/M)");
    }
}
