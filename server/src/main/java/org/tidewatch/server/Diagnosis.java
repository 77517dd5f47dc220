package org.tidewatch.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.regex.Pattern;

/** What a failed start means and what to do, read off the server's log. */
record Diagnosis(String problem, String remedy) {
    private static final String ROOM = "Free some space on that disk, or set another folder.";

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "Address already in use|BindHttpException|BindTransportException",
                    "The port is in use by another program.",
                    "Choose another HTTP port, or none to take a free one."),
            new Rule("No space left on device|Disk quota exceeded", "The disk is full.", ROOM),
            new Rule(
                    "cannot downgrade a node from version",
                    "The data were written by a newer Elasticsearch.",
                    "Use the version that wrote them, or start with another data folder."),
            new Rule(
                    "minimum required Java version|UnsupportedClassVersionError|Unrecognized VM option",
                    "This Java does not run Elasticsearch.",
                    "Set ES_JAVA_HOME to a JDK " + JavaHome.LEAST_VERSION + " that every user may read and run."),
            new Rule(
                    "insufficient memory for the Java Runtime|Could not reserve enough space|OutOfMemoryError"
                            + "|Not enough space",
                    "There is too little memory.",
                    "Set a heap that this machine has free, or one that is large enough for the data."),
            new Rule(
                    "failed to obtain node locks|AccessDeniedException|Permission denied|Read-only file system",
                    "The data folder is locked by another Elasticsearch, or not writable.",
                    "End that Elasticsearch, or give the folder to the user who runs this one."));

    /** The first rule that the lines fit, or the bare fact. */
    static Diagnosis of(List<String> log, int exitCode) {
        String text = String.join("\n", log);
        return RULES.stream()
                .filter(rule -> rule.pattern().matcher(text).find())
                .map(rule -> new Diagnosis(rule.problem(), rule.remedy()))
                .findFirst()
                .orElseGet(() -> unknown(exitCode));
    }

    private static Diagnosis unknown(int exitCode) {
        return exitCode == 137
                ? new Diagnosis(
                        "Something killed it.",
                        "If the kernel did (see dmesg), memory was short: set a smaller heap or free some.")
                : new Diagnosis("The log says why.", "Mend what the log names and start again.");
    }

    /** An error of the file system while something is written to disk. */
    static ServerException ofWriting(String attempt, IOException cause) {
        String message = cause.toString();
        if (Pattern.compile("No space left on device|Disk quota exceeded")
                .matcher(message)
                .find()) {
            return new ServerException(attempt + ": the disk is full.", ROOM, cause);
        }
        String reason = cause instanceof AccessDeniedException
                ? "access denied to " + ((FileSystemException) cause).getFile()
                : message;
        return new ServerException(
                attempt + ": " + reason + ".", "Make it writable for the user who starts this, or set another.", cause);
    }

    private record Rule(Pattern pattern, String problem, String remedy) {
        Rule(String pattern, String problem, String remedy) {
            this(Pattern.compile(pattern), problem, remedy);
        }
    }
}
