package org.tidewatch.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that misbehaves in one way, over real sockets. It keeps the text of each mail that it read to the end. */
final class RudeSmtpServer implements AutoCloseable {

    enum Manner {
        POLITE,
        /** Refuses recipients whose address begins with "nobody". */
        NO_SUCH_RECIPIENT,
        /** Asks every recipient to come again later. */
        GREYLISTS,
        /** Takes the whole mail and hangs up without an answer. */
        HANGS_UP_AFTER_DATA,
        /** Refuses what the mail says. */
        REFUSES_CONTENT,
        /** Refuses the sender. */
        REFUSES_SENDER,
        /** Closes with 421 when it is greeted. */
        CLOSING
    }

    private final ServerSocket server;
    private volatile Manner manner;
    final List<String> mails = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    RudeSmtpServer(Manner manner) throws IOException {
        this.manner = manner;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::listen, "rude-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    void becomes(Manner next) {
        manner = next;
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                talk(socket);
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        say(out, "220 rude.example");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("EHLO") && manner == Manner.CLOSING) {
                say(out, "421 too busy");
                return;
            } else if (command.startsWith("MAIL") && manner == Manner.REFUSES_SENDER) {
                say(out, "550 who are you");
            } else if (command.startsWith("RCPT") && manner == Manner.GREYLISTS) {
                say(out, "451 come again later");
            } else if (command.startsWith("RCPT TO:<NOBODY") && manner == Manner.NO_SUCH_RECIPIENT) {
                say(out, "550 no such mailbox");
            } else if (command.startsWith("DATA")) {
                say(out, "354 go on");
                StringBuilder mail = new StringBuilder();
                for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                    mail.append(text).append('\n');
                }
                mails.add(mail.toString());
                if (manner == Manner.HANGS_UP_AFTER_DATA) {
                    return;
                }
                say(out, manner == Manner.REFUSES_CONTENT ? "554 not this" : "250 taken");
            } else if (command.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
