package org.tidewatch.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final Origin origin = Origin.start().route("/", Origin.html("inside"));

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.1.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:0a00:0001::1"
            })
    void refusesAddressesThatAreNotPublic(String address) {
        assertThat(AddressRules.PUBLIC_ONLY.refusal(InetAddresses.forString(address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::0101:0101",
                "2002:0101:0101::1"
            })
    void admitsPublicAddressesUpToTheEdgesOfTheOthers(String address) {
        assertThat(AddressRules.PUBLIC_ONLY.refusal(InetAddresses.forString(address)))
                .isEmpty();
    }

    @Test
    void admitsWhatTheConfigurationNamesAndNothingBesideIt() {
        AddressRules rules = AddressRules.of(List.of(Cidr.of("10.1.0.0/20"), Cidr.of("fd12::/16")));

        assertThat(rules.refusal(InetAddresses.forString("10.1.15.255"))).isEmpty();
        assertThat(rules.refusal(InetAddresses.forString("10.1.16.0"))).contains("private, RFC 1918");
        assertThat(rules.refusal(InetAddresses.forString("fd12::1"))).isEmpty();
        assertThat(rules.refusal(InetAddresses.forString("fd13::1"))).contains("private, RFC 4193");
    }

    @Test
    void ofPublicAndPrivateAddressesOnlyThePublicOnesAreUsed() throws UnknownHostException {
        AddressGuard guard = guard(resolvingTo("10.0.0.1", "9.9.9.9", "::1", "2606:4700::1111"));

        assertThat(guard.lookup("mixed.example"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("9.9.9.9", "2606:4700:0:0:0:0:0:1111");
    }

    @Test
    void aNameWithPrivateAddressesOnlyIsRefusedWithReasonAndRemedy() {
        AddressGuard guard = guard(resolvingTo("127.0.0.1"));

        assertThatThrownBy(() -> guard.lookup("rebound.example"))
                .isInstanceOf(RefusedAddress.class)
                .hasMessageContaining("rebound.example resolves to 127.0.0.1 (loopback, RFC 1122)")
                .hasMessageContaining("crawl.allow_addresses")
                .hasMessageContaining("crawl.connect_to");
    }

    /** Hosts as they may stand in a URL; OkHttp resolves some of them by itself and never asks the guard's resolver. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "0x7f.1",
                "0x7f000001",
                "0x7f.0.0.0x1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.1.",
                "0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "①②⑦.⓪.⓪.①"
            })
    void noSpellingOfLoopbackIsConnectedTo(String host) {
        OkHttpClient client = client(guard(Dns.SYSTEM));

        assertThatThrownBy(() ->
                        get(client, "http://" + host + ":" + origin.address().port() + "/"))
                .isInstanceOf(IOException.class);
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void theSocketJudgesTheAddressItConnectsTo() {
        // A resolver that is asked once too often: the second answer is the attacker's.
        AtomicInteger asked = new AtomicInteger();
        Dns rebinding = host -> List.of(
                InetAddress.getByAddress(host, asked.getAndIncrement() == 0 ? bytes("9.9.9.9") : bytes("127.0.0.1")));
        OkHttpClient.Builder unresolved = new OkHttpClient.Builder();
        guard(rebinding).protect(unresolved);
        OkHttpClient bypassingTheLookup = unresolved
                .dns(host -> List.of(InetAddress.getByAddress(host, bytes("127.0.0.1"))))
                .build();

        assertThatThrownBy(() -> get(
                        bypassingTheLookup,
                        "http://rebound.example:" + origin.address().port() + "/"))
                .isInstanceOf(RefusedAddress.class)
                .hasMessageContaining("rebound.example is 127.0.0.1 (loopback, RFC 1122)");
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void aNameIsResolvedOnceForAConnection() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Dns counting = host -> {
            asked.incrementAndGet();
            return List.of(InetAddress.getByAddress(host, bytes("127.0.0.1")));
        };
        AddressRules loopback = AddressRules.of(List.of(Cidr.of("127.0.0.0/8")));

        String body = get(
                client(new AddressGuard(loopback, Map.of(), counting)),
                "http://forum.karstbay.test:" + origin.address().port() + "/");

        assertThat(body).isEqualTo("inside");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aHostWithAGivenAddressIsConnectedToThereAndKeepsItsName() throws IOException {
        AddressGuard guard =
                new AddressGuard(AddressRules.PUBLIC_ONLY, origin.as("forum.karstbay.test"), resolvingTo("9.9.9.9"));

        assertThat(get(client(guard), "http://forum.karstbay.test/")).isEqualTo("inside");
        assertThat(origin.requests()).extracting(Origin.Request::host).containsExactly("forum.karstbay.test");
    }

    private static AddressGuard guard(Dns resolver) {
        return new AddressGuard(AddressRules.PUBLIC_ONLY, Map.of(), resolver);
    }

    private static OkHttpClient client(AddressGuard guard) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        guard.protect(builder);
        return builder.build();
    }

    private static String get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().string();
        }
    }

    private static Dns resolvingTo(String... addresses) {
        return host -> Arrays.stream(addresses).map(InetAddresses::forString).toList();
    }

    private static byte[] bytes(String address) {
        return InetAddresses.forString(address).getAddress();
    }
}
