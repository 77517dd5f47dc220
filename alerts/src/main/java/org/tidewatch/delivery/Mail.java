package org.tidewatch.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The message (RFC 5322, RFC 2046) of a letter: the same letter always makes the same bytes, Message-ID, Date and boundary
 * included, so a mail that has to be sent twice is one mail to whoever compares.
 */
final class Mail {

    private static final Session PLAIN = Session.getInstance(new Properties());
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_NAMED = 20;

    private Mail() {}

    /** @throws MessagingException if a header cannot be made of what the settings hold */
    static MimeMessage of(Letter letter, MailSettings settings) throws MessagingException {
        Delivery delivery = letter.delivery();
        MailAddress from = settings.from();
        MimeMessage message = new Identified(delivery.messageId());
        message.setFrom(internet(new MailAddress(from.name().or(() -> Optional.of("Tidewatch")), from.address())));
        message.setRecipient(
                Message.RecipientType.TO,
                internet(new MailAddress(
                        Optional.of(letter.recipient().name()),
                        letter.recipient().address().address())));
        message.setSubject(letter.subject(), "UTF-8");
        message.setHeader("Date", DATE.format(delivery.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("List-Id", "Tidewatch alerts <tidewatch-alerts." + from.domain() + ">");
        message.setHeader("X-Tidewatch-Tier", Integer.toString(delivery.tier()));
        message.setHeader("X-Tidewatch-Search", named(List.copyOf(letter.searches())));
        message.setHeader("X-Tidewatch-Alert", named(delivery.alerts()));
        MimeMultipart alternative = new Alternative("=_tidewatch_" + delivery.id());
        alternative.addBodyPart(part(TextBody.of(letter, settings.kibana()), "plain"));
        alternative.addBodyPart(part(HtmlBody.of(letter, settings.kibana()), "html"));
        message.setContent(alternative);
        message.saveChanges();
        return message;
    }

    /** One id a line, so that no line is too long (RFC 5322, section 2.1.1), and the first ones only. */
    private static String named(List<String> ids) {
        List<String> some = ids.stream()
                .limit(MAX_NAMED)
                .map(id -> id.replaceAll("[^A-Za-z0-9._-]", "?"))
                .map(id -> Harmless.head(id, 200))
                .toList();
        return String.join(",\r\n ", some)
                + (ids.size() > MAX_NAMED ? ",\r\n and " + (ids.size() - MAX_NAMED) + " more" : "");
    }

    private static InternetAddress internet(MailAddress mailbox) throws MessagingException {
        try {
            return new InternetAddress(mailbox.address(), mailbox.name().orElse(null), "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("Every Java has UTF-8", e);
        }
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** Keeps the Message-ID it is given. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(String id) {
            super(PLAIN);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** Keeps the boundary it is given; quoted-printable text cannot hold one that begins with {@code =_} (RFC 2045). */
    private static final class Alternative extends MimeMultipart {
        Alternative(String boundary) {
            contentType = "multipart/alternative; \r\n\tboundary=\"" + boundary + "\"";
        }
    }
}
