package org.tidewatch.query;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Elasticsearch reads IPv4 and IPv6 addresses as, and blocks of them in CIDR notation. Looks up no name. */
final class Addresses {

    private static final int BYTES = 16;
    private static final BigInteger LEAST = BigInteger.ZERO;
    private static final BigInteger MOST =
            BigInteger.ONE.shiftLeft(BYTES * Byte.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff).shiftLeft(Integer.SIZE);
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]+(:" + V4 + ")?");
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    private Addresses() {}

    /** An address, or all of a block. */
    static Clause one(String field, String text) throws Unreadable {
        int slash = text.indexOf('/');
        if (slash < 0) {
            BigInteger address = number(address(text));
            return between(field, address, address);
        }
        InetAddress start = address(text.substring(0, slash));
        boolean mapped = start instanceof Inet4Address && text.indexOf(':') >= 0;
        String digits = text.substring(slash + 1);
        int width = start.getAddress().length * Byte.SIZE;
        int fixed = BITS.matcher(digits).matches() ? Integer.parseInt(digits) : width + 1;
        if (mapped || fixed > width) {
            throw new Unreadable("\"" + text + "\" is no block of addresses: write for instance 192.0.2.0/24");
        }
        BigInteger rest = BigInteger.ONE.shiftLeft(width - fixed).subtract(BigInteger.ONE);
        BigInteger min = number(start).andNot(rest);
        return between(field, min, min.or(rest));
    }

    static Clause range(
            String field, Optional<String> low, boolean lowIncluded, Optional<String> high, boolean highIncluded)
            throws Unreadable {
        BigInteger min = LEAST;
        BigInteger max = MOST;
        if (low.isPresent()) {
            min = number(address(low.get())).add(lowIncluded ? BigInteger.ZERO : BigInteger.ONE);
        }
        if (high.isPresent()) {
            max = number(address(high.get())).subtract(highIncluded ? BigInteger.ZERO : BigInteger.ONE);
        }
        return between(field, min, max);
    }

    private static Clause between(String field, BigInteger min, BigInteger max) {
        return min.compareTo(max) > 0
                ? new Clause.Nothing()
                : new Clause.Addresses(field, hexadecimal(min), hexadecimal(max));
    }

    private static String hexadecimal(BigInteger address) {
        byte[] bytes = new byte[BYTES];
        byte[] digits = address.toByteArray();
        int length = Math.min(digits.length, BYTES);
        System.arraycopy(digits, digits.length - length, bytes, BYTES - length, length);
        return HexFormat.of().formatHex(bytes);
    }

    private static BigInteger number(InetAddress address) {
        BigInteger number = new BigInteger(1, address.getAddress());
        return address instanceof Inet4Address ? number.or(MAPPED) : number;
    }

    private static InetAddress address(String text) throws Unreadable {
        if (V4.matcher(text).matches()
                || (text.indexOf(':') >= 0 && V6.matcher(text).matches())) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw unreadable(text);
            }
        }
        throw unreadable(text);
    }

    private static Unreadable unreadable(String text) {
        return new Unreadable("\"" + text + "\" is no address: write for instance 192.0.2.7 or \"2001:db8::7\"");
    }
}
