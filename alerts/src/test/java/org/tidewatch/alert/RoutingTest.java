package org.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidewatch.delivery.Deliveries;
import org.tidewatch.delivery.Delivery;
import org.tidewatch.delivery.EmptyIndex;
import org.tidewatch.delivery.MailSettings;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.delivery.SampleAlert;
import org.tidewatch.delivery.SampleSettings;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Write;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.novelty.Alert;
import org.tidewatch.search.MailSchedule;

class RoutingTest {

    private final Indices indices = EmptyIndex.open();
    private final TestClock clock = TestClock.at("2026-01-05T10:30:00Z");
    private final Deliveries deliveries = new Deliveries(indices, Retention.Terms.DEFAULT, clock);
    private final List<Unroutable> reported = new ArrayList<>();

    @Test
    void urgentTiersGoAtOnceOneMailForEachRecipientAndAlert() {
        Alert one = SampleAlert.named("a").tier(1).to("desk", "night").in(indices);
        Alert two = SampleAlert.named("b").tier(2).to("desk").in(indices);
        assertThat(routing(Optional.empty(), "desk", "night").route(false)).isEqualTo(new Routing.Routed(2, 3));
        assertThat(all())
                .extracting(Delivery::recipient, Delivery::key, Delivery::alerts)
                .containsExactlyInAnyOrder(
                        tuple("desk", one.id(), List.of(one.id())),
                        tuple("night", one.id(), List.of(one.id())),
                        tuple("desk", two.id(), List.of(two.id())));
        assertThat(routedAt(one)).contains(clock.instant());
        assertThat(routing(Optional.empty(), "desk", "night").route(false)).isEqualTo(new Routing.Routed(0, 0));
    }

    @Test
    void otherTiersWaitForTheEndOfTheirWindowAndShareAMail() {
        Alert three =
                SampleAlert.named("a").tier(3).alertedAt("2026-01-05T10:05:00Z").in(indices);
        Alert four =
                SampleAlert.named("b").tier(4).alertedAt("2026-01-05T10:59:59Z").in(indices);
        Alert later =
                SampleAlert.named("c").tier(3).alertedAt("2026-01-05T11:00:00Z").in(indices);
        Routing routing = routing(Optional.empty(), "desk");
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(0, 0));
        clock.advance(Duration.ofMinutes(30));
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(2, 1));
        assertThat(all()).singleElement().satisfies(digest -> {
            assertThat(digest.key()).isEqualTo("2026-01-05T10:00:00Z");
            assertThat(digest.alerts()).containsExactly(three.id(), four.id());
            assertThat(digest.tier()).isEqualTo(3);
        });
        assertThat(routing.waiting()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(routedAt(later)).isPresent();
    }

    @Test
    void aDigestThatExistsIsNeverExtended() {
        SampleAlert.named("a").tier(3).alertedAt("2026-01-05T09:05:00Z").in(indices);
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(1, 1));
        Alert late = SampleAlert.named("late")
                .tier(3)
                .alertedAt("2026-01-05T09:06:00Z")
                .in(indices);
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(0, 0));
        clock.advance(Duration.ofHours(1));
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all())
                .hasSize(2)
                .filteredOn(digest -> digest.alerts().contains(late.id()))
                .singleElement()
                .satisfies(digest -> assertThat(digest.key()).isEqualTo("2026-01-05T10:00:00Z"));
    }

    @Test
    void aCrashBetweenDeliveriesAndTheirMarkNeitherLosesNorDoubles() {
        Alert urgent = SampleAlert.named("a").tier(1).to("desk", "night").in(indices);
        Alert digested = SampleAlert.named("b")
                .tier(3)
                .to("desk", "night")
                .alertedAt("2026-01-05T09:05:00Z")
                .in(indices);
        routing(Optional.empty(), "desk", "night").route(false);
        for (Alert alert : List.of(urgent, digested)) {
            indices.merge(Room.ALERTS, alert.id(), document -> document.without("routed_at"));
        }
        clock.advance(Duration.ofHours(3));
        assertThat(routing(Optional.empty(), "desk", "night").route(false)).isEqualTo(new Routing.Routed(2, 0));
        assertThat(all()).hasSize(4);
    }

    @Test
    void aCrashBetweenTheDeliveriesOfTwoRecipientsIsMended() {
        Alert alert = SampleAlert.named("a")
                .tier(3)
                .to("desk", "night")
                .alertedAt("2026-01-05T09:05:00Z")
                .in(indices);
        deliveries.create(List.of(Delivery.of(
                SampleSettings.recipient("desk"),
                "2026-01-05T09:00:00Z",
                3,
                List.of(alert.id()),
                List.of(alert.item()),
                SampleSettings.mail(25, Optional.empty(), "desk").from(),
                clock.instant())));
        assertThat(routing(Optional.empty(), "desk", "night").route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all()).extracting(Delivery::recipient).containsExactlyInAnyOrder("desk", "night");
    }

    @Test
    void anUnknownRecipientIsReportedOnceAndTheFallbackIsTold() {
        SampleAlert.named("a").tier(1).to("nobody").in(indices);
        SampleAlert.named("b").tier(1).to("nobody", "desk").in(indices);
        Routing routing = routing(Optional.of("desk"), "desk");
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(2, 2));
        assertThat(all()).extracting(Delivery::recipient).containsOnly("desk");
        assertThat(reported).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("\"purple-falcon\"")
                .contains("\"nobody\"")
                .contains("mail.fallback"));
    }

    @Test
    void withoutFallbackTheAlertWaitsReportedWhileTheOthersAreTold() {
        Alert alert = SampleAlert.named("a").tier(1).to("nobody", "desk").in(indices);
        Routing routing = routing(Optional.empty(), "desk");
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(0, 1));
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(0, 0));
        assertThat(reported).hasSize(1);
        assertThat(routedAt(alert)).isEmpty();
        assertThat(routing.stuck()).isEqualTo(1);
        assertThat(routing(Optional.empty(), "desk", "nobody").route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all()).extracting(Delivery::recipient).containsExactlyInAnyOrder("desk", "nobody");
    }

    @Test
    void anAlertThatNamesNobodyIsReportedToo() {
        SampleAlert.named("a").tier(1).to().in(indices);
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(0, 0));
        assertThat(reported).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("names no recipient"));
    }

    @Test
    void flushSendsEverythingNow() {
        SampleAlert.named("a").tier(3).alertedAt("2026-01-05T10:29:00Z").in(indices);
        Routing routing = routing(Optional.empty(), "desk");
        assertThat(routing.route(true)).isEqualTo(new Routing.Routed(1, 1));
        SampleAlert.named("b").tier(4).alertedAt("2026-01-05T10:30:00Z").in(indices);
        clock.advance(Duration.ofSeconds(1));
        assertThat(routing.route(true)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(routing.waiting()).isZero();
    }

    @Test
    void recipientsWithTheirOwnWindowsGetEveryAlertOnce() {
        SampleAlert.named("a")
                .tier(3)
                .to("desk", "daily")
                .alertedAt("2026-01-05T10:05:00Z")
                .in(indices);
        Recipient daily = new Recipient(
                "daily",
                "Daily",
                SampleSettings.recipient("daily").address(),
                Recipient.Language.EN,
                Optional.of(Duration.ofDays(1)));
        MailSettings mail = SampleSettings.mail(25, Optional.empty(), "desk");
        MailSettings both = new MailSettings(
                mail.from(),
                mail.smtp(),
                Map.of("desk", SampleSettings.recipient("desk"), "daily", daily),
                mail.fallback(),
                mail.kibana(),
                mail.retry());
        Routing routing = new Routing(
                indices,
                deliveries,
                new AlertSettings(both, AlertSettings.DEFAULT_IMMEDIATE_TIERS, Duration.ofHours(1)),
                clock,
                reported::add);
        List<Routing.Routed> passes = new ArrayList<>();
        for (int hour = 0; hour < 16; hour++) {
            passes.add(routing.route(false));
            clock.advance(Duration.ofHours(1));
        }
        assertThat(passes.stream().mapToInt(Routing.Routed::deliveries).sum()).isEqualTo(2);
        assertThat(passes.stream().mapToInt(Routing.Routed::alerts).sum()).isEqualTo(1);
        assertThat(all())
                .extracting(Delivery::key)
                .containsExactlyInAnyOrder("2026-01-05T10:00:00Z", "2026-01-05T00:00:00Z");
    }

    @Test
    void thousandsOfAlertsEndUpInDigestsEachOnce() {
        int count = Delivery.MAX_ALERTS + 345;
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Alert alert = SampleAlert.named("n" + i)
                    .tier(3)
                    .alertedAt("2026-01-05T09:05:00Z")
                    .build();
            writes.add(new Write.Create(Room.ALERTS, alert.id(), Json.document(alert)));
        }
        indices.writeAll(writes);
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(count, 2));
        List<String> told =
                all().stream().flatMap(delivery -> delivery.alerts().stream()).toList();
        assertThat(told).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void anAlertThatCannotBeReadStopsNoOther() {
        indices.create(Room.ALERTS, "broken", Json.MAPPER.createObjectNode().put("tier", 1));
        SampleAlert.named("a").tier(1).in(indices);
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(1, 1));
    }

    @Test
    void aSearchWithAScheduleOfItsOwnIsMailedByThatWhateverItsTier() {
        Alert atOnce = SampleAlert.named("a")
                .tier(4)
                .mailed(MailSchedule.IMMEDIATE, "desk")
                .in(indices);
        Alert later = SampleAlert.named("b")
                .tier(1)
                .mailed(MailSchedule.DIGEST, "desk")
                .alertedAt("2026-01-05T10:05:00Z")
                .in(indices);
        Alert never = SampleAlert.named("c")
                .tier(1)
                .mailed(MailSchedule.NONE, "desk", "nobody")
                .alertedAt("2026-01-05T10:05:00Z")
                .in(indices);
        Routing routing = routing(Optional.empty(), "desk");
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all()).extracting(Delivery::key).containsExactly(atOnce.id());
        clock.advance(Duration.ofMinutes(30));
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(2, 1));
        assertThat(all())
                .flatExtracting(Delivery::alerts)
                .containsExactlyInAnyOrder(atOnce.id(), later.id())
                .doesNotContain(never.id());
        assertThat(routedAt(never)).as("it waits for nothing").isPresent();
        assertThat(reported)
                .as("whom a search that is not mailed names is nobody's concern")
                .isEmpty();
    }

    @Test
    void ofSeveralSearchesThatCallOnOneRecipientTheMostUrgentCountsAndMutedOnesUrgeNobody() {
        SampleAlert.named("a")
                .tier(1)
                .search("muted", MailSchedule.NONE, "Muted", 1, "desk")
                .search("plain", MailSchedule.BY_TIER, "Plain", 3, "desk")
                .search("eager", MailSchedule.IMMEDIATE, "Eager", 4, "night")
                .search("patient", MailSchedule.DIGEST, "Patient", 1, "night")
                .alertedAt("2026-01-05T10:05:00Z")
                .in(indices);
        Routing routing = routing(Optional.empty(), "desk", "night");
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(0, 1));
        assertThat(all()).extracting(Delivery::recipient).containsExactly("night");
        clock.advance(Duration.ofHours(1));
        assertThat(routing.route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all()).extracting(Delivery::recipient).containsExactlyInAnyOrder("night", "desk");
    }

    @Test
    void anAlertOfBeforeSearchesHadASayIsMailedByTier() {
        Alert urgent = SampleAlert.named("a").tier(1).to("desk").in(indices);
        Alert other = SampleAlert.named("b")
                .tier(3)
                .to("desk")
                .alertedAt("2026-01-05T10:05:00Z")
                .in(indices);
        for (Alert alert : List.of(urgent, other)) {
            indices.merge(Room.ALERTS, alert.id(), document -> {
                ((ObjectNode) document.path("searches").path(0)).remove("mail");
                return document;
            });
        }
        assertThat(routing(Optional.empty(), "desk").route(false)).isEqualTo(new Routing.Routed(1, 1));
        assertThat(all()).extracting(Delivery::key).containsExactly(urgent.id());
    }

    private Routing routing(Optional<String> fallback, String... recipients) {
        return new Routing(
                indices,
                deliveries,
                new AlertSettings(
                        SampleSettings.mail(25, fallback, recipients),
                        AlertSettings.DEFAULT_IMMEDIATE_TIERS,
                        Duration.ofHours(1)),
                clock,
                reported::add);
    }

    private List<Delivery> all() {
        indices.refresh(Room.DELIVERIES);
        return indices
                .search(Room.DELIVERIES, search -> search.query(q -> q.matchAll(m -> m))
                        .size(1_000))
                .stream()
                .map(stored -> stored.as(Delivery.class))
                .toList();
    }

    private Optional<Instant> routedAt(Alert alert) {
        return indices.get(Room.ALERTS, alert.id())
                .orElseThrow()
                .as(Alert.class)
                .routedAt();
    }
}
