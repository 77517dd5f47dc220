package org.tidewatch.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small mail server on loopback (RFC 5321) that keeps each mail as a file, for a demonstration or a test without a mail
 * system. It takes mail for any address, one mail a recipient and Message-ID, and answers 250 only when the file is safely
 * on disk. Limits: {@link #MAX_MESSAGE_BYTES} a mail, {@link #MAX_RECIPIENTS} recipients, {@link #MAX_CONNECTIONS}
 * connections at once. Thread-safe; {@link #close} it.
 */
public final class MailCatcher implements AutoCloseable {

    public static final int MAX_MESSAGE_BYTES = 25 * 1024 * 1024;
    public static final int MAX_RECIPIENTS = 100;
    public static final int MAX_CONNECTIONS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(MailCatcher.class);
    private static final int IDLE_MILLIS = 60_000;

    private final ServerSocket server;
    private final Mailbox mailbox;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger names = new AtomicInteger();

    private MailCatcher(ServerSocket server, Mailbox mailbox) {
        this.server = server;
        this.mailbox = mailbox;
    }

    /**
     * Starts listening.
     *
     * @param folder of the mails, made if missing; what is in it from an earlier run counts as accepted
     * @param port 0 for a free one
     * @throws IOException if the folder cannot be used or the port is taken
     */
    public static MailCatcher start(Path folder, int port, Clock clock) throws IOException {
        Mailbox mailbox = Mailbox.open(folder, clock);
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            server.close();
            throw new IOException("The mail catcher cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        MailCatcher catcher = new MailCatcher(server, mailbox);
        catcher.daemon("mail-catcher", catcher::listen);
        return catcher;
    }

    public String host() {
        return server.getInetAddress().getHostAddress();
    }

    public int port() {
        return server.getLocalPort();
    }

    public Path folder() {
        return mailbox.folder();
    }

    /** Mails in the folder. */
    public int count() {
        return mailbox.count();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon("mail-catcher-" + names.incrementAndGet(), () -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("The mail catcher could not take a connection: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            socket.setTcpNoDelay(true);
            SmtpDialogue dialogue = new SmtpDialogue(socket.getInputStream(), socket.getOutputStream(), mailbox);
            if (open.size() > MAX_CONNECTIONS) {
                dialogue.refuse("too many connections");
            } else {
                dialogue.run();
            }
        } catch (InterruptedIOException e) {
            LOG.debug("A mail connection was idle for {} ms", IDLE_MILLIS);
        } catch (IOException e) {
            LOG.debug("A mail connection broke: {}", e.getMessage());
        } finally {
            open.remove(socket);
        }
    }

    private void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections; mails answered with 250 are on disk, others are not. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
