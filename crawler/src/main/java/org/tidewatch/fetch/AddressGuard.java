package org.tidewatch.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Keeps fetching off loopback, private and other addresses that are not public, whatever a page, a redirect or a name
 * server says. A name is resolved once for a connection, addresses that {@link AddressRules} refuse are dropped, and
 * the socket judges once more, at connect, the very address it connects to: a name that changes its address in between
 * (DNS rebinding) gains nothing, and an IP literal, which OkHttp does not resolve, is judged there too.
 *
 * <p>A host that {@code connectTo} names is connected to the address given there, without further judgement.
 * Thread-safe.
 */
public final class AddressGuard implements Dns {

    /** A last label that is a number makes the host an IPv4 address in some parser (WHATWG URL, "ends in a number"). */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern DOTTED_DECIMAL =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    private final AddressRules rules;
    private final Map<String, HostAddress> connectTo;
    private final Dns resolver;

    public AddressGuard(AddressRules rules, Map<String, HostAddress> connectTo, Dns resolver) {
        this.rules = rules;
        this.connectTo = Map.copyOf(connectTo);
        this.resolver = resolver;
    }

    /** Makes every connection of the client go through this guard and through no proxy, whatever the system says. */
    void protect(OkHttpClient.Builder client) {
        client.proxy(Proxy.NO_PROXY)
                .dns(this)
                .socketFactory(new GuardedSockets())
                .addInterceptor(this::refuseOddSpelling);
    }

    /**
     * The addresses of {@code host} that may be connected to, never empty.
     *
     * @throws UnknownHostException if the name has no address, or none that may be connected to
     */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Optional<HostAddress> given = given(host);
        if (given.isPresent()) {
            return List.of(InetAddress.getByAddress(host, given.get().ip().getAddress()));
        }
        List<InetAddress> admitted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (InetAddress address : resolver.lookup(host)) {
            rules.refusal(address)
                    .ifPresentOrElse(
                            kind -> refused.add(address.getHostAddress() + " (" + kind + ")"),
                            () -> admitted.add(address));
        }
        if (admitted.isEmpty() && !refused.isEmpty()) {
            throw new RefusedAddress(host + " resolves to " + String.join(", ", refused) + "; " + remedy(host));
        }
        return admitted;
    }

    /**
     * Where a socket may go that is asked to connect to {@code endpoint}.
     *
     * @throws RefusedAddress if nowhere
     */
    InetSocketAddress admit(SocketAddress endpoint) throws RefusedAddress {
        if (!(endpoint instanceof InetSocketAddress asked) || asked.isUnresolved()) {
            throw new RefusedAddress("Not a resolved IP address: " + endpoint);
        }
        Optional<HostAddress> given = given(asked.getHostString());
        if (given.isPresent()) {
            return new InetSocketAddress(given.get().ip(), given.get().port());
        }
        Optional<String> refusal = rules.refusal(asked.getAddress());
        if (refusal.isPresent()) {
            throw new RefusedAddress(
                    asked.getHostString() + " is " + asked.getAddress().getHostAddress() + " (" + refusal.get() + "); "
                            + remedy(asked.getHostString()));
        }
        return asked;
    }

    private Optional<HostAddress> given(String host) {
        return Optional.ofNullable(connectTo.get(host.toLowerCase(Locale.ROOT)));
    }

    private static String remedy(String host) {
        return "to fetch it all the same, name the address in crawl.allow_addresses or " + host
                + " in crawl.connect_to";
    }

    /** Refuses spellings that parsers read differently (octal, hexadecimal, fewer than four parts). */
    private Response refuseOddSpelling(Interceptor.Chain chain) throws IOException {
        String host = chain.request().url().host();
        if (ENDS_IN_NUMBER.matcher(host).matches()
                && !DOTTED_DECIMAL.matcher(host).matches()) {
            throw new RefusedAddress(host + " is an IP address in an ambiguous spelling; "
                    + "only four decimal parts without leading zeros are followed");
        }
        return chain.proceed(chain.request());
    }

    private final class GuardedSockets extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new GuardedSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw connectedElsewhere();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw connectedElsewhere();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw connectedElsewhere();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw connectedElsewhere();
        }

        private SocketException connectedElsewhere() {
            return new SocketException(
                    "Guarded sockets are made unconnected, so that they judge where they connect to");
        }
    }

    /** A direct socket: without {@link Proxy#NO_PROXY} the JVM would go through a SOCKS proxy named by the system. */
    private final class GuardedSocket extends Socket {

        GuardedSocket() {
            super(Proxy.NO_PROXY);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(admit(endpoint), timeout);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return ByteBudget.charged(super.getInputStream());
        }
    }
}
