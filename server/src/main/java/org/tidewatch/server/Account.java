package org.tidewatch.server;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user that the server runs as: the user of this process, or an unprivileged one if this process is root's, because
 * Elasticsearch refuses to run as root.
 *
 * @param name the user's name
 * @param uid the user's number
 * @param gid the number of the user's primary group
 * @param prefix the command that runs another as this user; empty if that is the user of this process
 */
record Account(String name, long uid, long gid, List<String> prefix) {
    private static final List<String> UNPRIVILEGED = List.of("elasticsearch", "nobody");
    private static final String REMEDY = "Start as an ordinary user, or install util-linux (setpriv, runuser) "
            + "and have a user 'elasticsearch' or 'nobody'.";

    static Account current() throws ServerException, InterruptedException {
        UnixSystem self = new UnixSystem();
        if (self.getUid() != 0) {
            return new Account(System.getProperty("user.name"), self.getUid(), self.getGid(), List.of());
        }
        for (String name : UNPRIVILEGED) {
            Optional<String> uid = output(List.of("id", "-u", name));
            Optional<String> gid = output(List.of("id", "-g", name));
            if (uid.isPresent() && gid.isPresent()) {
                return dropped(name, uid.get(), gid.get());
            }
        }
        throw new ServerException("Elasticsearch does not run as root, and no other user was found.", REMEDY);
    }

    private static Account dropped(String name, String uid, String gid) throws ServerException, InterruptedException {
        List<List<String>> ways = List.of(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"),
                List.of("runuser", "-u", name, "--"));
        for (List<String> way : ways) {
            Account account = new Account(name, Long.parseLong(uid), Long.parseLong(gid), way);
            if (output(account.command(List.of("id", "-u"))).equals(Optional.of(uid))) {
                return account;
            }
        }
        throw new ServerException(
                "Elasticsearch does not run as root, and neither setpriv nor runuser changes to " + name + ".", REMEDY);
    }

    /** Whether this process is root's and the server's user is another. */
    boolean isOther() {
        return !prefix.isEmpty();
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        return command;
    }

    /** Whether the test {@code -r}, {@code -w} or {@code -x} of the path holds for this user. */
    boolean may(String test, Path path) throws InterruptedException {
        return output(command(List.of("test", test, path.toString()))).isPresent();
    }

    /** Whether this user may enter the path or, where it does not exist yet, the folder to create it in. */
    boolean reaches(Path path) throws InterruptedException {
        Path existing = path;
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return may("-x", existing);
    }

    /** Empties a folder as this user, so that no link placed by it leads root elsewhere. */
    void empty(Path folder) throws IOException, InterruptedException {
        List<String> command = command(List.of("find", folder.toString(), "-mindepth", "1", "-delete"));
        if (output(command).isEmpty()) {
            throw new IOException("Cannot empty " + folder + " as " + name);
        }
    }

    /** Gives a file or folder to this user; a link itself, never what it leads to. */
    void own(Path path) throws IOException {
        if (isOther()) {
            give(path, uid, gid);
        }
    }

    /** Gives a folder and all in it to this user, if the folder is not this user's yet. */
    void ownTree(Path folder) throws IOException {
        if (!isOther() || owner(folder) == uid) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                own(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                own(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Takes a folder back for the user of this process, who is root if the server's user is another. */
    void disown(Path folder) throws IOException {
        if (isOther()) {
            give(folder, 0, 0);
        }
    }

    private static void give(Path path, long uid, long gid) throws IOException {
        Files.setAttribute(path, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
    }

    private static long owner(Path path) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    /** The trimmed output of a command that succeeds; empty if it fails or does not exist. */
    private static Optional<String> output(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
