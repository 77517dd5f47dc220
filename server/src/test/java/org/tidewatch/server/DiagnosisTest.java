package org.tidewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are what Elasticsearch 8.19.21 writes when it fails so. */
class DiagnosisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.elasticsearch.http.BindHttpException: Failed to bind to 127.0.0.1:39569 | port is in use",
                "java.io.IOException: No space left on device | disk is full",
                "java.lang.IllegalStateException: cannot downgrade a node from version [9.0.0] to version [8.19.21]"
                        + " | newer Elasticsearch",
                "# There is insufficient memory for the Java Runtime Environment to continue. | too little memory",
                "java.lang.IllegalStateException: failed to obtain node locks, tried [/d]; maybe these locations are not"
                        + " writable | locked by another Elasticsearch, or not writable",
                "The minimum required Java version is 17; your Java version from [/j] does not meet that requirement."
                        + " | This Java does not run"
            })
    void readsTheReasonOffTheLog(String line, String problem) {
        assertThat(Diagnosis.of(List.of("starting ...", line), 1).problem()).contains(problem);
    }

    @Test
    void anUnknownEndPointsToTheLogAndAKillToMemory() {
        assertThat(Diagnosis.of(List.of(), 1).remedy()).contains("Mend what the log names");
        assertThat(Diagnosis.of(List.of(), 137).remedy()).contains("memory was short");
    }

    @Test
    void aPlaceWithoutRightsIsNamed() {
        assertThat(Diagnosis.ofWriting("Cannot unpack", new AccessDeniedException("/srv/cache")))
                .hasMessageContaining("Cannot unpack: access denied to /srv/cache.");
    }
}
