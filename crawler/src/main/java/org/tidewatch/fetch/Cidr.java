package org.tidewatch.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * A block of IP addresses: the leading {@code bits} of {@code network}. Written {@code 10.1.0.0/16} or
 * {@code fd00::/8}; a bare address is a block of one.
 */
public record Cidr(InetAddress network, int bits) {

    /** @throws IllegalArgumentException if {@code bits} is longer than the address */
    public Cidr {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("No prefix length for " + network.getHostAddress() + ": " + bits);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is neither an IP address nor a block of them; names are refused */
    @JsonCreator
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress network = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash));
            int bits = slash < 0 ? network.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
            return new Cidr(network, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Not an IP address or block such as 10.1.0.0/16 or fd00::/8: " + text, e);
        }
    }

    /** False for an address of the other IP version. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    @JsonValue
    @Override
    public String toString() {
        return InetAddresses.toAddrString(network) + "/" + bits;
    }
}
