package org.tidewatch.extract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the machine-readable dates of pages: ISO 8601 with or without time and offset, RFC 1123, and seconds or
 * milliseconds since 1970. A time without an offset is taken as UTC. Dates before 1990 or more than a day after the
 * fetch are no dates of publication and are dropped.
 */
final class Dates {

    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int LONGEST = 40;
    private static final Pattern EPOCH = Pattern.compile("\\d{9,10}|\\d{12,13}");

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private static final List<DateTimeFormatter> FORMATS = List.of(ISO, DateTimeFormatter.RFC_1123_DATE_TIME);

    private Dates() {}

    static Optional<Instant> parse(String text, Instant fetchedAt) {
        String date = text.strip();
        if (date.isEmpty() || date.length() > LONGEST) {
            return Optional.empty();
        }
        return instant(date).filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(fetchedAt.plus(AHEAD)));
    }

    private static Optional<Instant> instant(String date) {
        if (EPOCH.matcher(date).matches()) {
            long number = Long.parseLong(date);
            return Optional.of(date.length() > 10 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
        }
        return FORMATS.stream().flatMap(format -> parsed(date, format).stream()).findFirst();
    }

    private static Optional<Instant> parsed(String date, DateTimeFormatter format) {
        try {
            return Optional.of(
                    instant(format.parseBest(date, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor parsed) {
        if (parsed instanceof OffsetDateTime exact) {
            return exact.toInstant();
        }
        return parsed instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
