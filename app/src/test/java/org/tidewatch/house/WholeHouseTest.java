package org.tidewatch.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tidewatch.index.Json;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Status;

/**
 * The demo as a user runs it, in processes of its own: first killed in every way, then once through, then once more on
 * the same data. The steps build on each other, because each start takes a real server's time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeHouseTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    /** A host of the sample web that holds decoys only. */
    private static final String FREE_OF_PLANTS = "uni.karstbay.test";

    private static Path folder;
    private static DataFolder data;
    private static int sentBefore;

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = Path.of("target", "house-" + ProcessHandle.current().pid()).toAbsolutePath();
        Files.createDirectories(folder);
        data = new DataFolder(folder.resolve("data"));
    }

    @AfterAll
    static void deleteFolder() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Launched.Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data");
        all.add(data.path().toString());
        return Launched.run(folder, all.toArray(String[]::new));
    }

    private static long pid(String part) {
        return part(part).flatMap(Status.Part::pid).orElse(-1L);
    }

    private static Optional<Status.Part> part(String name) {
        try {
            return Status.read(data).stream()
                    .flatMap(status -> status.parts().stream())
                    .filter(part -> part.name().equals(name))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int restarts(String part) {
        return part(part).map(Status.Part::restarts).orElse(0);
    }

    @Test
    @Order(1)
    void doesWhatPeopleAskWhileItRunsAndSurvivesTheDeathOfEveryProcess() throws Exception {
        List<ProcessHandle> family = new ArrayList<>();
        try (Launched demo =
                Launched.start(folder, "demo", "--data", data.path().toString())) {
            await().atMost(LONG).until(() -> Files.isDirectory(data.mail()) && mails().size() >= 2);
            family.addAll(demo.family());
            peopleAsk();

            Launched.alive(pid("elasticsearch")).orElseThrow().destroyForcibly();
            await().atMost(LONG).until(() -> restarts("elasticsearch") == 1 && pid("elasticsearch") > 0);
            assertThat(run("status", "--json", "--demo").output())
                    .contains("\"name\":\"elasticsearch\",\"state\":\"running\"");

            Launched.alive(pid("crawl")).orElseThrow().destroyForcibly();
            await().atMost(LONG).until(() -> restarts("crawl") == 1 && pid("crawl") > 0);
            family.addAll(demo.family());

            assertThat(run("demo", "--once").output()).contains("Another Tidewatch works on");

            demo.kill();
            await().atMost(LONG).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private static void peopleAsk() throws Exception {
        JsonNode first = Json.parse(
                run("candidates", "--demo", "--json", "--limit", "1")
                        .output()
                        .lines()
                        .findFirst()
                        .orElseThrow(),
                JsonNode.class);
        String id = first.path("item").path("id").asText();

        Launched.Ended shown = run("show", id.substring(0, 12), "--demo");
        assertThat(shown.exit()).as(shown.output()).isZero();
        assertThat(shown.output())
                .contains("Why: search")
                .doesNotContain("http://")
                .doesNotContain("https://");

        assertThat(run("decide", id.substring(0, 12), "dismissed", "--why", "a test", "--by", "A. Analyst", "--demo")
                        .exit())
                .isZero();
        assertThat(run("candidates", "--demo", "--json").output()).doesNotContain(id);

        assertThat(run("block", FREE_OF_PLANTS, "--why", "a test", "--demo").exit())
                .isZero();
        assertThat(run("forget", FREE_OF_PLANTS, "--why", "a test", "--demo").exit())
                .isZero();
    }

    @Test
    @Order(2)
    void findsAllThatIsPlantedAndNothingElseAndMailsEveryAlertOncePerRecipient() throws Exception {
        Launched.Ended ended = run("demo", "--once", "--json");
        JsonNode summary = Json.parse(ended.lastLine(), JsonNode.class);
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(summary.path("planted").asInt()).isGreaterThan(12);
        assertThat(summary.path("found").asInt())
                .isEqualTo(summary.path("planted").asInt());
        assertThat(summary.path("unexpected").asInt()).isZero();
        assertThat(summary.path("candidates").asInt())
                .as("all that was found but the one that was decided")
                .isEqualTo(summary.path("planted").asInt() - 1);
        assertThat(summary.path("seconds").isNumber()).isTrue();
        Set<String> told = new HashSet<>();
        for (Mail mail : mails()) {
            for (String alert : mail.alerts()) {
                assertThat(told.add(mail.recipient() + " " + alert))
                        .as("alert %s went to %s once", alert, mail.recipient())
                        .isTrue();
            }
        }
        assertThat(told).hasSizeGreaterThan(summary.path("planted").asInt());
        sentBefore = mails().size();
    }

    @Test
    @Order(3)
    void sendsNothingForUnchangedPagesAndLeavesNothingRunning() throws Exception {
        try (Launched demo = Launched.start(
                folder, "demo", "--once", "--json", "--data", data.path().toString())) {
            await().atMost(LONG).until(() -> pid("crawl") > 0);
            List<ProcessHandle> family = demo.family();
            Launched.Ended ended = demo.awaitEnd();
            JsonNode summary = Json.parse(ended.lastLine(), JsonNode.class);
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(summary.path("pages").asInt()).isGreaterThan(80);
            assertThat(summary.path("mails").asInt()).isZero();
            assertThat(summary.path("alerts").asInt()).isZero();
            assertThat(mails()).hasSize(sentBefore);
            await().atMost(Duration.ofSeconds(20)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    @Order(4)
    void runsBesideAStormClusterAndEndsOnSigterm() throws Exception {
        try (Launched run = Launched.start(
                folder, "run", "--no-crawl", "--data", data.path().toString())) {
            await().atMost(LONG).until(() -> run.said().contains("Tidewatch is running"));
            List<ProcessHandle> family = run.family();
            assertThat(family).isNotEmpty();
            assertThat(part("crawl")).isEmpty();
            assertThat(part("mailer").map(Status.Part::state)).contains("off");
            run.terminate();
            run.awaitEnd();
            await().atMost(Duration.ofSeconds(30)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** A mail in the catcher's folder. */
    private record Mail(String recipient, List<String> alerts) {}

    private static List<Mail> mails() {
        try (Stream<Path> files = Files.list(data.mail())) {
            return files.filter(path -> path.toString().endsWith(".eml"))
                    .map(WholeHouseTest::mail)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mail mail(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String head = text.substring(
                            0, text.indexOf("\r\n\r\n") < 0 ? text.indexOf("\n\n") : text.indexOf("\r\n\r\n"))
                    .replaceAll("\r?\n[ \t]+", " ");
            String recipient = "";
            List<String> alerts = new ArrayList<>();
            for (String line : head.split("\r?\n", -1)) {
                if (line.startsWith("Delivered-To:")) {
                    recipient = line.substring("Delivered-To:".length()).strip();
                } else if (line.startsWith("X-Tidewatch-Alert:")) {
                    for (String alert :
                            line.substring("X-Tidewatch-Alert:".length()).split("[,\\s]+", -1)) {
                        if (!alert.isBlank()) {
                            alerts.add(alert.strip());
                        }
                    }
                }
            }
            return new Mail(recipient, alerts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
