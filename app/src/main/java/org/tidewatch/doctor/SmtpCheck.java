package org.tidewatch.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.tidewatch.delivery.Smtp;

/** Looks whether the SMTP server answers with a greeting (RFC 5321, section 4.2). */
final class SmtpCheck {

    private static final String CHECK = "smtp";
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Optional<Smtp> smtp;

    SmtpCheck(Optional<Smtp> smtp) {
        this.smtp = smtp;
    }

    Finding look() {
        return smtp.map(SmtpCheck::look)
                .orElseGet(() -> Finding.warn(
                        CHECK,
                        "no mail is sent",
                        "Set mail.smtp.host, mail.from and mail.recipients in tidewatch.yaml."));
    }

    private static Finding look(Smtp smtp) {
        String server = smtp.host() + ":" + smtp.port();
        try (Socket socket = connect(smtp)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String greeting = reader.readLine();
            if (greeting != null && greeting.startsWith("220")) {
                return Finding.ok(CHECK, server + " answers");
            }
            return Finding.fail(
                    CHECK,
                    server + " answers, but not as an SMTP server: " + greeting,
                    "Check mail.smtp.port and mail.smtp.security.");
        } catch (UnknownHostException e) {
            return Finding.fail(CHECK, "no host has the name " + smtp.host(), "Check mail.smtp.host.");
        } catch (IOException e) {
            return Finding.fail(
                    CHECK,
                    server + " does not answer: " + e.getMessage(),
                    "Check mail.smtp.host, mail.smtp.port and mail.smtp.security, and the firewall. Alerts wait until it answers.");
        }
    }

    private static Socket connect(Smtp smtp) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(smtp.host(), smtp.port()), TIMEOUT_MILLIS);
        if (smtp.security() != Smtp.Security.TLS) {
            return plain;
        }
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(plain, smtp.host(), smtp.port(), true);
    }
}
