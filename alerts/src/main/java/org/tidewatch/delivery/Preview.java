package org.tidewatch.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidewatch.item.Account;
import org.tidewatch.novelty.Alert;

/** A mail as its reader would see it, without sending one. */
public record Preview(String subject, String text) {

    private static final MailAddress NOBODY = new MailAddress(Optional.empty(), "nobody@tidewatch.example");

    /**
     * @param alerts at least one
     * @param accounts by item
     * @throws IllegalArgumentException if there is no alert
     */
    public static Preview of(
            List<Alert> alerts,
            Map<String, Account> accounts,
            Optional<Recipient> recipient,
            Optional<MailSettings> settings,
            Instant at) {
        Recipient reader = recipient.orElse(
                new Recipient("nobody", "Nobody yet", NOBODY, Recipient.Language.EN, Optional.empty()));
        Delivery delivery = Delivery.of(
                reader,
                "preview",
                alerts.stream().mapToInt(Alert::tier).min().orElse(1),
                alerts.stream().map(Alert::id).limit(Delivery.MAX_ALERTS).toList(),
                alerts.stream().map(Alert::item).toList(),
                settings.map(MailSettings::from).orElse(NOBODY),
                at);
        Letter letter = Letter.of(delivery, reader, alerts, accounts);
        return new Preview(letter.subject(), TextBody.of(letter, settings.flatMap(MailSettings::kibana)));
    }
}
