package org.tidewatch.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server for its cluster's health; {@code GET /} is not there on this one. */
final class Health {
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"(green|yellow|red)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String authorization;

    Health(Credential credential) {
        this.authorization = credential.basic();
    }

    /**
     * An answer in words.
     *
     * @param ready whether the cluster is yellow or green
     * @param words for a person: the status, or why there is none
     */
    record Answer(boolean ready, String words) {}

    Answer of(URI server) throws InterruptedException {
        URI uri = server.resolve("/_cluster/health?wait_for_status=yellow&timeout=1s");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", authorization)
                .build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Matcher status = STATUS.matcher(response.body());
            if (status.find()) {
                return new Answer(
                        response.statusCode() == 200 && !status.group(1).equals("red"),
                        "its health is " + status.group(1));
            }
            return new Answer(false, "it answers with HTTP status " + response.statusCode());
        } catch (IOException e) {
            return new Answer(false, "it does not answer yet");
        }
    }
}
