package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.delivery.RudeSmtpServer.Manner;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.novelty.Alert;

class MailerTest {

    private final Indices indices = EmptyIndex.open();
    private final TestClock clock = TestClock.at("2026-01-05T11:00:00Z");
    private final Deliveries deliveries = new Deliveries(indices, Retention.Terms.DEFAULT, clock);

    @TempDir
    private Path folder;

    @Test
    void aDueDeliveryIsSentOnceAndRecorded() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            Mailer mailer = mailer(catcher.port(), "one");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(1, 0, 0));
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            assertThat(now(delivery)).satisfies(sent -> {
                assertThat(sent.state()).isEqualTo(Delivery.State.SENT);
                assertThat(sent.sentAt()).contains(clock.instant());
                assertThat(sent.attempts()).isEqualTo(1);
                assertThat(sent.subject()).contains("[T2] 1 new: Purple Falcon slogans - forum (1)");
                assertThat(sent.leaseOwner()).isEmpty();
            });
            assertThat(document(delivery).path("retention").path("class").asText())
                    .isEqualTo("candidate");
            assertThat(mails()).singleElement().satisfies(mail -> assertThat(Files.readString(mail))
                    .contains("Delivered-To: desk@unit.example", "Message-ID: " + delivery.messageId()));
        }
    }

    @Test
    void aRecipientThatIsRefusedFailsAloneWithTheServersWord() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.NO_SUCH_RECIPIENT)) {
            Delivery bad = delivery("nobody", SampleAlert.named("a"));
            Delivery good = delivery("desk", SampleAlert.named("a"));
            assertThat(mailer(server.port(), "one").send(() -> true)).isEqualTo(new Mailer.Sent(1, 1, 0));
            assertThat(now(bad).state()).isEqualTo(Delivery.State.FAILED);
            assertThat(now(bad).lastError().orElse("")).contains("550 no such mailbox");
            assertThat(now(good).state()).isEqualTo(Delivery.State.SENT);
        }
    }

    @Test
    void contentThatIsRefusedFails() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.REFUSES_CONTENT)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            assertThat(mailer(server.port(), "one").send(() -> true)).isEqualTo(new Mailer.Sent(0, 1, 0));
            assertThat(now(delivery).lastError().orElse("")).contains("554 not this");
        }
    }

    @Test
    void aGreylistedRecipientIsTriedAgainLaterAndAtLastGivenUp() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.GREYLISTS)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            Mailer mailer = mailer(server.port(), "one");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 1));
            assertThat(now(delivery).nextAttemptAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
            assertThat(mailer.trouble()).isEmpty();
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            clock.advance(Duration.ofMinutes(1));
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 1));
            assertThat(now(delivery).nextAttemptAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
            clock.advance(Duration.ofMinutes(2));
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 1, 0));
            assertThat(now(delivery).lastError().orElse(""))
                    .contains("given up after 3 attempts")
                    .contains("451");
        }
    }

    @Test
    void aServerThatHangsUpAfterTheMailGetsTheVerySameMailAgain() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.HANGS_UP_AFTER_DATA)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            Mailer mailer = mailer(server.port(), "one");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 1));
            server.becomes(Manner.POLITE);
            clock.advance(Duration.ofMinutes(1));
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(1, 0, 0));
            assertThat(server.mails).hasSize(2);
            assertThat(server.mails.get(1)).isEqualTo(server.mails.get(0)).contains(delivery.messageId());
        }
    }

    @Test
    void aServerThatHangsUpOnEveryMailIsNotStormed() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.HANGS_UP_AFTER_DATA)) {
            for (int i = 0; i < 10; i++) {
                delivery("desk", SampleAlert.named("a" + i));
            }
            Mailer mailer = mailer(server.port(), "one");
            mailer.send(() -> true);
            mailer.send(() -> true);
            assertThat(server.mails).hasSize(3);
            assertThat(mailer.trouble()).isPresent();
        }
    }

    @Test
    void whileTheServerIsDownNothingIsTouchedAndThenAllGoesOut() throws IOException {
        int port;
        try (RudeSmtpServer gone = new RudeSmtpServer(Manner.POLITE)) {
            port = gone.port();
        }
        Delivery delivery = delivery("desk", SampleAlert.named("a"));
        Mailer mailer = mailer(port, "one");
        for (int i = 0; i < 10; i++) {
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(mailer.trouble().orElse("")).contains("127.0.0.1:" + port).contains("mail.smtp.host");
        assertThat(now(delivery)).isEqualTo(delivery);
        try (MailCatcher catcher = MailCatcher.start(folder, port, clock)) {
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(1, 0, 0));
            assertThat(mailer.trouble()).isEmpty();
            assertThat(catcher.count()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsDownIsAskedLessAndLess() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.CLOSING)) {
            delivery("desk", SampleAlert.named("a"));
            Mailer mailer = mailer(server.port(), "one");
            for (int i = 0; i < 60; i++) {
                mailer.send(() -> true);
                clock.advance(Duration.ofSeconds(10));
            }
            // Ten minutes with pauses of 1, 2, 4 and 8 minutes.
            assertThat(server.connections).hasValue(4);
        }
    }

    @Test
    void aRefusedSenderIsNobodysFaultButTheConfigurations() throws IOException {
        try (RudeSmtpServer server = new RudeSmtpServer(Manner.REFUSES_SENDER)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            Mailer mailer = mailer(server.port(), "one");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            assertThat(mailer.trouble().orElse("")).contains("mail.from").contains("550 who are you");
            assertThat(now(delivery).state()).isEqualTo(Delivery.State.PENDING);
            assertThat(now(delivery).attempts()).isZero();
        }
    }

    @Test
    void withoutTheTlsThatIsAskedForNothingIsSent() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            delivery("desk", SampleAlert.named("a"));
            MailSettings plain = SampleSettings.mail(catcher.port(), Optional.empty(), "desk");
            Smtp smtp = plain.smtp();
            MailSettings secured = new MailSettings(
                    plain.from(),
                    new Smtp(
                            smtp.host(),
                            smtp.port(),
                            Smtp.Security.STARTTLS,
                            Optional.of("user"),
                            Optional.of("s3cret"),
                            smtp.connectTimeout(),
                            smtp.timeout()),
                    plain.recipients(),
                    plain.fallback(),
                    plain.kibana(),
                    plain.retry());
            Mailer mailer = new Mailer(deliveries, new Letters(indices), secured, clock, "one");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            assertThat(mailer.trouble().orElse(""))
                    .containsIgnoringCase("STARTTLS")
                    .doesNotContain("s3cret");
            assertThat(catcher.count()).isZero();
        }
    }

    @Test
    void whatADeadMailerHadClaimedIsSentWhenItsLeaseHasEnded() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            Delivery delivery = delivery("desk", SampleAlert.named("a"));
            Delivery claimed = deliveries
                    .claim(delivery.id(), "dead#1", Duration.ofMinutes(1))
                    .orElseThrow();
            Mailer mailer = mailer(catcher.port(), "two");
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(0, 0, 0));
            clock.advance(Duration.ofMinutes(1));
            assertThat(mailer.send(() -> true)).isEqualTo(new Mailer.Sent(1, 0, 0));
            assertThat(deliveries.settle(claimed, mine -> mine.failed("too late")))
                    .isEmpty();
            assertThat(now(delivery).state()).isEqualTo(Delivery.State.SENT);
        }
    }

    @Test
    void onlyOneOfTwoClaimsWins() {
        Delivery delivery = delivery("desk", SampleAlert.named("a"));
        assertThat(deliveries.claim(delivery.id(), "one#1", Duration.ofMinutes(1)))
                .isPresent();
        assertThat(deliveries.claim(delivery.id(), "two#1", Duration.ofMinutes(1)))
                .isEmpty();
    }

    @Test
    void aDeliveryThatCannotBeWrittenFailsWithTheReasonAndTheNextGoesOut() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            Delivery forgotten = delivery("desk", SampleAlert.named("a").tier(1));
            Delivery good = delivery("desk", SampleAlert.named("b"));
            indices.write(
                    List.of(new Write.Delete(Room.ALERTS, forgotten.alerts().get(0), Optional.empty())));
            assertThat(mailer(catcher.port(), "one").send(() -> true)).isEqualTo(new Mailer.Sent(1, 1, 0));
            assertThat(now(forgotten).lastError().orElse("")).contains("cannot be written: none of its 1 alerts");
            assertThat(now(good).state()).isEqualTo(Delivery.State.SENT);
        }
    }

    @Test
    void aRecipientWhoLeftIsNotMailedAndTheFallbackIs() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            Delivery delivery = delivery("left", SampleAlert.named("a"));
            MailSettings without = SampleSettings.mail(catcher.port(), Optional.of("desk"), "desk");
            new Mailer(deliveries, new Letters(indices), without, clock, "one").send(() -> true);
            assertThat(now(delivery).address()).isEqualTo("desk@unit.example");
            Delivery other = delivery("left", SampleAlert.named("b"));
            MailSettings noFallback = SampleSettings.mail(catcher.port(), Optional.empty(), "desk");
            new Mailer(deliveries, new Letters(indices), noFallback, clock, "two").send(() -> true);
            assertThat(now(other).lastError().orElse(""))
                    .contains("mail.recipients.left is no longer in the configuration");
            assertThat(catcher.count()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedMailerRecordsWhatItSentAndStops() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            for (int i = 0; i < 5; i++) {
                delivery("desk", SampleAlert.named("a" + i));
            }
            Mailer mailer = mailer(catcher.port(), "one");
            int[] asked = {0};
            assertThat(mailer.send(() -> asked[0]++ < 2)).isEqualTo(new Mailer.Sent(2, 0, 0));
            assertThat(catcher.count()).isEqualTo(2);
            indices.refresh(Room.DELIVERIES);
            assertThat(deliveries.count(Delivery.State.SENT)).isEqualTo(2);
            assertThat(deliveries.count(Delivery.State.PENDING, Delivery.State.SENDING))
                    .isEqualTo(3);
        }
    }

    @Test
    void theRecordOfASentMailIsWrittenThoughTheThreadIsInterrupted() {
        Delivery delivery = delivery("desk", SampleAlert.named("a"));
        Thread.currentThread().interrupt();
        Optional<Delivery> found = Uninterrupted.call(() -> deliveries.get(delivery.id()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(found).contains(delivery);
    }

    private Mailer mailer(int port, String owner) {
        MailSettings settings = SampleSettings.mail(port, Optional.empty(), "desk", "nobody");
        return new Mailer(deliveries, new Letters(indices), settings, clock, owner);
    }

    private Delivery delivery(String recipient, SampleAlert sample) {
        Alert alert = sample.in(indices);
        Delivery delivery = Delivery.of(
                SampleSettings.recipient(recipient),
                alert.id(),
                alert.tier(),
                List.of(alert.id()),
                List.of(alert.item()),
                MailAddress.of("mail.from", "tidewatch@unit.example"),
                clock.instant());
        assertThat(deliveries.create(List.of(delivery))).containsExactly(delivery);
        assertThat(deliveries.create(List.of(delivery))).isEmpty();
        return delivery;
    }

    private Delivery now(Delivery delivery) {
        return deliveries.get(delivery.id()).orElseThrow();
    }

    private ObjectNode document(Delivery delivery) {
        return indices.get(Room.DELIVERIES, delivery.id()).orElseThrow().document();
    }

    private List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
