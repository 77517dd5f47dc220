package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidewatch.novelty.Alert;

/** Against a mail server that somebody else wrote, with users and with TLS. */
class SmtpConnectionTest {

    private static final MailAddress FROM = MailAddress.of("mail.from", "tidewatch@unit.example");

    private final GreenMail server =
            new GreenMail(new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

    private static ServerSetup setup(String protocol) {
        return new ServerSetup(0, "127.0.0.1", protocol).setVerbose(false);
    }

    @BeforeEach
    void start() {
        server.start();
        server.setUser("desk@unit.example", "tidewatch", "s3cret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aSignedInClientDeliversAMailThatAnotherServerReadsBack() throws Exception {
        Alert alert = SampleAlert.named("a").titled("اجتماع", "ar").build();
        MailSettings settings = SampleSettings.mail(25, Optional.empty(), "desk");
        Delivery delivery = Delivery.of(
                SampleSettings.recipient("desk"), "w", 2, List.of(alert.id()), List.of("i"), FROM, Instant.EPOCH);
        Letter letter = Letter.of(delivery, SampleSettings.recipient("desk"), List.of(alert), Map.of());
        try (SmtpConnection connection =
                SmtpConnection.open(smtp(server.getSmtp().getPort(), Smtp.Security.NONE, "s3cret"), FROM)) {
            assertThat(connection.send(Mail.of(letter, settings), MailAddress.of("x", "desk@unit.example")))
                    .isEqualTo(new Answer.Accepted());
        }
        assertThat(server.getReceivedMessages()).singleElement().satisfies(mail -> {
            assertThat(mail.getMessageID()).isEqualTo(delivery.messageId());
            assertThat(mail.getSubject()).isEqualTo(letter.subject());
        });
    }

    @Test
    void aWrongPasswordIsToldWithTheKeysAndNotShown() {
        assertThatThrownBy(
                        () -> SmtpConnection.open(smtp(server.getSmtp().getPort(), Smtp.Security.NONE, "wr0ng"), FROM))
                .isInstanceOf(SmtpConnection.Unavailable.class)
                .hasMessageContaining("mail.smtp.user, mail.smtp.password")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        assertThatThrownBy(
                        () -> SmtpConnection.open(smtp(server.getSmtps().getPort(), Smtp.Security.TLS, "s3cret"), FROM))
                .isInstanceOf(SmtpConnection.Unavailable.class)
                .hasMessageContaining("PKIX");
    }

    private static Smtp smtp(int port, Smtp.Security security, String password) {
        return new Smtp(
                "127.0.0.1",
                port,
                security,
                Optional.of("tidewatch"),
                Optional.of(password),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }
}
