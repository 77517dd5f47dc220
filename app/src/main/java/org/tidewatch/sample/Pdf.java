package org.tidewatch.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes text as a small PDF 1.4 file (ISO 32000-1) in Helvetica: one text object a page, nothing compressed, only
 * letters of windows-1252. The same text gives the same bytes.
 */
final class Pdf {

    private static final Charset LETTERS = Charset.forName("windows-1252");
    private static final int LINE_LENGTH = 80;
    private static final int LINES_PER_PAGE = 44;

    /** Numbers of the objects that every file has; pages and their contents follow. */
    private static final int FONT = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    private Pdf() {}

    static byte[] of(String title, String author, String text) {
        return new Pdf().write(title, author, text);
    }

    private byte[] write(String title, String author, String text) {
        List<List<String>> pages = pages(text);
        raw("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        object("<< /Type /Catalog /Pages 2 0 R >>");
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < pages.size(); i++) {
            kids.append(FONT + 2 + 2 * i).append(" 0 R ");
        }
        object("<< /Type /Pages /Kids [ " + kids + "] /Count " + pages.size() + " >>");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        object("<< /Title " + textString(title) + " /Author " + textString(author) + " >>");
        for (List<String> lines : pages) {
            int content = offsets.size() + 2;
            object("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents " + content
                    + " 0 R /Resources << /Font << /F1 " + FONT + " 0 R >> >> >>");
            String stream = content(lines);
            object("<< /Length " + stream.length() + " >>\nstream\n" + stream + "endstream");
        }
        int table = out.size();
        int size = offsets.size() + 1;
        raw("xref\n0 " + size + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> raw(String.format(Locale.ROOT, "%010d 00000 n \n", offset)));
        raw("trailer\n<< /Size " + size + " /Root 1 0 R /Info 4 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static String content(List<String> lines) {
        StringBuilder content = new StringBuilder("BT\n/F1 11 Tf\n16 TL\n56 780 Td\n");
        for (String line : lines) {
            content.append('(')
                    .append(line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
                    .append(") Tj T*\n");
        }
        return content.append("ET\n").toString();
    }

    private static List<List<String>> pages(String text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (line.length() + word.length() > LINE_LENGTH) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(word).append(' ');
            }
            lines.add(line.toString());
        }
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += LINES_PER_PAGE) {
            pages.add(lines.subList(from, Math.min(lines.size(), from + LINES_PER_PAGE)));
        }
        return pages;
    }

    /** A text string in UTF-16 with a byte order mark (ISO 32000-1 section 7.9.2.2). */
    private static String textString(String text) {
        return "<FEFF" + HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE)) + ">";
    }

    private void object(String body) {
        offsets.add(out.size());
        raw(offsets.size() + " 0 obj\n" + body + "\nendobj\n");
    }

    private void raw(String text) {
        out.writeBytes(text.getBytes(LETTERS));
    }
}
