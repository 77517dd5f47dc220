package org.tidewatch.extract;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidewatch.frontier.Visit.PageKind;

/**
 * What an answer holds, by its first bytes and its Content-Type header together. The bytes win where they are
 * unmistakable (a PDF that is served as HTML), the header where they are not (HTML source that is served as plain text
 * is a paste).
 */
record Recognised(Kind kind, String mediaType) {

    enum Kind {
        HTML,
        TEXT,
        FEED,
        SITEMAP,
        /** Something that gzip has packed, once more than the connection's own encoding. */
        PACKED,
        /** Bytes whose kind Tika's detector is to name: PDF, Office, images, archives. */
        BINARY,
        /** Text that holds no prose: JSON, scripts, style sheets, XML of other kinds. */
        DATA
    }

    private static final int HEAD = 4096;

    /** Characters of text for each zero byte, at least; a page with a stray one is still a page. */
    private static final int MOSTLY_TEXT = 50;

    private static final Pattern ROOT = Pattern.compile("\\A<([A-Za-z][\\w.:-]*+)");
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("\\A(?:\u00EF\u00BB\u00BF|\uFEFF)");
    private static final Pattern HTML_MARK =
            Pattern.compile("(?i)\\A\\s*+(?:<!--|<!doctype\\s+html|<(?:html|head|body|title|meta|div|p|h1|script)\\b)");

    static Recognised of(byte[] content, DeclaredType declared, PageKind expected) {
        if (startsWith(content, 0x1f, 0x8b)) {
            return new Recognised(Kind.PACKED, "application/gzip");
        }
        if (isUnmistakablyBinary(content)) {
            return new Recognised(Kind.BINARY, declared.mediaType().orElse("application/octet-stream"));
        }
        String head = head(content, declared);
        if (head.chars().filter(c -> c == 0).count() * MOSTLY_TEXT > head.length()) {
            return new Recognised(Kind.BINARY, declared.mediaType().orElse("application/octet-stream"));
        }
        return ofText(head, declared, expected);
    }

    private static Recognised ofText(String head, DeclaredType declared, PageKind expected) {
        String root = root(head);
        String local = root.substring(root.indexOf(':') + 1);
        boolean plain = declared.is("text/plain");
        if ((local.equals("urlset") || local.equals("sitemapindex")) && (!plain || expected == PageKind.SITEMAP)) {
            return new Recognised(Kind.SITEMAP, "application/xml");
        }
        if ((local.equals("rss") || root.equals("rdf:rdf") || local.equals("feed"))
                && (!plain || expected == PageKind.FEED)) {
            return new Recognised(Kind.FEED, local.equals("feed") ? "application/atom+xml" : "application/rss+xml");
        }
        if (plain) {
            return new Recognised(expected == PageKind.SITEMAP ? Kind.SITEMAP : Kind.TEXT, "text/plain");
        }
        if (local.equals("html") || HTML_MARK.matcher(head).find()) {
            return new Recognised(Kind.HTML, "text/html");
        }
        return declared.mediaType()
                .map(type -> byHeader(type, root))
                .orElseGet(() -> root.isEmpty() ? undeclared(head) : new Recognised(Kind.HTML, "text/html"));
    }

    private static String root(String head) {
        String start = head.stripLeading();
        Matcher root = ROOT.matcher(start.startsWith("<") ? XmlText.fromRoot(start) : "");
        return root.find() ? root.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static Recognised byHeader(String type, String root) {
        if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
            return new Recognised(Kind.HTML, "text/html");
        }
        if (type.equals("application/json") || type.endsWith("+json") || type.endsWith("javascript")) {
            return new Recognised(Kind.DATA, type);
        }
        if (type.equals("text/css") || type.endsWith("/xml") || type.endsWith("+xml") || root.equals("svg")) {
            return new Recognised(Kind.DATA, type);
        }
        return type.startsWith("text/") ? new Recognised(Kind.TEXT, type) : new Recognised(Kind.BINARY, type);
    }

    private static Recognised undeclared(String head) {
        String start = head.stripLeading();
        return start.startsWith("{\"") || start.startsWith("[{")
                ? new Recognised(Kind.DATA, "application/json")
                : new Recognised(Kind.TEXT, "text/plain");
    }

    private static boolean isUnmistakablyBinary(byte[] content) {
        return startsWith(content, '%', 'P', 'D', 'F', '-')
                || startsWith(content, 'P', 'K', 3, 4)
                || startsWith(content, 0xD0, 0xCF, 0x11, 0xE0)
                || startsWith(content, '{', '\\', 'r', 't', 'f')
                || startsWith(content, 0xFF, 0xD8, 0xFF)
                || startsWith(content, 'G', 'I', 'F', '8');
    }

    private static String head(byte[] content, DeclaredType declared) {
        String head = new String(content, 0, Math.min(content.length, HEAD), headCharset(content, declared));
        return BYTE_ORDER_MARK.matcher(head).replaceFirst("");
    }

    private static Charset headCharset(byte[] content, DeclaredType declared) {
        if (startsWith(content, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        Optional<String> wide =
                declared.charset().filter(name -> name.toLowerCase(Locale.ROOT).startsWith("utf-16"));
        if (startsWith(content, 0xFE, 0xFF) || wide.isPresent()) {
            return wide.filter(name -> name.toLowerCase(Locale.ROOT).endsWith("le"))
                            .isPresent()
                    ? StandardCharsets.UTF_16LE
                    : StandardCharsets.UTF_16;
        }
        return StandardCharsets.ISO_8859_1;
    }

    private static boolean startsWith(byte[] content, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
