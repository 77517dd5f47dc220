package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
    @TempDir
    private Path temporary;

    @Test
    void isReadAsItIsWritten() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current()).orElseThrow();
        assertThat(ProcessIdentity.parse(self.toString())).contains(self);
        assertThat(self.alive()).contains(ProcessHandle.current());
        assertThat(ProcessIdentity.parse("half a line")).isEmpty();
    }

    @Test
    void aRecycledNumberIsAnotherProcess() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current()).orElseThrow();
        assertThat(new ProcessIdentity(self.pid(), self.start() + "0").alive()).isEmpty();
    }

    @Test
    void aProcessWithoutTheMarkIsNeverEnded() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            ProcessIdentity identity = ProcessIdentity.of(stranger.toHandle()).orElseThrow();
            Path list = Files.writeString(temporary.resolve("elasticsearch.pid"), identity + "\n");
            new ServerTree(list, "-Dtidewatch.data=0123456789ab").endLeftover(line -> {});
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }
}
