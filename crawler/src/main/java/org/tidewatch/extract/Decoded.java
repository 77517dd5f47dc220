package org.tidewatch.extract;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an answer, and the charset that the bytes have proved to be in.
 *
 * <p>A byte order mark decides. Then bytes that are valid UTF-8 beyond accident are UTF-8, whatever the page says. Then
 * the charsets of the header and of the markup count in this order, each if it decodes the bytes without error and what
 * comes out does not look like another alphabet's bytes. Only then is ICU's detector asked.
 */
record Decoded(String text, Charset charset) {

    /** Sequences of UTF-8 after which valid UTF-8 is no accident of a double-byte charset. */
    private static final int PROOF = 4;

    /** Bytes in which markup must declare its charset; HTML allows 1024, browsers and pages stretch that. */
    private static final int PRESCAN = 4096;

    private static final int DETECTOR_SAMPLE = 32_768;

    /** Share of letters beyond ASCII from which Latin text is rather some other alphabet read wrongly. */
    private static final double FOREIGN = 0.4;

    private static final Pattern DECLARATION = Pattern.compile(
            "(?i)<(?:meta\\b[^>]{0,200}?charset|\\?xml\\b[^>]{0,200}?encoding)\\s*=\\s*[\"']?\\s*([\\w.:-]+)");

    static Decoded of(byte[] bytes, Optional<String> headerCharset) {
        Optional<Decoded> marked = marked(bytes);
        if (marked.isPresent()) {
            return marked.get();
        }
        Set<Charset> declared = declared(bytes, headerCharset);
        Utf8Scan utf8 = Utf8Scan.of(bytes);
        boolean plain = utf8.sequences() == 0 && utf8.malformed() == 0;
        boolean asciiBased = declared.stream().allMatch(Decoded::keepsAscii);
        if (plain && asciiBased) {
            return as(bytes, StandardCharsets.UTF_8);
        }
        boolean saysUtf8 = declared.contains(StandardCharsets.UTF_8);
        if (asciiBased && utf8.malformed() == 0 && (saysUtf8 || utf8.sequences() >= PROOF || declared.isEmpty())) {
            return as(bytes, StandardCharsets.UTF_8);
        }
        for (Charset charset : declared) {
            Optional<String> text = strictly(bytes, charset);
            if (text.isPresent() && !looksForeign(text.get(), charset)) {
                return new Decoded(text.get(), charset);
            }
        }
        if (utf8.malformed() == 0 || utf8.isMostlyValid()) {
            return as(bytes, StandardCharsets.UTF_8);
        }
        return as(bytes, detected(bytes));
    }

    private static Decoded as(byte[] bytes, Charset charset) {
        return new Decoded(new String(bytes, charset), charset);
    }

    private static Optional<Decoded> marked(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(without(bytes, 3, StandardCharsets.UTF_8));
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return Optional.of(without(bytes, 2, StandardCharsets.UTF_16BE));
        }
        return startsWith(bytes, 0xFF, 0xFE)
                ? Optional.of(without(bytes, 2, StandardCharsets.UTF_16LE))
                : Optional.empty();
    }

    private static Decoded without(byte[] bytes, int mark, Charset charset) {
        return new Decoded(new String(bytes, mark, bytes.length - mark, charset), charset);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Set<Charset> declared(byte[] bytes, Optional<String> headerCharset) {
        Set<Charset> declared = new LinkedHashSet<>();
        headerCharset.flatMap(Decoded::named).ifPresent(declared::add);
        String head = new String(bytes, 0, Math.min(bytes.length, PRESCAN), StandardCharsets.ISO_8859_1);
        Matcher declaration = DECLARATION.matcher(head);
        if (declaration.find()) {
            // Markup that can be read byte by byte is not in UTF-16, whatever it says (HTML, "prescan a byte stream").
            named(declaration.group(1)).filter(Decoded::keepsAscii).ifPresent(declared::add);
        }
        return declared;
    }

    /** Names as the web means them (WHATWG Encoding, section 4.2): Latin-1 is windows-1252, GB2312 is GB18030. */
    private static Optional<Charset> named(String label) {
        String name =
                switch (label.toLowerCase(Locale.ROOT)) {
                    case "utf8", "unicode-1-1-utf-8", "utf-8" -> "UTF-8";
                    case "iso-8859-1", "iso8859-1", "latin1", "l1", "ascii", "us-ascii", "cp1252", "x-cp1252" ->
                        "windows-1252";
                    case "iso-8859-9", "iso8859-9", "latin5" -> "windows-1254";
                    case "iso-8859-11", "tis-620" -> "x-windows-874";
                    case "gb2312", "gbk", "x-gbk", "gb_2312-80" -> "GB18030";
                    case "ks_c_5601-1987", "euc-kr", "korean" -> "x-windows-949";
                    case "shift_jis", "shift-jis", "sjis", "x-sjis" -> "windows-31j";
                    case "cp1251", "x-cp1251", "win-1251" -> "windows-1251";
                    case "koi8-r", "koi", "koi8" -> "KOI8-R";
                    default -> label;
                };
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean keepsAscii(Charset charset) {
        String name = charset.name();
        return !name.startsWith("UTF-16") && !name.startsWith("UTF-32") && !name.startsWith("ISO-2022");
    }

    /** The text, unless a byte has no meaning in {@code charset}; a character that the end cuts is no error. */
    private static Optional<String> strictly(byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 2);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, false);
        return result.isError() ? Optional.empty() : Optional.of(out.flip().toString());
    }

    private static boolean looksForeign(String text, Charset charset) {
        return switch (charset.name()) {
            case "windows-1252", "ISO-8859-15" -> foreignShare(text) > FOREIGN;
            default -> false;
        };
    }

    /** Share of letters beyond ASCII in the words that have any; markup and English between them do not dilute it. */
    private static double foreignShare(String text) {
        int letters = 0;
        int foreign = 0;
        int wordLetters = 0;
        int wordForeign = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c > 0x7f) {
                wordForeign++;
                wordLetters++;
            } else if (Character.isLetter(c)) {
                wordLetters++;
            } else {
                letters += wordForeign > 0 ? wordLetters : 0;
                foreign += wordForeign;
                wordLetters = 0;
                wordForeign = 0;
            }
        }
        return letters == 0 ? 0 : (double) foreign / letters;
    }

    private static Charset detected(byte[] bytes) {
        CharsetDetector detector = new CharsetDetector();
        detector.enableInputFilter(true);
        detector.setText(Arrays.copyOf(bytes, Math.min(bytes.length, DETECTOR_SAMPLE)));
        for (CharsetMatch match : detector.detectAll()) {
            Optional<Charset> charset = named(match.getName());
            if (charset.isPresent() && proves(bytes, charset.get())) {
                return charset.get();
            }
        }
        return Charset.forName("windows-1252");
    }

    private static boolean proves(byte[] bytes, Charset charset) {
        return charset.canEncode()
                && !charset.equals(StandardCharsets.UTF_8)
                && strictly(bytes, charset).isPresent();
    }
}
