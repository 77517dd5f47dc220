package org.tidewatch.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidewatch.item.Id;

/**
 * A folder of mails: one {@code .eml} file for each recipient of each mail, named by time and a hash of Message-ID and
 * recipient, so that names sort by time and a mail that comes twice is known by its name, also after a restart.
 * Thread-safe.
 */
final class Mailbox {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RECEIVED = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("[0-9TZ.]+-([0-9a-f]{12})\\.eml");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^Message-ID:[ \\t]*(?:\\r?\\n[ \\t]+)?([^\\s][^\\r\\n]*)$");
    private static final int ID_LENGTH = 12;

    private final Path folder;
    private final Clock clock;
    private final Set<String> kept = new HashSet<>();

    private Mailbox(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    static Mailbox open(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Mailbox mailbox = new Mailbox(folder, clock);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    mailbox.kept.add(name.group(1));
                } else if (file.getFileName().toString().endsWith(".part")) {
                    Files.delete(file);
                }
            }
        }
        return mailbox;
    }

    Path folder() {
        return folder;
    }

    synchronized int count() {
        return kept.size();
    }

    /**
     * Keeps a mail for one recipient; returns when it is on disk. A mail without Message-ID is never a repetition.
     *
     * @throws IOException if it is not safely there
     */
    synchronized void keep(String from, String to, byte[] message) throws IOException {
        String id = messageId(message)
                .map(messageId -> Id.of(messageId, to.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> Id.of(UUID.randomUUID().toString()))
                .substring(0, ID_LENGTH);
        if (kept.contains(id)) {
            return;
        }
        String trace = "Return-Path: <" + from + ">\r\nDelivered-To: " + to
                + "\r\nReceived: by localhost (Tidewatch mail catcher); " + RECEIVED.format(clock.instant()) + "\r\n";
        Path part = folder.resolve(id + ".part");
        try (FileChannel file = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(file, trace.getBytes(StandardCharsets.UTF_8));
            write(file, message);
            file.force(true);
        }
        Files.move(
                part, folder.resolve(TIME.format(clock.instant()) + "-" + id + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        kept.add(id);
    }

    private static void write(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    private static Optional<String> messageId(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Matcher header = MESSAGE_ID.matcher(end < 0 ? text : text.substring(0, end));
        return header.find() ? Optional.of(header.group(1).strip()) : Optional.empty();
    }
}
