package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One data folder through the lives of four servers and two that die while they start. The methods are in order, as each start costs ten seconds: the
 * server that one leaves behind, running or dead, is what the next begins with. The data folder lies beneath a folder
 * of mode 0700 and has a space in its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerLifeTest {
    private static final String INDEX = "{\"mappings\":{\"properties\":{\"word\":{\"type\":\"keyword\"}}}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> progress = new ArrayList<>();

    @TempDir
    private static Path temporary;

    private Path data;
    private ElasticsearchServer server;
    private Process parent;

    @AfterEach
    void endParent() throws InterruptedException {
        if (parent != null) {
            parent.destroyForcibly().waitFor();
        }
    }

    @AfterAll
    void removeFallback() throws IOException {
        if (server != null) {
            server.close();
        }
        TestSettings.removeFallback(data);
    }

    @Test
    @Order(1)
    void startsBeneathAPrivateFolderAndAsksForThePassword() throws Exception {
        data = temporary.resolve("data folder");
        start();
        assertThat(send("GET", "/_cluster/health", "", Optional.empty()).statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/_cluster/health", "", Optional.of("tidewatch:wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/_cluster/health", "").body()).contains("\"status\":\"green\"");
        assertThat(send("GET", "/_security/_authenticate", "").body()).contains("\"superuser\"");
        assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().command().orElseThrow())
                .endsWith("/java");
    }

    @Test
    @Order(2)
    void keepsThePasswordForTheOperatorAlone() throws IOException {
        Path password = data.resolve("elasticsearch.password");
        assertThat(Files.readString(password)).isEqualTo(server.password() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(Files.getOwner(password)).isEqualTo(Files.getOwner(temporary));
        assertThat(server.password()).hasSizeGreaterThan(40);
    }

    @Test
    @Order(3)
    void showsThePasswordInNoCommandLineAndNoLog() throws IOException {
        List<String> commandLines = ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
        assertThat(commandLines).noneMatch(line -> line.contains(server.password()));
        assertThat(filesHolding(server.password(), server.folder().resolve("logs")))
                .isEmpty();
        assertThat(filesHolding(server.password(), server.folder().resolve("config")))
                .isEmpty();
    }

    @Test
    @Order(4)
    void refusesASecondStartOnTheSameFolderAndGoesOn() throws Exception {
        assertThatThrownBy(() -> ElasticsearchServer.start(TestSettings.on(data), line -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("already runs Elasticsearch on the data folder " + data);
        Process other = ParentProcess.command(data).start();
        String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isNotZero();
        assertThat(output)
                .contains(
                        "Another Tidewatch (process " + ProcessHandle.current().pid() + ")");
        assertThat(send("GET", "/_cluster/health", "").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void createsNoIndexThatWasNotAskedFor() throws Exception {
        assertThat(send("PUT", "/unasked/_doc/1", "{\"word\":\"tide\"}").statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", "/kept", INDEX).statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/kept/_doc/1?refresh=true", "{\"word\":\"tide\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    @Order(6)
    void noticesAKilledServerAndTellsTheEndOfItsLog() throws Exception {
        List<ProcessHandle> tree = tree();
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        Exit exit = server.onExit().get(60, TimeUnit.SECONDS);
        assertThat(exit.code()).isEqualTo(137);
        assertThat(exit.requested()).isFalse();
        assertThat(exit.log()).contains("exited unexpectedly");
        assertThat(server.isAlive()).isFalse();
        assertThat(tree).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(7)
    void startsAgainWithItsDataAndPasswordAfterAKill() throws Exception {
        String password = server.password();
        start();
        assertThat(server.password()).isEqualTo(password);
        assertDataAreKept();
    }

    @Test
    @Order(8)
    void endsTheWholeTreeWhenTheWrapperIsKilled() throws Exception {
        List<ProcessHandle> tree = tree();
        ProcessHandle wrapper = tree.get(0);
        wrapper.destroyForcibly();
        assertThat(server.onExit().get(60, TimeUnit.SECONDS).requested()).isFalse();
        assertThat(tree).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(9)
    void tellsWhenTheServerDiesWhileItStarts() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread starting = new Thread(() -> failure.complete(catchThrowable(this::start)), "starting");
        starting.start();
        List<ProcessHandle> tree =
                within().until(() -> treeBeneath(ProcessHandle.current()), found -> found.size() >= 4);
        ProcessHandle launcher = tree.get(3).parent().orElseThrow();
        launcher.destroyForcibly();
        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("ended while it started, with exit code 137. Something killed it.");
        assertThat(tree).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(10)
    void endsWhenItsParentIsKilledWhileItStarts() throws Exception {
        parent = ParentProcess.command(data).start();
        List<ProcessHandle> tree = within().until(() -> treeBeneath(parent.toHandle()), found -> found.size() >= 4);
        parent.destroyForcibly();
        within().until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** With wrapper and watcher stopped and then killed, no one is left to tell the server that its parent is gone. */
    @Test
    @Order(11)
    void endsALeftoverAtTheNextStart() throws Exception {
        startInAnotherProcess();
        List<ProcessHandle> tree = parent.descendants().toList();
        List<ProcessHandle> shells = tree.stream()
                .filter(process -> !process.info().command().orElse("").endsWith("/java"))
                .toList();
        assertThat(shells).hasSize(2);
        for (ProcessHandle shell : shells) {
            signal("STOP", shell);
        }
        parent.destroyForcibly();
        parent.waitFor();
        for (ProcessHandle shell : shells) {
            signal("KILL", shell);
        }
        List<ProcessHandle> leftover =
                tree.stream().filter(process -> !shells.contains(process)).toList();
        assertThat(leftover).hasSize(2).allMatch(ProcessHandle::isAlive);
        start();
        assertThat(leftover).noneMatch(ProcessHandle::isAlive);
        assertThat(progress).anyMatch(line -> line.startsWith("Ending an Elasticsearch that an earlier start left"));
        assertDataAreKept();
    }

    @Test
    @Order(12)
    void closesInOrderAndLeavesNothing() throws Exception {
        List<ProcessHandle> tree = tree();
        server.close();
        server.close();
        assertThat(tree).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
        assertThat(server.onExit().get(1, TimeUnit.SECONDS).requested()).isTrue();
        assertThat(Files.readString(server.folder().resolve("logs/tidewatch.log")))
                .endsWith("closed\n");
        assertThat(server.folder().resolve("tmp")).isEmptyDirectory();
        assertThat(server.folder().resolve("elasticsearch.pid")).doesNotExist();
    }

    /** Machines that build other things at the same time are slow. */
    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(90));
    }

    private void start() throws Exception {
        server = ElasticsearchServer.start(TestSettings.on(data), progress::add);
    }

    private void startInAnotherProcess() throws IOException {
        parent = ParentProcess.command(data).start();
        BufferedReader output = parent.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("started ")) {
                return;
            }
        }
        throw new AssertionError("The server did not start: " + String.join("\n", lines));
    }

    /** All processes of a server that is being started: wrapper, watcher and launcher, and then the server's JVM. */
    private static List<ProcessHandle> treeBeneath(ProcessHandle parent) {
        return parent.children()
                .filter(child -> child.info().commandLine().orElse("").contains("-Dtidewatch.data="))
                .flatMap(wrapper -> Stream.of(
                                Stream.of(wrapper),
                                wrapper.children(),
                                wrapper.children()
                                        .flatMap(ProcessHandle::children)
                                        .filter(ServerLifeTest::isServer))
                        .flatMap(part -> part))
                .toList();
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("-Dtidewatch.data=");
    }

    /** The wrapper first. */
    private List<ProcessHandle> tree() {
        ProcessHandle jvm = ProcessHandle.of(server.pid()).orElseThrow();
        ProcessHandle wrapper = jvm.parent().flatMap(ProcessHandle::parent).orElseThrow();
        return Stream.concat(Stream.of(wrapper), wrapper.descendants()).toList();
    }

    private void assertDataAreKept() throws Exception {
        within().untilAsserted(() ->
                assertThat(send("GET", "/kept/_search?q=word:tide", "").body()).contains("\"_id\":\"1\""));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, Optional.of(server.user() + ":" + server.password()));
    }

    private HttpResponse<String> send(String method, String path, String body, Optional<String> pair) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        pair.map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(encoded -> request.header("Authorization", "Basic " + encoded));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static List<Path> filesHolding(String text, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> holding = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    holding.add(file);
                }
            }
            return holding;
        }
    }
}
