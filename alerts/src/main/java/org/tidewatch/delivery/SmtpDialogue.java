package org.tidewatch.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the mail catcher: the commands of RFC 5321, section 4.5.1, and the extensions SIZE (RFC 1870), 8BITMIME
 * (RFC 6152) and PIPELINING (RFC 2920). Used by one thread.
 */
final class SmtpDialogue {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpDialogue.class);

    /** RFC 5321, section 4.5.3.1, asks for 512 and 1,000 at least; parameters of extensions need more. */
    private static final int MAX_COMMAND_BYTES = 2_048;

    private static final int MAX_TEXT_LINE_BYTES = 10_000;
    private static final int MAX_ERRORS = 20;
    private static final Pattern SENDER = Pattern.compile("(?i)FROM:\\s*<([^<>\\s]*)>(.*)");
    private static final Pattern RECIPIENT = Pattern.compile("(?i)TO:\\s*<([^<>\\s@]+@[^<>\\s@]+)>.*");
    private static final Pattern SIZE = Pattern.compile("(?i).*\\bSIZE=(\\d{1,18})\\b.*");

    private final InputStream in;
    private final OutputStream out;
    private final Mailbox mailbox;
    private Optional<String> sender = Optional.empty();
    private final List<String> recipients = new ArrayList<>();

    SmtpDialogue(InputStream in, OutputStream out, Mailbox mailbox) {
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.mailbox = mailbox;
    }

    /** A line as read, or what was wrong with it. */
    private record Line(String text, boolean tooLong) {}

    void refuse(String why) throws IOException {
        answer("421 localhost " + why);
    }

    /** Talks until the client quits, goes away, or has made too many mistakes. */
    void run() throws IOException {
        answer("220 localhost Tidewatch mail catcher");
        int errors = 0;
        while (errors < MAX_ERRORS) {
            Optional<Line> line = line(MAX_COMMAND_BYTES);
            if (line.isEmpty()) {
                return;
            }
            String reply = line.get().tooLong()
                    ? "500 line too long"
                    : reply(line.get().text());
            answer(reply);
            if (reply.startsWith("221")) {
                return;
            }
            errors += reply.startsWith("5") ? 1 : 0;
        }
        refuse("too many errors");
    }

    private String reply(String line) throws IOException {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        return switch (verb) {
            case "EHLO" -> {
                reset();
                yield rest.isEmpty()
                        ? "501 EHLO needs a name"
                        : "250-localhost\r\n250-SIZE " + MailCatcher.MAX_MESSAGE_BYTES
                                + "\r\n250-8BITMIME\r\n250 PIPELINING";
            }
            case "HELO" -> {
                reset();
                yield rest.isEmpty() ? "501 HELO needs a name" : "250 localhost";
            }
            case "MAIL" -> from(rest);
            case "RCPT" -> to(rest);
            case "DATA" -> data(rest);
            case "RSET" -> {
                reset();
                yield "250 forgotten";
            }
            case "NOOP" -> "250 here";
            case "VRFY" -> "252 any address is taken";
            case "QUIT" -> "221 localhost closes";
            default -> "500 unknown command";
        };
    }

    private String from(String rest) {
        Matcher from = SENDER.matcher(rest);
        if (sender.isPresent()) {
            return "503 one sender a mail";
        }
        if (!from.matches()) {
            return "501 MAIL FROM:<address>";
        }
        Matcher size = SIZE.matcher(from.group(2));
        if (size.matches() && Long.parseLong(size.group(1)) > MailCatcher.MAX_MESSAGE_BYTES) {
            return "552 larger than " + MailCatcher.MAX_MESSAGE_BYTES + " bytes";
        }
        sender = Optional.of(from.group(1));
        return "250 sender ok";
    }

    private String to(String rest) {
        Matcher to = RECIPIENT.matcher(rest);
        if (sender.isEmpty()) {
            return "503 MAIL comes first";
        }
        if (!to.matches()) {
            return "501 RCPT TO:<address>";
        }
        if (recipients.size() >= MailCatcher.MAX_RECIPIENTS) {
            return "452 at most " + MailCatcher.MAX_RECIPIENTS + " recipients";
        }
        recipients.add(to.group(1));
        return "250 recipient ok";
    }

    private String data(String rest) throws IOException {
        if (!rest.isEmpty()) {
            return "501 DATA has no parameter";
        }
        if (recipients.isEmpty()) {
            return "503 RCPT comes first";
        }
        answer("354 end with a line that holds a single dot");
        Optional<byte[]> message = message();
        List<String> addressed = List.copyOf(recipients);
        String from = sender.orElse("");
        reset();
        if (message.isEmpty()) {
            return "552 larger than " + MailCatcher.MAX_MESSAGE_BYTES + " bytes, or a line over " + MAX_TEXT_LINE_BYTES;
        }
        try {
            for (String recipient : addressed) {
                mailbox.keep(from, recipient, message.get());
            }
            return "250 kept";
        } catch (IOException e) {
            LOG.warn("A mail could not be kept in {}: {}", mailbox.folder(), e.toString());
            return "451 the mail could not be written to disk";
        }
    }

    /** Reads to the single dot, undoing the doubled ones (RFC 5321, section 4.5.2); empty when a limit was passed. */
    private Optional<byte[]> message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean within = true;
        while (true) {
            Line line = line(MAX_TEXT_LINE_BYTES).orElseThrow(() -> new IOException("the client left within a mail"));
            if (!line.tooLong() && line.text().equals(".")) {
                return within ? Optional.of(message.toByteArray()) : Optional.empty();
            }
            String text = line.text().startsWith(".") ? line.text().substring(1) : line.text();
            within = within && !line.tooLong() && message.size() + text.length() + 2 <= MailCatcher.MAX_MESSAGE_BYTES;
            if (within) {
                message.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    /**
     * Reads to CRLF, which alone ends a line: a bare LF does not, so nothing can be smuggled in behind one. One byte is one
     * character. Empty at the end of the stream.
     */
    private Optional<Line> line(int limit) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        int before = -1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' && before == '\r') {
                if (!tooLong) {
                    text.setLength(text.length() - 1);
                }
                return Optional.of(new Line(text.toString(), tooLong));
            }
            before = b;
            if (text.length() < limit) {
                text.append((char) b);
            } else {
                tooLong = true;
            }
        }
        return Optional.empty();
    }

    private void reset() {
        sender = Optional.empty();
        recipients.clear();
    }

    private void answer(String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
