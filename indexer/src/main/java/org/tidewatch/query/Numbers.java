package org.tidewatch.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.lucene.document.DoublePoint;

/** What Elasticsearch reads numbers as: a whole-number field takes fractions and exponents too, and rounds inwards. */
final class Numbers {

    private static final BigDecimal BELOW = new BigDecimal(Clause.Integers.LEAST).subtract(BigDecimal.ONE);
    private static final BigDecimal ABOVE = new BigDecimal(Clause.Integers.MOST).add(BigDecimal.ONE);

    private Numbers() {}

    static Clause whole(String field, String text) throws Unreadable {
        if (hasFraction(text)) {
            return new Clause.Nothing();
        }
        BigDecimal value = read(text);
        return isBeyond(value) ? new Clause.Nothing() : new Clause.Integers(field, whole(value), whole(value));
    }

    static Clause wholes(
            String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        BigInteger min = Clause.Integers.LEAST;
        BigInteger max = Clause.Integers.MOST;
        if (low.isPresent()) {
            min = bound(low.get());
            boolean up = hasFraction(low.get()) ? decimal(low.get()) > 0 : !lowIncluded;
            min = up ? min.add(BigInteger.ONE) : min;
        }
        if (high.isPresent()) {
            max = bound(high.get());
            boolean down = hasFraction(high.get()) ? decimal(high.get()) < 0 : !highIncluded;
            max = down ? max.subtract(BigInteger.ONE) : max;
        }
        return min.compareTo(max) > 0 ? new Clause.Nothing() : new Clause.Integers(field, min, max);
    }

    static Clause decimal(String field, String text) throws Unreadable {
        double value = decimal(text);
        return Double.isFinite(value) ? new Clause.Decimals(field, value, value) : new Clause.Nothing();
    }

    static Clause decimals(
            String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        double min = low.isPresent() ? decimal(low.get()) : Double.NEGATIVE_INFINITY;
        double max = high.isPresent() ? decimal(high.get()) : Double.POSITIVE_INFINITY;
        min = lowIncluded || low.isEmpty() ? min : DoublePoint.nextUp(min);
        max = highIncluded || high.isEmpty() ? max : DoublePoint.nextDown(max);
        boolean none = Double.isNaN(min)
                || Double.isNaN(max)
                || min == Double.POSITIVE_INFINITY
                || max == Double.NEGATIVE_INFINITY
                || Double.compare(min, max) > 0;
        return none ? new Clause.Nothing() : new Clause.Decimals(field, min, max);
    }

    /** The server asks a double, so that the fraction of a number beyond 2<sup>53</sup> goes unseen. */
    private static boolean hasFraction(String text) throws Unreadable {
        try {
            return Double.parseDouble(text) % 1 != 0;
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static BigInteger bound(String text) throws Unreadable {
        BigDecimal value = read(text);
        if (isBeyond(value)) {
            throw new Unreadable("\"" + text + "\" is beyond what the field holds: write a smaller number");
        }
        return whole(value);
    }

    private static BigDecimal read(String text) throws Unreadable {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static boolean isBeyond(BigDecimal value) {
        return value.compareTo(BELOW) <= 0 || value.compareTo(ABOVE) >= 0;
    }

    /** Cut off towards zero; a number of very many decimals is not written out for that. */
    private static BigInteger whole(BigDecimal value) {
        boolean belowOne = (long) value.precision() - value.scale() <= 0;
        return belowOne ? BigInteger.ZERO : value.toBigInteger();
    }

    private static double decimal(String text) throws Unreadable {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static Unreadable unreadable(String text) {
        return new Unreadable("\"" + text + "\" is no number");
    }
}
