package org.tidewatch.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mailbox (RFC 5321, section 4.1.2, without quoted local parts and address literals), at most 254 ASCII characters, with
 * the name to show beside it.
 */
public record MailAddress(Optional<String> name, String address) {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");
    private static final Pattern NAMED = Pattern.compile("\\s*\"?([^\"<>\\p{Cntrl}]*?)\"?\\s*<([^<>]*)>\\s*");
    private static final int MAX_ADDRESS = 254;
    private static final int MAX_NAME = 100;

    /** @throws IllegalArgumentException if the address is none, or the name has control characters or is too long */
    public MailAddress {
        if (!ADDRESS.matcher(address).matches() || address.length() > MAX_ADDRESS || address.contains("..")) {
            throw new IllegalArgumentException(
                    "\"" + printable(address) + "\" is no mail address like desk@unit.example");
        }
        if (name.filter(text -> text.length() > MAX_NAME || !text.equals(printable(text)))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "the name beside a mail address is one line of at most " + MAX_NAME + " characters");
        }
    }

    /**
     * Reads {@code desk@unit.example} or {@code Night desk <desk@unit.example>}.
     *
     * @param key of the configuration, for the message
     * @throws IllegalArgumentException naming {@code key}
     */
    public static MailAddress of(String key, String text) {
        try {
            Matcher named = NAMED.matcher(text);
            return named.matches()
                    ? new MailAddress(
                            Optional.of(named.group(1)).filter(name -> !name.isEmpty()),
                            named.group(2).strip())
                    : new MailAddress(Optional.empty(), text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /** What stands behind the {@code @}. */
    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
