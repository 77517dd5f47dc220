package org.tidewatch.delivery;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How mail is written and sent.
 *
 * @param recipients by their names in the configuration
 * @param fallback the recipient of what names nobody we know
 * @param kibana address of the unit's Kibana, without which a mail has no link at all
 */
public record MailSettings(
        MailAddress from,
        Smtp smtp,
        Map<String, Recipient> recipients,
        Optional<String> fallback,
        Optional<URI> kibana,
        Retry retry) {

    /** @throws IllegalArgumentException naming the key that is wrong */
    public MailSettings {
        recipients = Map.copyOf(recipients);
        recipients.forEach((id, recipient) -> {
            if (!id.equals(recipient.id())) {
                throw new IllegalArgumentException("mail.recipients." + id + ": is about \"" + recipient.id() + "\"");
            }
        });
        if (fallback.isPresent() && !recipients.containsKey(fallback.get())) {
            throw new IllegalArgumentException("mail.fallback: \"" + fallback.get() + "\" is none of the recipients "
                    + recipients.keySet().stream().sorted().toList());
        }
        kibana.ifPresent(MailSettings::checkKibana);
    }

    private static void checkKibana(URI url) {
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "kibana.url: an address like https://kibana.unit.example without ? and #, not \"" + url + "\"");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("kibana.url: must not hold a user or password");
        }
    }

    /** The recipient of this name, or the fallback when there is none. */
    public Optional<Recipient> recipient(String id) {
        return Optional.ofNullable(recipients.get(id)).or(() -> fallback.map(recipients::get));
    }
}
