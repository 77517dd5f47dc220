package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.alert.AlertSettings;

class SettingsTest {

    private static final MailAddress DESK = MailAddress.of("x", "desk@unit.example");

    @Test
    void anAddressMayHaveANameBesideIt() {
        assertThat(MailAddress.of("mail.from", "Night desk <desk@unit.example>"))
                .isEqualTo(new MailAddress(Optional.of("Night desk"), "desk@unit.example"));
        assertThat(MailAddress.of("mail.from", "desk@unit.example").name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "desk",
                "desk@",
                "@unit.example",
                "a b@unit.example",
                "a@b@c.example",
                "a@unit.example, b@unit.example",
                "a@unit..example",
                "a@unit.example\r\nBcc: b@unit.example",
                "Name <a@unit.example> x",
                "ü@unit.example"
            })
    void whatIsNoAddressIsRefusedByItsKey(String text) {
        refused(() -> MailAddress.of("mail.from", text), "mail.from");
    }

    @Test
    void theMessageNamesTheKeyOfEachBadValue() {
        refused(() -> smtp("no host", 25, Smtp.Security.NONE, Optional.empty(), Optional.empty()), "mail.smtp.host");
        refused(() -> smtp("h", 0, Smtp.Security.NONE, Optional.empty(), Optional.empty()), "mail.smtp.port");
        refused(() -> smtp("h", 25, Smtp.Security.TLS, Optional.of("u"), Optional.empty()), "mail.smtp.password");
        refused(() -> smtp("h", 25, Smtp.Security.TLS, Optional.empty(), Optional.of("p")), "mail.smtp.user");
        refused(() -> smtp("h", 25, Smtp.Security.NONE, Optional.of("u"), Optional.of("p")), "mail.smtp.security");
        refused(() -> recipient("a b", "n", Optional.empty()), "mail.recipients.a b");
        refused(() -> recipient("a", "n\nX: y", Optional.empty()), "mail.recipients.a.name");
        refused(() -> recipient("a", "n", Optional.of(Duration.ofSeconds(1))), "mail.recipients.a.digest");
        refused(() -> new Retry(0, Duration.ofSeconds(1), Duration.ofSeconds(1)), "mail.max_attempts");
        refused(() -> new Retry(1, Duration.ZERO, Duration.ofSeconds(1)), "mail.retry_after");
        refused(() -> new Retry(1, Duration.ofSeconds(2), Duration.ofSeconds(1)), "mail.retry_longest");
        refused(() -> SampleSettings.mail(25, Optional.of("nobody"), "desk"), "mail.fallback");
        refused(() -> kibana("javascript:alert(1)"), "kibana.url");
        refused(() -> kibana("https://user:pass@kibana.example"), "kibana.url");
        refused(() -> kibana("https://kibana.example/?x"), "kibana.url");
        MailSettings mail = SampleSettings.mail(25, Optional.empty(), "desk");
        refused(() -> new AlertSettings(mail, Set.of(0), Duration.ofHours(1)), "mail.immediate_tiers");
        refused(() -> new AlertSettings(mail, Set.of(1), Duration.ofDays(8)), "mail.digest_every");
    }

    @Test
    void aPasswordIsNeverShown() {
        Smtp smtp = smtp("mail.unit.example", 587, Smtp.Security.STARTTLS, Optional.of("u"), Optional.of("s3cret"));
        assertThat(smtp.toString()).contains("mail.unit.example:587").doesNotContain("s3cret");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        Retry retry = new Retry(10, Duration.ofSeconds(30), Duration.ofMinutes(2));
        assertThat(retry.pause(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(retry.pause(2)).isEqualTo(Duration.ofMinutes(1));
        assertThat(retry.pause(3)).isEqualTo(Duration.ofMinutes(2));
        assertThat(retry.pause(1_000)).isEqualTo(Duration.ofMinutes(2));
    }

    private static Smtp smtp(
            String host, int port, Smtp.Security security, Optional<String> user, Optional<String> password) {
        return new Smtp(host, port, security, user, password, Smtp.DEFAULT_CONNECT_TIMEOUT, Smtp.DEFAULT_TIMEOUT);
    }

    private static Recipient recipient(String id, String name, Optional<Duration> digest) {
        return new Recipient(id, name, DESK, Recipient.Language.EN, digest);
    }

    private static MailSettings kibana(String url) {
        return new MailSettings(
                DESK, SampleSettings.smtp(25), Map.of(), Optional.empty(), Optional.of(URI.create(url)), Retry.DEFAULT);
    }

    private static void refused(ThrowingCallable making, String key) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(key);
    }
}
