package org.tidewatch.query;

import java.time.LocalDate;

/** Date maths. */
final class DateMath {

    private DateMath() {}

    static long millis(String expression, boolean roundUp, Now now) {
        if (expression.equals("now")) {
            return now.instant().toEpochMilli();
        }
        LocalDate day = LocalDate.parse(expression);
        return (roundUp ? day.plusDays(1) : day)
                        .atStartOfDay(now.zone())
                        .toInstant()
                        .toEpochMilli()
                - (roundUp ? 1 : 0);
    }
}
