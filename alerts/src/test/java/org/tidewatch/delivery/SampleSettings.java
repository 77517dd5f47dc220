package org.tidewatch.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Mail settings for tests: a mail server on loopback and recipients by name. */
public final class SampleSettings {

    public static final Retry RETRY = new Retry(3, Duration.ofMinutes(1), Duration.ofMinutes(10));

    private SampleSettings() {}

    static Smtp smtp(int port) {
        return new Smtp(
                "127.0.0.1",
                port,
                Smtp.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    public static Recipient recipient(String id) {
        return new Recipient(
                id,
                "The " + id,
                new MailAddress(Optional.empty(), id + "@unit.example"),
                Recipient.Language.EN,
                Optional.empty());
    }

    public static MailSettings mail(int port, Optional<String> fallback, String... recipients) {
        Map<String, Recipient> known = new LinkedHashMap<>();
        for (String id : recipients) {
            known.put(id, recipient(id));
        }
        return new MailSettings(
                MailAddress.of("mail.from", "Tidewatch <tidewatch@unit.example>"),
                smtp(port),
                known,
                fallback,
                Optional.empty(),
                RETRY);
    }
}
