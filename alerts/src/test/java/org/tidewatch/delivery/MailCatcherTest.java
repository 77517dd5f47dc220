package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.keeping.TestClock;

class MailCatcherTest {

    private final TestClock clock = TestClock.at("2026-01-05T10:00:00Z");

    @TempDir
    private Path folder;

    private MailCatcher catcher;

    @BeforeEach
    void start() throws IOException {
        catcher = MailCatcher.start(folder, 0, clock);
    }

    @AfterEach
    void stop() throws IOException {
        catcher.close();
    }

    /** A client that sends what it is told and reads one reply at a time. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket(catcher.host(), catcher.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        private final OutputStream out = socket.getOutputStream();

        Client() throws IOException {
            socket.setSoTimeout(20_000);
            assertThat(reply()).startsWith("220");
        }

        String say(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return reply();
        }

        String reply() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return String.valueOf(line);
        }

        String mail(String to, String message) throws IOException {
            assertThat(say("EHLO test.example")).startsWith("250");
            assertThat(say("MAIL FROM:<a@unit.example> BODY=8BITMIME SIZE=100")).startsWith("250");
            assertThat(say("RCPT TO:<" + to + ">")).startsWith("250");
            assertThat(say("DATA")).startsWith("354");
            return say(message + "\r\n.");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void anAcceptedMailIsAFileWithItsWordsAsSent() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.mail("desk@unit.example", "Message-ID: <1@x.example>\r\nSubject: s\r\n\r\n..dot\r\nend"))
                    .startsWith("250");
            assertThat(client.say("QUIT")).startsWith("221");
        }
        assertThat(mails()).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString()).matches("20260105T100000\\.000Z-[0-9a-f]{12}\\.eml");
            assertThat(Files.readString(file))
                    .startsWith("Return-Path: <a@unit.example>\r\nDelivered-To: desk@unit.example\r\nReceived: ")
                    .endsWith("Message-ID: <1@x.example>\r\nSubject: s\r\n\r\n.dot\r\nend\r\n");
        });
    }

    @Test
    void theSameMessageIdForTheSameRecipientIsKeptOnceAlsoAfterARestart() throws IOException {
        String message = "Subject: s\r\nMESSAGE-id:\r\n <1@x.example>\r\n\r\nhello";
        try (Client client = new Client()) {
            assertThat(client.mail("desk@unit.example", message)).startsWith("250");
            assertThat(client.mail("Desk@unit.example", message)).startsWith("250");
            assertThat(client.mail("other@unit.example", message)).startsWith("250");
        }
        catcher.close();
        clock.advance(Duration.ofHours(1));
        catcher = MailCatcher.start(folder, 0, clock);
        assertThat(catcher.count()).isEqualTo(2);
        try (Client client = new Client()) {
            assertThat(client.mail("desk@unit.example", message)).startsWith("250");
        }
        assertThat(mails()).hasSize(2);
    }

    @Test
    void mailsWithoutMessageIdAreEachKept() throws IOException {
        try (Client client = new Client()) {
            client.mail("desk@unit.example", "Subject: s\r\n\r\nMessage-ID: <in@the.body>");
            client.mail("desk@unit.example", "Subject: s\r\n\r\nMessage-ID: <in@the.body>");
        }
        assertThat(mails()).hasSize(2);
    }

    @Test
    void commandsOutOfOrderAndNonsenseAreRefusedAndTheConnectionLivesOn() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.say("RCPT TO:<a@b.example>")).startsWith("503");
            assertThat(client.say("DATA")).startsWith("503");
            assertThat(client.say("MAIL FROM:a@b.example")).startsWith("501");
            assertThat(client.say("MAIL FROM:<>")).startsWith("250");
            assertThat(client.say("MAIL FROM:<>")).startsWith("503");
            assertThat(client.say("RCPT TO:<no address>")).startsWith("501");
            assertThat(client.say("RSET")).startsWith("250");
            assertThat(client.say("VRFY x")).startsWith("252");
            assertThat(client.say("STARTTLS")).startsWith("500");
            assertThat(client.say("x".repeat(5_000))).startsWith("500");
            assertThat(client.say("NOOP")).startsWith("250");
            assertThat(client.say("HELO test.example")).startsWith("250");
        }
    }

    @Test
    void mailsOverTheLimitsAreRefusedAndNotKept() throws IOException {
        try (Client client = new Client()) {
            client.say("EHLO test.example");
            assertThat(client.say("MAIL FROM:<a@b.example> SIZE=" + (MailCatcher.MAX_MESSAGE_BYTES + 1L)))
                    .startsWith("552");
            assertThat(client.mail("desk@unit.example", "Subject: s\r\n\r\n" + "x".repeat(20_000)))
                    .startsWith("552");
            assertThat(client.mail(
                            "desk@unit.example", "Subject: s\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(27_000)))
                    .startsWith("552");
            assertThat(client.mail("desk@unit.example", "Subject: s\r\n\r\nshort"))
                    .startsWith("250");
        }
        assertThat(mails()).hasSize(1);
    }

    @Test
    void aDotBehindABareLineFeedDoesNotEndTheMail() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.mail(
                            "desk@unit.example",
                            "Subject: s\r\n\r\nx\n.\r\nMAIL FROM:<evil@x.example>\n.\nstill this mail"))
                    .startsWith("250");
            assertThat(client.say("NOOP")).startsWith("250");
        }
        assertThat(mails()).singleElement().satisfies(file -> assertThat(Files.readString(file))
                .contains("still this mail"));
    }

    @Test
    void aMailThatCannotBeWrittenIsNotAccepted() throws IOException {
        try (Client client = new Client()) {
            Files.delete(folder);
            assertThat(client.mail("desk@unit.example", "Message-ID: <1@x.example>\r\n\r\nx"))
                    .startsWith("451");
            Files.createDirectory(folder);
            assertThat(client.mail("desk@unit.example", "Message-ID: <1@x.example>\r\n\r\nx"))
                    .startsWith("250");
        }
        assertThat(mails()).hasSize(1);
    }

    @Test
    void aClientThatLeavesWithinAMailLeavesNothing() throws IOException {
        try (Client client = new Client()) {
            client.say("EHLO test.example");
            client.say("MAIL FROM:<a@b.example>");
            client.say("RCPT TO:<desk@unit.example>");
            client.say("DATA");
            client.out.write("Subject: half".getBytes(StandardCharsets.US_ASCII));
        }
        try (Client client = new Client()) {
            client.mail("desk@unit.example", "Subject: whole\r\n\r\nx");
        }
        assertThat(mails()).singleElement().satisfies(file -> assertThat(Files.readString(file))
                .contains("Subject: whole"));
    }

    @Test
    void manyClientsAtOnceAreAllServed() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String id = "<" + i % 10 + "@x.example>";
            Thread thread = new Thread(() -> {
                try (Client client = new Client()) {
                    client.mail("desk@unit.example", "Message-ID: " + id + "\r\n\r\nx");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(mails()).hasSize(10);
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> MailCatcher.start(folder, catcher.port(), clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + catcher.port());
    }

    private List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
