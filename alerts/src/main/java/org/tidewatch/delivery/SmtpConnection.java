package org.tidewatch.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the mail server, for one mail after the other. Not thread-safe; {@link #close} it. */
final class SmtpConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
    private static final int SERVICE_CLOSING = 421;
    private static final int TOO_LARGE = 552;

    private final Transport transport;
    private final Smtp smtp;

    private SmtpConnection(Transport transport, Smtp smtp) {
        this.transport = transport;
        this.smtp = smtp;
    }

    /** The server cannot be used now; the message says why and what to look at. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Connects, protects the connection and signs in as the settings say. */
    static SmtpConnection open(Smtp smtp, MailAddress from) throws Unavailable {
        try {
            Transport transport = Session.getInstance(properties(smtp, from)).getTransport("smtp");
            transport.connect(
                    smtp.host(),
                    smtp.port(),
                    smtp.user().orElse(null),
                    smtp.password().orElse(null));
            return new SmtpConnection(transport, smtp);
        } catch (AuthenticationFailedException e) {
            throw new Unavailable(
                    smtp + " refuses the user or password (mail.smtp.user, mail.smtp.password): " + chain(e), e);
        } catch (MessagingException e) {
            throw new Unavailable(smtp + " cannot be used (mail.smtp.host, port, security): " + chain(e), e);
        }
    }

    private static Properties properties(Smtp smtp, MailAddress from) {
        Properties properties = new Properties();
        properties.put(
                "mail.smtp.connectiontimeout",
                Long.toString(smtp.connectTimeout().toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(smtp.timeout().toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(smtp.timeout().toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.from", from.address());
        properties.put("mail.smtp.auth", Boolean.toString(smtp.user().isPresent()));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(smtp.security() == Smtp.Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(smtp.security() == Smtp.Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(smtp.security() == Smtp.Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (smtp.local()) {
            properties.put("mail.smtp.localhost", "localhost");
        }
        return properties;
    }

    /** Sends one mail to one recipient and says what the server made of it. */
    Answer send(MimeMessage message, MailAddress to) {
        try {
            transport.sendMessage(message, new Address[] {new InternetAddress(to.address(), false)});
            return new Answer.Accepted();
        } catch (MessagingException e) {
            return answer(e);
        }
    }

    private Answer answer(MessagingException e) {
        Optional<Integer> recipient =
                find(e, SMTPAddressFailedException.class).map(SMTPAddressFailedException::getReturnCode);
        Optional<Integer> sender =
                find(e, SMTPSenderFailedException.class).map(SMTPSenderFailedException::getReturnCode);
        Optional<SMTPSendFailedException> mail = find(e, SMTPSendFailedException.class);
        boolean ofSender = sender.isPresent()
                || mail.filter(failed -> String.valueOf(failed.getCommand()).startsWith("MAIL"))
                        .isPresent();
        int code = recipient
                .or(() -> sender)
                .or(() -> mail.map(SMTPSendFailedException::getReturnCode))
                .orElse(-1);
        String reason = smtp.host() + " answered: " + chain(e);
        if (code == SERVICE_CLOSING || (ofSender && code >= 500 && code != TOO_LARGE)) {
            return new Answer.Closed(
                    smtp + (ofSender ? " refuses the sender (mail.from): " : " answered: ") + chain(e));
        }
        if (code >= 500) {
            return new Answer.Refused(reason);
        }
        return code >= 400 ? new Answer.NotNow(reason) : new Answer.Lost(reason);
    }

    private static <T extends MessagingException> Optional<T> find(MessagingException e, Class<T> type) {
        for (Exception at = e; at instanceof MessagingException failure; at = failure.getNextException()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** The messages of an exception and those behind it, as one line. */
    private static String chain(MessagingException e) {
        StringBuilder words = new StringBuilder();
        for (Exception at = e;
                at != null;
                at = at instanceof MessagingException failure ? failure.getNextException() : null) {
            String word =
                    String.valueOf(at.getMessage()).replaceAll("\\s+", " ").strip();
            if (words.indexOf(word) < 0) {
                words.append(words.length() == 0 ? "" : "; ").append(word);
            }
        }
        return Harmless.head(words.toString(), 500);
    }

    boolean isOpen() {
        return transport.isConnected();
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("Closing the connection to {}: {}", smtp, e.getMessage());
        }
    }
}
