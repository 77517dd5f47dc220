package org.tidewatch.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes text as a small WordprocessingML document (ECMA-376), a paragraph a line. The same text gives the same bytes. */
final class Docx {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String WORD =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private static final String RELATIONS = "application/vnd.openxmlformats-package.relationships+xml";
    private static final String PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml";

    /** Entries carry a fixed time of their own, as the zip format asks for one. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private Docx() {}

    static byte[] of(String title, String author, Instant created, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, "[Content_Types].xml", String.format(Locale.ROOT, """
                    <Types xmlns="%scontent-types">\
                    <Default Extension="rels" ContentType="%s"/>\
                    <Override PartName="/word/document.xml" ContentType="%s"/>\
                    <Override PartName="/docProps/core.xml" ContentType="%s"/></Types>
                    """, PACKAGE, RELATIONS, WORD, PROPERTIES));
            put(zip, "_rels/.rels", String.format(Locale.ROOT, """
                    <Relationships xmlns="%1$srelationships">\
                    <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
                    <Relationship Id="rId2" Type="%1$srelationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
                    """, PACKAGE));
            put(
                    zip,
                    "docProps/core.xml",
                    String.format(Locale.ROOT, """
                    <cp:coreProperties xmlns:cp="%smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" \
                    xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
                    <dc:title>%s</dc:title><dc:creator>%s</dc:creator>\
                    <dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created></cp:coreProperties>
                    """, PACKAGE, Prose.escape(title), Prose.escape(author), created));
            put(zip, "word/document.xml", document(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a document to memory", e);
        }
        return bytes.toByteArray();
    }

    private static String document(String text) {
        StringBuilder body = new StringBuilder();
        text.strip().lines().forEach(line -> body.append("<w:p><w:r><w:t xml:space=\"preserve\">")
                .append(Prose.escape(line))
                .append("</w:t></w:r></w:p>"));
        return "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body
                + "</w:body></w:document>\n";
    }

    private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        zip.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
