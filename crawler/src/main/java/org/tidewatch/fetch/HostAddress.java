package org.tidewatch.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/** Where connections for a host name really go, written {@code 127.0.0.1:8080} or {@code [::1]:8080}. */
public record HostAddress(InetAddress ip, int port) {

    /** @throws IllegalArgumentException if {@code port} is outside 1 to 65535 */
    public HostAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("No port to connect to: " + port);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not an IP address with a port; names are refused */
    @JsonCreator
    public static HostAddress of(String text) {
        try {
            HostAndPort parts = HostAndPort.fromString(text);
            return new HostAddress(InetAddresses.forString(parts.getHost()), parts.getPort());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException("Not an IP address with a port such as 127.0.0.1:8080: " + text, e);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return HostAndPort.fromParts(InetAddresses.toAddrString(ip), port).toString();
    }
}
