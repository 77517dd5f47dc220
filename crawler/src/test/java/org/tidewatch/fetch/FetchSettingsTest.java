package org.tidewatch.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.fetch.FetchSettings.Agent;
import org.tidewatch.index.Json;

class FetchSettingsTest {

    private static final Agent AGENT = new Agent("tidewatch", "desk@unit.example");

    @Test
    void survivesTheTripAsJson() {
        FetchSettings settings = FetchSettings.of(AGENT)
                .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(20))
                .withMaxBytes(1 << 20)
                .withAllowed(AddressRules.of(List.of(Cidr.of("10.1.0.0/16"), Cidr.of("fd00::/8"))))
                .withConnectTo(Map.of(
                        "Forum.Karstbay.test",
                        HostAddress.of("127.0.0.1:8081"),
                        "six.test",
                        HostAddress.of("[::1]:80")));

        String json = Json.text(settings);

        assertThat(Json.parse(json, FetchSettings.class)).isEqualTo(settings);
        assertThat(json).contains("\"forum.karstbay.test\":\"127.0.0.1:8081\"").contains("\"10.1.0.0/16\"");
    }

    @Test
    void theUserAgentSaysWhoAsksAndHowToReachThem() {
        assertThat(AGENT.header()).isEqualTo("tidewatch/1.0 (+desk@unit.example)");
        assertThat(new Agent("tidewatch", "https://unit.example/crawler").header())
                .isEqualTo("tidewatch/1.0 (+https://unit.example/crawler)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tide watch", "tidewatch/2", "مراقب", "tide\r\nX: y"})
    void refusesNamesThatRobotsTxtCannotAddress(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Agent(name, "desk@unit.example"))
                .withMessageContaining("crawl.agent.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "ftp://unit.example", "desk@unit.example\r\nX: y", "a@b) (c"})
    void refusesContactsThatReachNobody(String contact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Agent("tidewatch", contact))
                .withMessageContaining("crawl.agent.contact");
    }

    @Test
    void refusesImpossibleBoundsByTheNameOfTheirKey() {
        FetchSettings settings = FetchSettings.of(AGENT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withMaxBytes(0))
                .withMessageContaining("crawl.max_bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTimeouts(Duration.ofSeconds(1), Duration.ZERO))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTimeouts(Duration.ofSeconds(40), Duration.ofSeconds(30)))
                .withMessageContaining("crawl.connect_timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("{\"agent\":{\"name\":\"tidewatch\"}}", FetchSettings.class))
                .withMessageContaining("crawl.agent.contact is not set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.of("localhost:80"))
                .withMessageContaining("localhost:80");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.of("10.0.0.0/33"))
                .withMessageContaining("10.0.0.0/33");
    }
}
