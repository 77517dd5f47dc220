package org.tidewatch.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The generated password of the server's only user. {@code toString} shows no secret. */
record Credential(String password) {
    static final String USER = "tidewatch";

    /** 256 random bits: no attacker guesses that, so few iterations of the hash do. */
    private static final int PASSWORD_BYTES = 32;

    private static final int ITERATIONS = 10_000;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BITS = 256;

    /** Reads the password, or makes one on the first start. */
    static Credential keptIn(Path file) throws IOException {
        Optional<String> kept = Folders.read(file);
        if (kept.isPresent()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return new Credential(kept.get());
        }
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random(PASSWORD_BYTES));
        Folders.writePrivate(file, made + "\n");
        return new Credential(made);
    }

    /** The hash as Elasticsearch's file realm writes it for the algorithm {@code pbkdf2}. */
    String hash() {
        byte[] salt = random(SALT_BYTES);
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "{PBKDF2}" + ITERATIONS + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has PBKDF2 with HMAC SHA-512", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** The value of an {@code Authorization} header (RFC 7617). */
    String basic() {
        byte[] pair = (USER + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "user " + USER;
    }
}
