package org.tidewatch.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;
import org.tidewatch.config.Configuration;

/** Looks whether the SMTP server answers with a greeting (RFC 5321, section 4.2). */
final class SmtpCheck {

    private static final String CHECK = "smtp";
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Configuration.Mail mail;

    SmtpCheck(Configuration.Mail mail) {
        this.mail = mail;
    }

    Finding look() {
        if (mail.smtp().host().isEmpty() || mail.from().isEmpty() || mail.recipients().isEmpty()) {
            return Finding.warn(
                    CHECK, "no mail is sent", "Set mail.smtp.host, mail.from and mail.recipients in tidewatch.yaml.");
        }
        String host = mail.smtp().host().orElseThrow();
        String server = host + ":" + mail.smtp().port();
        try (Socket socket = connect(host)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String greeting = reader.readLine();
            if (greeting != null && greeting.startsWith("220")) {
                return Finding.ok(CHECK, server + " answers");
            }
            return Finding.fail(
                    CHECK, server + " answers, but not as an SMTP server: " + greeting, "Check mail.smtp.port and mail.smtp.security.");
        } catch (UnknownHostException e) {
            return Finding.fail(CHECK, "no host has the name " + host, "Check mail.smtp.host.");
        } catch (IOException e) {
            return Finding.fail(
                    CHECK,
                    server + " does not answer: " + e.getMessage(),
                    "Check mail.smtp.host, mail.smtp.port and mail.smtp.security, and the firewall. Alerts wait until it answers.");
        }
    }

    private Socket connect(String host) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(host, mail.smtp().port()), TIMEOUT_MILLIS);
        if (mail.smtp().security() != Configuration.Smtp.Security.TLS) {
            return plain;
        }
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(plain, host, mail.smtp().port(), true);
    }
}
