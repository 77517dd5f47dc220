package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that fail before a server runs. */
class ServerRefusalTest {
    @TempDir
    private Path temporary;

    private Path data;
    private ServerSettings settings;

    @BeforeEach
    void settings() {
        data = temporary.resolve("data");
        settings = TestSettings.on(data);
    }

    @AfterEach
    void removeFallback() throws IOException {
        TestSettings.removeFallback(data);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(refusal(settings.withHttpPort(port)))
                    .hasMessageContaining("Port " + port + " on 127.0.0.1 is in use")
                    .hasMessageContaining("Choose another HTTP port");
        }
    }

    @Test
    void aFailedStartLetsGoOfTheFolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerSettings onTaken = settings.withHttpPort(taken.getLocalPort());
            refusal(onTaken);
            assertThat(refusal(onTaken)).hasMessageContaining("is in use");
        }
    }

    @Test
    void anOldJavaIsNamedWithItsVersion() throws IOException {
        Path old = javaHome("11.0.2");
        assertThatThrownBy(() -> ElasticsearchServer.start(settings, old, line -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("needs Java 17 or newer; " + old + " is Java 11")
                .hasMessageContaining("Set ES_JAVA_HOME");
        assertThat(data).doesNotExist();
    }

    @Test
    void aFolderWithoutJavaIsNamed() {
        assertThatThrownBy(() -> ElasticsearchServer.start(settings, temporary, line -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("There is no Java at " + temporary.resolve("bin/java"));
    }

    @ParameterizedTest
    @CsvSource({"8.19.22", "8.100.0", "9.0.0"})
    void dataOfANewerServerAreRefusedUntouched(String newer) throws Exception {
        Files.createDirectories(data);
        Path home = home();
        Files.writeString(home.resolve("elasticsearch.version"), newer + "\n");
        assertThat(refusal(settings))
                .hasMessageContaining("were written by Elasticsearch " + newer + "; this is 8.19.21")
                .hasMessageContaining("Use version " + newer);
        assertThat(home.resolve("config")).doesNotExist();
    }

    @Test
    void aMissingZipIsNamed() {
        Path missing = temporary.resolve("missing.zip");
        assertThat(refusal(ServerSettings.of(missing, data)))
                .hasMessageContaining("There is no Elasticsearch zip at " + missing);
    }

    @Test
    void aDataFolderThatIsAFileIsNamed() throws Exception {
        Files.writeString(data, "in the way");
        assertThat(refusal(settings))
                .hasMessageContaining("Cannot use the data folder " + data)
                .hasMessageContaining("Make it writable");
        Files.delete(data);
    }

    @Test
    void settingsOutOfBoundsAreRefusedWithTheBound() {
        assertThatThrownBy(() -> settings.withHeapBytes(1 << 20)).hasMessageContaining("at least 268435456");
        assertThatThrownBy(() -> settings.withHttpPort(70_000)).hasMessageContaining("1 to 65535");
    }

    /** The folder that holds the server's files: the data folder itself, or its fallback when root runs this. */
    private Path home() throws Exception {
        Account account = Account.current();
        try (DataFolder folder = DataFolder.open(data, account, line -> {})) {
            return folder.home();
        }
    }

    private Path javaHome(String version) throws IOException {
        Path home = Files.createDirectories(temporary.resolve("jdk"));
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.copy(Path.of(System.getProperty("java.home"), "bin/java"), java);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static ServerException refusal(ServerSettings settings) {
        return catchThrowableOfType(ServerException.class, () -> ElasticsearchServer.start(settings, line -> {}));
    }
}
