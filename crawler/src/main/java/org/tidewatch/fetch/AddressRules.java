package org.tidewatch.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which IP addresses may be connected to: every public one, and those that {@code allowed} names.
 *
 * <p>What is not public follows the IANA registries of special-purpose addresses (RFC 6890 and its updates). IPv6 is
 * refused outside 2000::/3, the only block that holds public unicast addresses; an address that wraps an IPv4 address
 * is judged by the address within.
 */
public record AddressRules(@JsonValue List<Cidr> allowed) {

    /** Every public address and nothing else. */
    public static final AddressRules PUBLIC_ONLY = new AddressRules(List.of());

    private static final Cidr GLOBAL_UNICAST = Cidr.of("2000::/3");
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");

    private static final List<Special> SPECIAL = List.of(
            new Special("169.254.169.254/32", "cloud metadata"),
            new Special("168.63.129.16/32", "cloud metadata"),
            new Special("100.100.100.200/32", "cloud metadata"),
            new Special("fd00:ec2::254/128", "cloud metadata"),
            new Special("0.0.0.0/8", "this network, RFC 1122"),
            new Special("10.0.0.0/8", "private, RFC 1918"),
            new Special("100.64.0.0/10", "carrier-grade NAT, RFC 6598"),
            new Special("127.0.0.0/8", "loopback, RFC 1122"),
            new Special("169.254.0.0/16", "link-local, RFC 3927"),
            new Special("172.16.0.0/12", "private, RFC 1918"),
            new Special("192.0.0.0/24", "protocol assignments, RFC 6890"),
            new Special("192.0.2.0/24", "documentation, RFC 5737"),
            new Special("192.88.99.0/24", "6to4 relay, RFC 7526"),
            new Special("192.168.0.0/16", "private, RFC 1918"),
            new Special("198.18.0.0/15", "benchmarking, RFC 2544"),
            new Special("198.51.100.0/24", "documentation, RFC 5737"),
            new Special("203.0.113.0/24", "documentation, RFC 5737"),
            new Special("224.0.0.0/4", "multicast, RFC 5771"),
            new Special("240.0.0.0/4", "reserved or broadcast, RFC 1112"),
            new Special("::/128", "unspecified, RFC 4291"),
            new Special("::1/128", "loopback, RFC 4291"),
            new Special("fc00::/7", "private, RFC 4193"),
            new Special("fe80::/10", "link-local, RFC 4291"),
            new Special("ff00::/8", "multicast, RFC 4291"),
            new Special("2001::/23", "protocol assignments, RFC 2928"),
            new Special("2001:db8::/32", "documentation, RFC 3849"),
            new Special("3fff::/20", "documentation, RFC 9637"));

    private record Special(Cidr block, String kind) {
        Special(String block, String kind) {
            this(Cidr.of(block), kind);
        }
    }

    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AddressRules of(List<Cidr> allowed) {
        return new AddressRules(allowed);
    }

    /** Why {@code address} may not be connected to ("loopback, RFC 1122"); empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        if (allowed.stream().anyMatch(block -> block.contains(address))) {
            return Optional.empty();
        }
        for (Special special : SPECIAL) {
            if (special.block.contains(address)) {
                return Optional.of(special.kind);
            }
        }
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        Optional<Inet4Address> within = wrapped(address);
        if (within.isPresent()) {
            return refusal(within.get()).map(kind -> "IPv6 form of an IPv4 address: " + kind);
        }
        return GLOBAL_UNICAST.contains(address)
                ? Optional.empty()
                : Optional.of("outside the public IPv6 addresses, RFC 4291");
    }

    /** RFC 6052 (NAT64) holds the IPv4 address in the last four bytes, RFC 3056 (6to4) in the four after the prefix. */
    private static Optional<Inet4Address> wrapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return Optional.of(fourBytes(bytes, 12));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(fourBytes(bytes, 2)) : Optional.empty();
    }

    private static Inet4Address fourBytes(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return InetAddresses.fromInteger(value);
    }
}
