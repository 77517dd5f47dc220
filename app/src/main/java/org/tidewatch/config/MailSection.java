package org.tidewatch.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.alert.AlertSettings;
import org.tidewatch.delivery.MailAddress;
import org.tidewatch.delivery.MailSettings;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.delivery.Retry;
import org.tidewatch.delivery.Smtp;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlMap;

/** Reads the {@code mail} section, and {@code kibana.url}, which mails link to. */
final class MailSection {

    private final ConfigReader reader;
    private final List<Problem> problems;

    MailSection(ConfigReader reader, List<Problem> problems) {
        this.reader = reader;
        this.problems = problems;
    }

    /** The settings, when a server, a sender and a recipient are set. */
    Optional<AlertSettings> read() {
        Optional<MailAddress> from = reader.find("mail.from", value -> MailAddress.of("mail.from", value));
        Optional<String> host = reader.find("mail.smtp.host", value -> value);
        int port = reader.get("mail.smtp.port", Integer.toString(Smtp.DEFAULT_PORT), Values::port);
        Smtp.Security security =
                reader.get("mail.smtp.security", "starttls", value -> Values.constant(Smtp.Security.class, value));
        Optional<String> user = reader.find("mail.smtp.user", value -> value);
        Optional<String> password = reader.secret("mail.smtp.password");
        Duration connectTimeout = reader.get("mail.smtp.connect_timeout", "10s", YamlMap::parseDuration);
        Duration timeout = reader.get("mail.smtp.timeout", "60s", YamlMap::parseDuration);
        Map<String, Recipient> recipients = recipients();
        Optional<String> fallback = reader.find("mail.fallback", value -> value);
        Duration digestEvery = reader.get("mail.digest_every", "1h", YamlMap::parseDuration);
        Set<Integer> immediate = immediate();
        Optional<URI> kibana = reader.find("kibana.url", Values::httpUrl);
        if (from.isEmpty() || host.isEmpty() || recipients.isEmpty()) {
            return Optional.empty();
        }
        try {
            Smtp smtp = new Smtp(host.get(), port, security, user, password, connectTimeout, timeout);
            MailSettings mail = new MailSettings(from.get(), smtp, recipients, fallback, kibana, Retry.DEFAULT);
            return Optional.of(new AlertSettings(mail, immediate, digestEvery));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(Configuration.FILE, 0, "", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Map<String, Recipient> recipients() {
        Map<String, Recipient> recipients = new LinkedHashMap<>();
        reader.named("mail.recipients").ifPresent(map -> new ArrayList<>(map.keys()).forEach(id -> map.map(id)
                .flatMap(person -> recipient(id, person))
                .ifPresent(found -> recipients.put(id, found))));
        return recipients;
    }

    private static Optional<Recipient> recipient(String id, YamlMap person) {
        String address = person.required("address");
        Optional<Duration> digest = person.duration("digest");
        Optional<String> name = person.text("name");
        person.refuseUnknown();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Recipient(
                    id, name.orElse(id), MailAddress.of("address", address), Recipient.Language.EN, digest));
        } catch (IllegalArgumentException e) {
            person.problem("address", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Set<Integer> immediate() {
        List<Integer> tiers = reader.texts("mail.immediate_tiers", value -> Values.within(value, 1, 4));
        return tiers.isEmpty() ? AlertSettings.DEFAULT_IMMEDIATE_TIERS : new HashSet<>(tiers);
    }
}
