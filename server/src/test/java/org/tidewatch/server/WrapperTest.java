package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script around the server, in each shell that may be {@code sh}: their {@code kill} differs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WrapperTest {
    private static final String DEAF =
            "trap '' TERM; sh -c 'while :; do sleep 0.1; done' & while :; do sleep 0.1; done";

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void killsAServerAndItsChildThatHearNoSignalAfterTheBound(String shell) throws Exception {
        Process wrapper = start(shell, DEAF);
        List<ProcessHandle> tree =
                await().atMost(Duration.ofSeconds(30)).until(() -> tree(wrapper), found -> found.size() >= 6);
        wrapper.getOutputStream().close();
        await().atMost(Duration.ofSeconds(30)).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void handsOnTheExitCodeAndEndsItsWatcher(String shell) throws Exception {
        Process wrapper = start(shell, "sleep 0.5; exit 7");
        List<ProcessHandle> tree =
                await().atMost(Duration.ofSeconds(30)).until(() -> tree(wrapper), found -> found.size() >= 3);
        assertThat(wrapper.waitFor()).isEqualTo(7);
        assertThat(tree).noneMatch(ProcessHandle::isAlive);
    }

    private static Process start(String shell, String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")) && Files.isExecutable(Path.of("/bin", shell)));
        return new ProcessBuilder(
                        "/usr/bin/setsid",
                        "/bin/" + shell,
                        "-c",
                        ServerProcess.script(),
                        "wrapper",
                        "mark",
                        "1",
                        "sh",
                        "-c",
                        command)
                .start();
    }

    private static List<ProcessHandle> tree(Process wrapper) {
        return Stream.concat(Stream.of(wrapper.toHandle()), wrapper.descendants())
                .toList();
    }
}
