package org.tidewatch.text;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A character reference of HTML that was left in a text: by name, by decimal or by hexadecimal
 * number, and any of them escaped again, once or more. Names are those of HTML 4, section 24; numbers mean what HTML's "numeric character
 * reference end state" says, so 128 to 159 are Windows-1252.
 *
 * @param end one past its last character
 */
record CharacterReference(int codePoint, int end) {

    private static final String AGAIN = "amp;";
    private static final int LONGEST_NAME = 8;
    private static final int LONGEST_NUMBER = 8;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        names(
                0xA0,
                "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3");
        names(0xB4, "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest");
        names(
                0xC0,
                "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml");
        names(
                0xD0,
                "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig");
        names(
                0xE0,
                "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml");
        names(
                0xF0,
                "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml");
        names(0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho");
        names(0x3A3, "Sigma Tau Upsilon Phi Chi Psi Omega");
        names(0x3B1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf");
        names(0x3C3, "sigma tau upsilon phi chi psi omega");
        names(0x152, "OElig oelig");
        names(0x160, "Scaron scaron");
        names(0x2002, "ensp emsp");
        names(0x200C, "zwnj zwj lrm rlm");
        names(0x2013, "ndash mdash");
        names(0x2018, "lsquo rsquo sbquo");
        names(0x201C, "ldquo rdquo bdquo");
        names(0x2020, "dagger Dagger bull");
        Map.ofEntries(
                        Map.entry("quot", 0x22),
                        Map.entry("amp", 0x26),
                        Map.entry("apos", 0x27),
                        Map.entry("lt", 0x3C),
                        Map.entry("gt", 0x3E),
                        Map.entry("Yuml", 0x178),
                        Map.entry("fnof", 0x192),
                        Map.entry("circ", 0x2C6),
                        Map.entry("tilde", 0x2DC),
                        Map.entry("thinsp", 0x2009),
                        Map.entry("hellip", 0x2026),
                        Map.entry("permil", 0x2030),
                        Map.entry("prime", 0x2032),
                        Map.entry("lsaquo", 0x2039),
                        Map.entry("rsaquo", 0x203A),
                        Map.entry("euro", 0x20AC),
                        Map.entry("trade", 0x2122),
                        Map.entry("Tab", 0x9),
                        Map.entry("NewLine", 0xA),
                        Map.entry("commat", 0x40),
                        Map.entry("dollar", 0x24),
                        Map.entry("excl", 0x21),
                        Map.entry("num", 0x23),
                        Map.entry("ast", 0x2A),
                        Map.entry("period", 0x2E),
                        Map.entry("sol", 0x2F),
                        Map.entry("lowbar", 0x5F),
                        Map.entry("hyphen", 0x2010))
                .forEach(NAMES::put);
    }

    /** The reference that begins with the ampersand at {@code at}. */
    static Optional<CharacterReference> at(String text, int at) {
        int body = at + 1;
        while (text.startsWith(AGAIN, body)) {
            body += AGAIN.length();
        }
        Optional<CharacterReference> inner = text.startsWith("#", body) ? number(text, body + 1) : name(text, body);
        if (inner.isEmpty() && body > at + 1) {
            return Optional.of(new CharacterReference('&', body));
        }
        return inner;
    }

    private static Optional<CharacterReference> name(String text, int from) {
        int end = from;
        while (end < text.length() && end - from <= LONGEST_NAME && isAlphanumeric(text.charAt(end))) {
            end++;
        }
        if (end == from || end >= text.length() || text.charAt(end) != ';') {
            return Optional.empty();
        }
        int after = end + 1;
        return Optional.ofNullable(NAMES.get(text.substring(from, end)))
                .map(codePoint -> new CharacterReference(codePoint, after));
    }

    private static Optional<CharacterReference> number(String text, int from) {
        boolean hex = from < text.length() && (text.charAt(from) | 0x20) == 'x';
        int radix = hex ? 16 : 10;
        int start = hex ? from + 1 : from;
        int end = start;
        int value = 0;
        while (end < text.length() && end - start < LONGEST_NUMBER && digit(text.charAt(end), radix) >= 0) {
            value = Math.min(Character.MAX_CODE_POINT + 1, value * radix + digit(text.charAt(end), radix));
            end++;
        }
        if (end == start || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
            return Optional.empty();
        }
        if (value >= 0x80 && value <= 0x9F) {
            value = new String(new byte[] {(byte) value}, WINDOWS_1252).charAt(0);
        }
        boolean closed = end < text.length() && text.charAt(end) == ';';
        return Optional.of(new CharacterReference(value, closed ? end + 1 : end));
    }

    private static int digit(char c, int radix) {
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }

    private static void names(int first, String names) {
        int codePoint = first;
        for (String name : names.split(" ", -1)) {
            NAMES.put(name, codePoint++);
        }
    }
}
