package org.tidewatch.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Id;

/**
 * One mail to one recipient. What it tells ({@code alerts}, {@code createdAt}, {@code messageId}) is frozen when it is
 * made, so that every attempt sends the same mail; the rest says how far it came.
 *
 * @param recipient name in the configuration
 * @param address it was last addressed to
 * @param key the alert's id, or the window of a digest
 * @param tier most urgent tier of its alerts
 * @param items what the alerts are about
 * @param leaseOwner names one claim of one mailer while {@code state} is sending
 * @param attempts that reached the server
 * @param lastError why the latest attempt did not come through
 */
public record Delivery(
        String recipient,
        String address,
        Channel channel,
        String key,
        int tier,
        List<String> alerts,
        List<String> items,
        State state,
        Optional<String> leaseOwner,
        Optional<Instant> leaseUntil,
        int attempts,
        Instant nextAttemptAt,
        String messageId,
        Optional<String> subject,
        Instant createdAt,
        Optional<Instant> sentAt,
        Optional<String> lastError) {

    /** Alerts of one delivery at most. */
    public static final int MAX_ALERTS = 2_000;

    private static final int MAX_ERROR = 1_000;

    public enum Channel {
        @JsonProperty("smtp")
        SMTP
    }

    public enum State {
        /** To be tried when {@code nextAttemptAt} has come. */
        @JsonProperty("pending")
        PENDING,
        /** Claimed by a mailer until {@code leaseUntil}; past that, to be tried again. */
        @JsonProperty("sending")
        SENDING,
        /** The server has taken responsibility for it. */
        @JsonProperty("sent")
        SENT,
        /** Refused for good, or tried too often. */
        @JsonProperty("failed")
        FAILED
    }

    /** What a delivery is to tell: a new one, not yet tried. */
    public static Delivery of(
            Recipient recipient,
            String key,
            int tier,
            List<String> alerts,
            List<String> items,
            MailAddress from,
            Instant createdAt) {
        if (alerts.isEmpty() || alerts.size() > MAX_ALERTS) {
            throw new IllegalArgumentException("A delivery has 1 to " + MAX_ALERTS + " alerts, not " + alerts.size());
        }
        return new Delivery(
                recipient.id(),
                recipient.address().address(),
                Channel.SMTP,
                key,
                tier,
                List.copyOf(alerts),
                items.stream().distinct().toList(),
                State.PENDING,
                Optional.empty(),
                Optional.empty(),
                0,
                createdAt,
                "<" + idOf(recipient.id(), key) + "@" + from.domain() + ">",
                Optional.empty(),
                createdAt,
                Optional.empty(),
                Optional.empty());
    }

    /** Same recipient, same alert or window, same delivery. */
    public static String idOf(String recipient, String key) {
        return Id.of("delivery", recipient, "smtp", key);
    }

    public String id() {
        return idOf(recipient, key);
    }

    /** Whether a mailer may claim it now. */
    boolean isDue(Instant now) {
        return switch (state) {
            case PENDING -> !now.isBefore(nextAttemptAt);
            case SENDING -> leaseUntil.isEmpty() || !now.isBefore(leaseUntil.get());
            case SENT, FAILED -> false;
        };
    }

    Delivery claimed(String claim, Instant until) {
        return copy(
                address,
                State.SENDING,
                Optional.of(claim),
                Optional.of(until),
                attempts + 1,
                nextAttemptAt,
                subject,
                sentAt,
                lastError);
    }

    Delivery sent(String to, String withSubject, Instant at) {
        return copy(
                to,
                State.SENT,
                Optional.empty(),
                Optional.empty(),
                attempts,
                nextAttemptAt,
                Optional.of(withSubject),
                Optional.of(at),
                Optional.empty());
    }

    /** Not this time: tried again later, or failed when that was the last time. */
    Delivery postponed(String error, Retry retry, Instant now) {
        return attempts >= retry.maxAttempts()
                ? failed("given up after " + attempts + " attempts: " + error)
                : unsent(State.PENDING, attempts, now.plus(retry.pause(attempts)), error);
    }

    /** The server was there for nobody: the attempt does not count. */
    Delivery putBack(String error, Instant now) {
        return unsent(State.PENDING, attempts - 1, now, error);
    }

    Delivery failed(String error) {
        return unsent(State.FAILED, attempts, nextAttemptAt, error);
    }

    private Delivery unsent(State next, int made, Instant nextAttempt, String error) {
        return copy(
                address,
                next,
                Optional.empty(),
                Optional.empty(),
                made,
                nextAttempt,
                subject,
                sentAt,
                Optional.of(error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error));
    }

    private Delivery copy(
            String to,
            State next,
            Optional<String> claim,
            Optional<Instant> claimedUntil,
            int made,
            Instant nextAttempt,
            Optional<String> withSubject,
            Optional<Instant> at,
            Optional<String> error) {
        return new Delivery(
                recipient,
                to,
                channel,
                key,
                tier,
                alerts,
                items,
                next,
                claim,
                claimedUntil,
                made,
                nextAttempt,
                messageId,
                withSubject,
                createdAt,
                at,
                error);
    }
}
