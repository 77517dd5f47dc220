package org.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.delivery.EmptyIndex;
import org.tidewatch.delivery.MailCatcher;
import org.tidewatch.delivery.SampleAlert;
import org.tidewatch.delivery.SampleSettings;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.novelty.Alert;

class AlertRoundTest {

    private final Indices indices = EmptyIndex.open();
    private final TestClock clock = TestClock.at("2026-01-05T10:30:00Z");

    @TempDir
    private Path folder;

    @Test
    void fromAlertRecordToMailboxInOnePassAndNothingInTheNext() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock);
                AlertRound round = round(catcher.port(), "one")) {
            SampleAlert.named("a").tier(1).to("desk", "night").in(indices);
            SampleAlert.named("b").tier(3).to("desk").in(indices);
            AlertRound.Report first = round.pass();
            assertThat(first.working()).isTrue();
            assertThat(List.of(first.routed(), first.made(), first.sent(), first.failed()))
                    .containsExactly(1, 2, 2, 0);
            assertThat(round.pass().sent()).isZero();
            assertThat(round.pass().isDone()).isFalse();
            assertThat(round.flush().sent()).isEqualTo(1);
            assertThat(round.pass().isDone()).isTrue();
            assertThat(catcher.count()).isEqualTo(3);
        }
    }

    @Test
    void theAccountBehindAnItemIsNamedDefanged() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock);
                AlertRound round = round(catcher.port(), "one")) {
            Alert alert = SampleAlert.named("a").tier(1).to("desk").in(indices);
            ObjectNode item = Json.MAPPER.createObjectNode().put("id", alert.item());
            item.putObject("author").put("handle", "walker").put("name", "Walker");
            indices.create(Room.ITEMS, alert.item(), item);
            round.pass();
            try (Stream<Path> mails = Files.list(folder)) {
                assertThat(Files.readString(mails.findFirst().orElseThrow())).contains("Walker ([@]walker)");
            }
        }
    }

    @Test
    void ofTwoProcessesOneWorksAndTheOtherTakesOver() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock);
                AlertRound one = round(catcher.port(), "one");
                AlertRound two = round(catcher.port(), "two")) {
            SampleAlert.named("a").tier(1).to("desk").in(indices);
            assertThat(one.pass().working()).isTrue();
            SampleAlert.named("b").tier(1).to("desk").in(indices);
            assertThat(two.pass().working()).isFalse();
            assertThat(catcher.count()).isEqualTo(1);
            clock.advance(Duration.ofMinutes(1));
            assertThat(two.pass().sent()).isEqualTo(1);
            assertThat(one.pass().working()).isFalse();
            assertThat(catcher.count()).isEqualTo(2);
        }
    }

    @Test
    void troubleIsLeftWhereStatusReadsIt() throws IOException {
        int port;
        try (MailCatcher gone = MailCatcher.start(folder, 0, clock)) {
            port = gone.port();
        }
        try (AlertRound round = round(port, "one")) {
            SampleAlert.named("a").tier(1).to("desk", "nobody").in(indices);
            AlertRound.Report report = round.pass();
            assertThat(report.trouble()).isPresent();
            AlertRound.Report left = Json.parse(
                    Lease.holder(indices, AlertRound.JOB).orElseThrow().detail().orElseThrow(),
                    AlertRound.Report.class);
            assertThat(left).isEqualTo(report);
            assertThat(left.unroutable()).extracting(Unroutable::recipient).containsExactly("nobody");
        }
    }

    /** Several times, because each interrupt finds the round at another step. */
    @RepeatedTest(10)
    void anInterruptedRoundStopsBetweenMailsAndTheNextOneFinishes() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            for (int i = 0; i < 4; i++) {
                SampleAlert.named("a" + i).tier(1).to("desk").in(indices);
            }
            Thread runner = new Thread(() -> {
                try (AlertRound round = round(catcher.port(), "one")) {
                    while (!Thread.currentThread().isInterrupted()) {
                        round.pass();
                    }
                }
            });
            AtomicReference<Throwable> failure = new AtomicReference<>();
            runner.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            runner.start();
            await().until(() -> catcher.count() > 0);
            runner.interrupt();
            await().until(() -> !runner.isAlive());
            assertThat(failure.get()).isNull();
            try (AlertRound round = round(catcher.port(), "two")) {
                AlertRound.Report report = round.pass();
                assertThat(report).as("%s", report).matches(AlertRound.Report::isDone);
                assertThat(catcher.count()).isEqualTo(4);
            }
        }
    }

    @Test
    void whereverAMailerDiesEveryAlertIsInOneMailAfterwards() throws IOException {
        try (MailCatcher catcher = MailCatcher.start(folder, 0, clock)) {
            int alerts = 12;
            for (int i = 0; i < alerts; i++) {
                SampleAlert.named("a" + i)
                        .tier(i % 2 == 0 ? 1 : 3)
                        .to("desk")
                        .alertedAt("2026-01-05T09:0" + i % 10 + ":00Z")
                        .in(indices);
            }
            try (AlertRound round = round(catcher.port(), "one")) {
                round.pass();
            }
            int mails = catcher.count();
            // What a crash leaves behind, at each stage: routed_at not set, claimed and not sent, sent and not
            // recorded.
            indices.refresh(Room.DELIVERIES);
            indices.refresh(Room.ALERTS);
            for (Stored stored : indices.search(
                    Room.ALERTS, s -> s.query(q -> q.matchAll(m -> m)).size(100))) {
                indices.merge(Room.ALERTS, stored.id(), document -> document.without("routed_at"));
            }
            for (Stored stored : indices.search(
                    Room.DELIVERIES, s -> s.query(q -> q.matchAll(m -> m)).size(100))) {
                indices.write(List.of(new Write.Replace(
                        Room.DELIVERIES,
                        stored,
                        stored.document()
                                .put("state", "sending")
                                .put("lease_owner", "dead#1")
                                .put(
                                        "lease_until",
                                        clock.instant().plusSeconds(30).toString()))));
            }
            clock.advance(Duration.ofMinutes(1));
            try (AlertRound round = round(catcher.port(), "two")) {
                AlertRound.Report report = round.pass();
                assertThat(report.made()).isZero();
                assertThat(report.routed()).isEqualTo(alerts);
                assertThat(report.sent()).isEqualTo(mails);
            }
            assertThat(catcher.count()).isEqualTo(mails).isEqualTo(alerts / 2 + 1);
        }
    }

    private AlertRound round(int port, String owner) {
        return new AlertRound(
                indices,
                new AlertSettings(
                        SampleSettings.mail(port, Optional.empty(), "desk", "night"),
                        AlertSettings.DEFAULT_IMMEDIATE_TIERS,
                        AlertSettings.DEFAULT_DIGEST_EVERY),
                Retention.Terms.DEFAULT,
                clock,
                owner,
                problem -> {});
    }
}
