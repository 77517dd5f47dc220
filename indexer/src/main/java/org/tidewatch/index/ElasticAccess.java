package org.tidewatch.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link ElasticSettings} without their secrets, fit to travel in a topology's configuration, which Storm logs. The
 * secrets are read where the connection is opened: from the files named here, else from the environment variables
 * {@link #PASSWORD} and {@link #API_KEY}.
 */
public record ElasticAccess(
        URI url,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> apiKeyFile,
        Optional<Path> ca,
        String prefix,
        Duration patience) {

    public static final String PASSWORD = "TIDEWATCH_ELASTICSEARCH_PASSWORD";
    public static final String API_KEY = "TIDEWATCH_ELASTICSEARCH_API_KEY";

    /**
     * The settings with their secrets.
     *
     * @throws UncheckedIOException if a file that is named cannot be read
     */
    public ElasticSettings settings(Map<String, String> environment) {
        Optional<ElasticSettings.Credentials> apiKey =
                secret(apiKeyFile, environment.get(API_KEY)).map(ElasticSettings.ApiKey::new);
        Optional<ElasticSettings.Credentials> password =
                user.flatMap(name -> secret(passwordFile, environment.get(PASSWORD))
                        .map(secret -> new ElasticSettings.UserPassword(name, secret)));
        return new ElasticSettings(url, apiKey.or(() -> password), ca, prefix, patience);
    }

    /** As this, with another patience: some callers would rather skip a turn than wait. */
    public ElasticAccess withPatience(Duration other) {
        return new ElasticAccess(url, user, passwordFile, apiKeyFile, ca, prefix, other);
    }

    private static Optional<String> secret(Optional<Path> file, @Nullable String fromEnvironment) {
        if (file.isEmpty()) {
            return Optional.ofNullable(fromEnvironment).filter(value -> !value.isBlank());
        }
        try {
            return Optional.of(
                    Files.readString(file.get(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the secret in " + file.get(), e);
        }
    }
}
