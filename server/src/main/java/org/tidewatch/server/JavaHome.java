package org.tidewatch.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java that runs the server: the distribution brings none. */
record JavaHome(Path path) {
    static final int LEAST_VERSION = 17;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");
    private static final String REMEDY =
            "Set ES_JAVA_HOME to a JDK " + LEAST_VERSION + " or newer that every user may read and run.";

    /** The folder that {@code ES_JAVA_HOME} names, else the running JVM's own. */
    static Path preferred() {
        String named = System.getenv("ES_JAVA_HOME");
        return Path.of(named == null || named.isBlank() ? System.getProperty("java.home") : named);
    }

    /** Refuses a folder without {@code bin/java}, of an older Java, or one that the server's user may not run. */
    static JavaHome require(Path path, Account account) throws ServerException, InterruptedException {
        Path java = path.resolve("bin/java");
        if (!Files.isExecutable(java)) {
            throw new ServerException("There is no Java at " + java + ".", REMEDY);
        }
        int version = version(path.resolve("release"));
        if (version < LEAST_VERSION) {
            throw new ServerException(
                    "Elasticsearch needs Java " + LEAST_VERSION + " or newer; " + path + " is Java " + version + ".",
                    REMEDY);
        }
        if (!account.may("-x", java)) {
            throw new ServerException("The user " + account.name() + " may not run " + java + ".", REMEDY);
        }
        return new JavaHome(path);
    }

    /** A JDK without a readable {@code release} file passes: the server checks once more. */
    private static int version(Path release) {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(release, StandardCharsets.UTF_8));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }
}
