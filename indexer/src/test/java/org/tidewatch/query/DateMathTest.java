package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of dates, as observed by asking it; the tables of {@link KibanaTableTest} ask again. */
class DateMathTest {

    /** A Wednesday. */
    private static final Now NOW = new Now(Instant.parse("2026-11-25T10:20:30.400Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        // a missing time is filled up, a missing month or day is the first either way
        "2024, 2024-01-01T00:00:00Z, 2024-01-01T23:59:59.999Z",
        "2024-02, 2024-02-01T00:00:00Z, 2024-02-01T23:59:59.999Z",
        "2024-02-03, 2024-02-03T00:00:00Z, 2024-02-03T23:59:59.999Z",
        "2024-02-03T, 2024-02-03T00:00:00Z, 2024-02-03T23:59:59.999Z",
        "2024-02-03T10, 2024-02-03T10:00:00Z, 2024-02-03T10:59:59.999Z",
        "2024-02-03T10:11, 2024-02-03T10:11:00Z, 2024-02-03T10:11:59.999Z",
        "2024-02-03T10:11:12, 2024-02-03T10:11:12Z, 2024-02-03T10:11:12.999Z",
        "2024-02-03T10:11:12.5, 2024-02-03T10:11:12.500Z, 2024-02-03T10:11:12.500Z",
        "2024-02-03T10:11:12.123456789Z, 2024-02-03T10:11:12.123Z, 2024-02-03T10:11:12.123Z",
        "2024-02-03T10:11:12.5+01, 2024-02-03T09:11:12.500Z, 2024-02-03T09:11:12.500Z",
        "2024-02-03T10:11:12.5+01:30, 2024-02-03T08:41:12.500Z, 2024-02-03T08:41:12.500Z",
        "2024-02-03T10:11:12Europe/Paris, 2024-02-03T09:11:12Z, 2024-02-03T09:11:12.999Z",
        "-2024, -2024-01-01T00:00:00Z, -2024-01-01T23:59:59.999Z",
        // milliseconds since 1970
        "1710028800000, 2024-03-10T00:00:00Z, 2024-03-10T00:00:00Z",
        "20240203, 1970-01-01T05:37:20.203Z, 1970-01-01T05:37:20.203Z",
        "-5, 1969-12-31T23:59:59.995Z, 1969-12-31T23:59:59.995Z",
        "5.5, 1970-01-01T00:00:00.005Z, 1970-01-01T00:00:00.005Z",
        // maths
        "now, 2026-11-25T10:20:30.400Z, 2026-11-25T10:20:30.400Z",
        "now-7d, 2026-11-18T10:20:30.400Z, 2026-11-18T10:20:30.400Z",
        "now+d, 2026-11-26T10:20:30.400Z, 2026-11-26T10:20:30.400Z",
        "now-1M-1h, 2026-10-25T09:20:30.400Z, 2026-10-25T09:20:30.400Z",
        "now/y, 2026-01-01T00:00:00Z, 2026-12-31T23:59:59.999Z",
        "now/M, 2026-11-01T00:00:00Z, 2026-11-30T23:59:59.999Z",
        "now/w, 2026-11-23T00:00:00Z, 2026-11-29T23:59:59.999Z",
        "now/d, 2026-11-25T00:00:00Z, 2026-11-25T23:59:59.999Z",
        "now/h, 2026-11-25T10:00:00Z, 2026-11-25T10:59:59.999Z",
        "now/H, 2026-11-25T10:00:00Z, 2026-11-25T10:59:59.999Z",
        "now/m, 2026-11-25T10:20:00Z, 2026-11-25T10:20:59.999Z",
        "now/s, 2026-11-25T10:20:30Z, 2026-11-25T10:20:30.999Z",
        "now+1d/d-1h, 2026-11-25T23:00:00Z, 2026-11-26T22:59:59.999Z",
        "2024-02-03||/M, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999Z",
        "2024-02-03||+1M/d, 2024-03-03T00:00:00Z, 2024-03-03T23:59:59.999Z",
        "2024||, 2024-01-01T00:00:00Z, 2024-01-01T00:00:00Z",
        "2024-01-31||+1M, 2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void aBoundIsRoundedDownOrUp(String expression, Instant down, Instant up) throws Unreadable {
        assertThat(DateMath.bound(expression, false, 0, false).millis(NOW)).isEqualTo(down.toEpochMilli());
        assertThat(DateMath.bound(expression, true, 0, false).millis(NOW)).isEqualTo(up.toEpochMilli());
    }

    @Test
    void daysAreThoseOfTheZoneUnlessTheDateNamesItsOwn() throws Unreadable {
        Now auckland = new Now(NOW.instant(), ZoneId.of("Pacific/Auckland"));

        assertThat(Instant.ofEpochMilli(
                        DateMath.bound("2026-11-25", false, 0, false).millis(auckland)))
                .isEqualTo("2026-11-24T11:00:00Z");
        assertThat(Instant.ofEpochMilli(DateMath.bound("now/d", true, 0, false).millis(auckland)))
                .isEqualTo("2026-11-25T10:59:59.999Z");
        assertThat(Instant.ofEpochMilli(
                        DateMath.bound("2026-11-25T00:00:00Z", false, 0, false).millis(auckland)))
                .isEqualTo("2026-11-25T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "nowhere",
                "now 1d",
                "now-1",
                "now-1x",
                "now+",
                "now/2d",
                "||+1d",
                "2024-2-3",
                "2024-13-01",
                "2024-02-30",
                "2024-02-03T24:00:00",
                "2024-02-03T10:11:60",
                "2024-02-03T10:11:12.",
                "2024-02-03TZ",
                "2024-02-03Z",
                "2024-02-03t10:11",
                "2024-02-03T10:11:12z",
                "2024-02-03T10:11:12+25:00",
                "12024-01-01",
                " 2024",
                "1e3",
                "99999999999999999999",
                "now-99999999999d",
                "now+2000000000y",
                "2024||+293000000y"
            })
    void whatIsNoDateOrBeyondAllDatesIsUnreadable(String expression) {
        assertThatThrownBy(() -> DateMath.bound(expression, false, 0, false))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("\"" + expression + "\"");
    }

    @Test
    void theVeryLastMillisecondHasNoneAfterIt() throws Unreadable {
        String last = Long.toString(Long.MAX_VALUE);

        assertThat(DateMath.bound(last, false, 0, false).millis(NOW)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> DateMath.bound(last, true, 1, false)).isInstanceOf(Unreadable.class);
    }

    @Test
    void aNumberOfMillisecondsIsNeverReadAsAYear() throws Unreadable {
        assertThat(DateMath.bound(DateMath.epoch("2024"), false, 0, false).millis(NOW))
                .isEqualTo(2024);
        assertThat(DateMath.bound(DateMath.epoch("-2024"), false, 0, false).millis(NOW))
                .isEqualTo(-2024);
        assertThat(DateMath.bound(DateMath.epoch("12345"), false, 0, false).millis(NOW))
                .isEqualTo(12_345);
    }
}
