package org.tidewatch.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Folders and small files with exact permissions, whatever the process's umask is. */
final class Folders {
    private Folders() {}

    /** Creates a folder and its missing parents so that every user may read them; leaves existing ones alone. */
    static void createReadable(Path folder) throws IOException {
        create(folder, "rwxr-xr-x");
    }

    /** Creates a folder that only its owner may enter; leaves an existing one alone. */
    static void createPrivate(Path folder) throws IOException {
        create(folder, "rwx------");
    }

    private static void create(Path folder, String permissions) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            create(parent, "rwxr-xr-x");
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    /** Writes a file of this user's alone, at once or not at all. */
    static void writePrivate(Path file, String content) throws IOException {
        Path partial = Files.createTempFile(
                parent(file),
                file.getFileName() + ".",
                ".partial",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(partial, content, StandardCharsets.UTF_8);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** The stripped content of a small regular file; empty if it is missing, blank or a link. */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty());
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no parent folder");
        }
        return parent;
    }
}
