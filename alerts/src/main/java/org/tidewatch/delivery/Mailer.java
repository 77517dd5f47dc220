package org.tidewatch.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. Each delivery goes {@code pending -> sending -> sent}, or back to {@code pending} with a time for the
 * next attempt, or to {@code failed}; every step is written under the document's sequence number, so of two mailers one
 * sends it.
 *
 * <p>Note on implementation. Between the server's acceptance and our record of it a crash leaves the delivery in
 * {@code sending}; when its lease has ended it is sent once more. That is the one case in which a mail repeats, and it does
 * so with the same Message-ID and the same bytes. The connection is opened before anything is claimed: while the server
 * is down no delivery is touched, no attempt is counted, and the next look at the server comes after a growing pause.
 *
 * <p>Not thread-safe.
 */
public final class Mailer {

    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
    private static final int BATCH = 100;

    /** Mails whose connection broke, one after the other, before the server counts as down. */
    private static final int LOST_IN_A_ROW = 3;

    private final Deliveries deliveries;
    private final Letters letters;
    private final MailSettings settings;
    private final Clock clock;
    private final String owner;
    private final Duration claimTerm;
    private long claims;
    private int failuresInARow;
    private int lostInARow;
    private Instant notBefore = Instant.MIN;
    private Optional<String> trouble = Optional.empty();

    /** @param owner names this life of this process, and no other */
    public Mailer(Deliveries deliveries, Letters letters, MailSettings settings, Clock clock, String owner) {
        this.deliveries = deliveries;
        this.letters = letters;
        this.settings = settings;
        this.clock = clock;
        this.owner = owner;
        this.claimTerm = settings.smtp().timeout().multipliedBy(2).plus(Duration.ofSeconds(30));
    }

    /**
     * What a pass did.
     *
     * @param failed for good
     * @param postponed to be tried again
     */
    public record Sent(int sent, int failed, int postponed) {
        private static final Sent NOTHING = new Sent(0, 0, 0);

        private Sent plus(Delivery.State state) {
            return switch (state) {
                case SENT -> new Sent(sent + 1, failed, postponed);
                case FAILED -> new Sent(sent, failed + 1, postponed);
                case PENDING, SENDING -> new Sent(sent, failed, postponed + 1);
            };
        }
    }

    /** Why no mail goes out at present, if so. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Tries everything that is due, once. Ends early, between two mails, when {@code goOn} says no. */
    public Sent send(BooleanSupplier goOn) {
        if (clock.instant().isBefore(notBefore)) {
            return Sent.NOTHING;
        }
        Sent sent = Sent.NOTHING;
        Set<String> seen = new HashSet<>();
        Optional<SmtpConnection> connection = Optional.empty();
        try {
            while (true) {
                List<Delivery> due = Uninterrupted.call(() -> deliveries.due(BATCH)).stream()
                        .filter(delivery -> seen.add(delivery.id()))
                        .toList();
                if (due.isEmpty()) {
                    return sent;
                }
                for (Delivery delivery : due) {
                    if (!goOn.getAsBoolean()) {
                        return sent;
                    }
                    connection = connected(connection);
                    Optional<Delivery.State> became = deliver(delivery, connection.orElseThrow());
                    sent = became.isPresent() ? sent.plus(became.get()) : sent;
                }
            }
        } catch (SmtpConnection.Unavailable e) {
            unavailable(String.valueOf(e.getMessage()));
            return sent;
        } finally {
            connection.ifPresent(SmtpConnection::close);
        }
    }

    private Optional<SmtpConnection> connected(Optional<SmtpConnection> connection) throws SmtpConnection.Unavailable {
        if (connection.filter(SmtpConnection::isOpen).isPresent()) {
            return connection;
        }
        connection.ifPresent(SmtpConnection::close);
        return Optional.of(SmtpConnection.open(settings.smtp(), settings.from()));
    }

    /** One attempt; empty when another mailer has the delivery. */
    private Optional<Delivery.State> deliver(Delivery due, SmtpConnection connection)
            throws SmtpConnection.Unavailable {
        Optional<Delivery> claimed = claim(due);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        Delivery delivery = claimed.get();
        if (delivery.attempts() > settings.retry().maxAttempts()) {
            return settle(
                    delivery,
                    mine -> mine.failed("given up: " + settings.retry().maxAttempts()
                            + " attempts ended without an answer on record"));
        }
        Optional<Recipient> recipient = settings.recipient(delivery.recipient());
        if (recipient.isEmpty()) {
            return settle(
                    delivery,
                    mine -> mine.failed("mail.recipients." + delivery.recipient()
                            + " is no longer in the configuration, and there is no mail.fallback"));
        }
        Letter letter;
        MimeMessage message;
        try {
            letter = Uninterrupted.call(() -> letters.write(delivery, recipient.get()));
            message = Mail.of(letter, settings);
        } catch (IllegalArgumentException | IllegalStateException | MessagingException e) {
            LOG.warn("Delivery {} cannot be written", delivery.id(), e);
            return settle(delivery, mine -> mine.failed("cannot be written: " + e.getMessage()));
        }
        return settled(
                delivery,
                recipient.get(),
                letter.subject(),
                connection.send(message, recipient.get().address()));
    }

    private Optional<Delivery> claim(Delivery due) {
        String claim = owner + "#" + ++claims;
        return Uninterrupted.call(() -> deliveries.claim(due.id(), claim, claimTerm));
    }

    private Optional<Delivery.State> settled(Delivery delivery, Recipient recipient, String subject, Answer answer)
            throws SmtpConnection.Unavailable {
        Instant now = clock.instant();
        if (answer instanceof Answer.Closed closed) {
            settle(delivery, mine -> mine.putBack(closed.reason(), now));
            throw new SmtpConnection.Unavailable(closed.reason());
        }
        if (answer instanceof Answer.Lost lost) {
            Optional<Delivery.State> became =
                    settle(delivery, mine -> mine.postponed(lost.reason(), settings.retry(), now));
            if (++lostInARow >= LOST_IN_A_ROW) {
                throw new SmtpConnection.Unavailable(lost.reason());
            }
            return became;
        }
        available();
        if (answer instanceof Answer.Refused refused) {
            return settle(delivery, mine -> mine.failed(refused.reason()));
        }
        if (answer instanceof Answer.NotNow notNow) {
            return settle(delivery, mine -> mine.postponed(notNow.reason(), settings.retry(), now));
        }
        return settle(delivery, mine -> mine.sent(recipient.address().address(), subject, now));
    }

    private Optional<Delivery.State> settle(Delivery delivery, UnaryOperator<Delivery> outcome) {
        Optional<Delivery> settled = Uninterrupted.call(() -> deliveries.settle(delivery, outcome));
        if (settled.isEmpty()) {
            LOG.warn("Delivery {} was taken over by another mailer before its outcome was on record", delivery.id());
        }
        settled.filter(done -> done.state() != Delivery.State.SENT)
                .ifPresent(done -> LOG.warn(
                        "Mail to {} ({}) is {}: {}",
                        done.recipient(),
                        done.id(),
                        done.state() == Delivery.State.FAILED ? "given up" : "postponed",
                        done.lastError().orElse("")));
        return settled.map(Delivery::state);
    }

    private void unavailable(String reason) {
        if (trouble.isEmpty()) {
            LOG.warn("No mail goes out; it stays pending and is tried again. {}", reason);
        }
        trouble = Optional.of(reason);
        failuresInARow++;
        lostInARow = 0;
        notBefore = clock.instant().plus(settings.retry().pause(failuresInARow));
    }

    private void available() {
        if (trouble.isPresent()) {
            LOG.info("Mail goes out again by {}", settings.smtp());
        }
        trouble = Optional.empty();
        failuresInARow = 0;
        lostInARow = 0;
        notBefore = Instant.MIN;
    }
}
