package org.tidewatch.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach an Elasticsearch 8 or 9.
 *
 * @param ca PEM file of the authority that signed the server's certificate, when the system does not know it
 * @param prefix what every index name begins with; lower case, ends with {@code -}
 * @param patience how long a call goes on trying while the server cannot be reached or rejects for overload
 */
public record ElasticSettings(
        URI url, Optional<Credentials> credentials, Optional<Path> ca, String prefix, Duration patience) {

    public static final String DEFAULT_PREFIX = "tidewatch-";
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    /** @throws IllegalArgumentException for a prefix that Elasticsearch would refuse */
    public ElasticSettings {
        if (!prefix.matches("[a-z0-9][a-z0-9_.-]*-")) {
            throw new IllegalArgumentException(
                    "elasticsearch.prefix must be lower case letters, digits, '-', '_' or '.', and end with '-': "
                            + prefix);
        }
    }

    /** Secrets: {@code toString} of each shows none. */
    public sealed interface Credentials {}

    public record UserPassword(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "user " + user;
        }
    }

    public record ApiKey(String encoded) implements Credentials {
        @Override
        public String toString() {
            return "API key";
        }
    }
}
