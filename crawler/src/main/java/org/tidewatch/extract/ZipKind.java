package org.tidewatch.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.tika.mime.MediaType;

/**
 * Tells office files from other zip files by the entries that their standards demand: {@code [Content_Types].xml} (Open
 * Packaging Conventions, ECMA-376 part 2) or {@code mimetype} (OpenDocument 1.3 part 2, EPUB OCF).
 */
final class ZipKind {

    /** Any of the Office Open XML kinds; the parser finds out which. */
    static final MediaType OOXML = MediaType.application("x-tika-ooxml");

    private static final int MAX_ENTRIES = 1_000;
    private static final int LONGEST_TYPE = 100;
    private static final Pattern TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    private ZipKind() {}

    static MediaType of(byte[] content) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            ZipEntry entry = zip.getNextEntry();
            for (int i = 0; entry != null && i < MAX_ENTRIES; i++) {
                if (entry.getName().equals("[Content_Types].xml")) {
                    return OOXML;
                }
                if (entry.getName().equals("mimetype")) {
                    String type = new String(zip.readNBytes(LONGEST_TYPE), StandardCharsets.US_ASCII).strip();
                    return TYPE.matcher(type).matches() ? MediaType.parse(type) : MediaType.APPLICATION_ZIP;
                }
                entry = zip.getNextEntry();
            }
        }
        return MediaType.APPLICATION_ZIP;
    }
}
