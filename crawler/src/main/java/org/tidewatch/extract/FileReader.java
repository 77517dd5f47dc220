package org.tidewatch.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.xml.sax.SAXException;

/**
 * Reads PDF and Office files through the Tika parser of their kind. Embedded files and images are not opened, no text is
 * recognised in pictures, nothing is written to disk. Thread-safe; a reading stops soon after its thread is interrupted.
 */
final class FileReader {

    private static final MediaType PDF = MediaType.application("pdf");
    private static final MediaType RTF = MediaType.application("rtf");
    private static final MediaType OLE = MediaType.application("x-tika-msoffice");
    private static final ParseContext NO_CONTEXT = new ParseContext();
    private static final int PDF_MARK_WITHIN = 1_024;
    private static final int END_MARK_WITHIN = 65_536;

    private final PDFParser pdf = new PDFParser();
    private final RTFParser rtf = new RTFParser();
    private final OfficeParser oldOffice = new OfficeParser();
    private final OOXMLParser newOffice = new OOXMLParser();
    private final List<Parser> openFormats = List.of(new OpenDocumentParser(), new EpubParser());
    private final ExtractSettings settings;

    FileReader(ExtractSettings settings) {
        this.settings = settings;
        PDFParserConfig config = pdf.getPDFParserConfig();
        config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        config.setExtractInlineImages(false);
        config.setExtractBookmarksText(false);
        FontMappers.set(new BundledFont());
    }

    /** What a file says. {@code title} and {@code author} are the document's own properties. */
    record FileText(
            String mediaType,
            FileWords words,
            Optional<String> title,
            Optional<String> author,
            Optional<String> created,
            Optional<String> modified) {}

    /** Bytes that are no file of a readable kind, or not whole. */
    static final class UnreadableFile extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnreadableFile(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** @throws UnreadableFile if the content is of another kind, damaged, encrypted or a bomb */
    FileText read(byte[] content) throws UnreadableFile {
        MediaType type = typeOf(content);
        Parser parser = parserOf(type).orElseThrow(() -> new UnreadableFile(type + " holds no text that can be read"));
        boolean zipped = parser.equals(newOffice) || openFormats.contains(parser);
        checkWhole(content, type, zipped);
        Inflation inflation = new Inflation(settings.maxInflatedBytes());
        if ((zipped && inflation.exceedsInZip(content)) || (parser.equals(pdf) && inflation.exceedsInPdf(content))) {
            throw new UnreadableFile(type + " unpacks to more than " + settings.maxInflatedBytes() + " bytes");
        }
        FileWords words = new FileWords(settings.maxTextChars());
        Metadata metadata = new Metadata();
        if (!type.equals(ZipKind.OOXML)) {
            metadata.set(Metadata.CONTENT_TYPE, type.toString());
        }
        try (TikaInputStream stream = TikaInputStream.get(content, metadata)) {
            parser.parse(stream, words, metadata, context());
        } catch (EncryptedDocumentException e) {
            throw new UnreadableFile(type + " is encrypted");
        } catch (IOException | SAXException | TikaException | RuntimeException e) {
            if (!words.isCut()) {
                throw new UnreadableFile(type + " is damaged: " + e.getMessage());
            }
        }
        return new FileText(
                Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse(type.toString()),
                words,
                Optional.ofNullable(metadata.get(TikaCoreProperties.TITLE)),
                Optional.ofNullable(metadata.get(TikaCoreProperties.CREATOR)),
                Optional.ofNullable(metadata.get(TikaCoreProperties.CREATED)),
                Optional.ofNullable(metadata.get(TikaCoreProperties.MODIFIED)));
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
        return context;
    }

    private Optional<Parser> parserOf(MediaType type) {
        if (type.equals(PDF)) {
            return Optional.of(pdf);
        }
        if (type.equals(RTF)) {
            return Optional.of(rtf);
        }
        if (type.equals(OLE)) {
            return Optional.of(oldOffice);
        }
        if (type.equals(ZipKind.OOXML)) {
            return Optional.of(newOffice);
        }
        return openFormats.stream()
                .filter(parser -> parser.getSupportedTypes(NO_CONTEXT).contains(type.getBaseType()))
                .findFirst();
    }

    private static MediaType typeOf(byte[] content) throws UnreadableFile {
        String start = new String(content, 0, Math.min(content.length, PDF_MARK_WITHIN), StandardCharsets.ISO_8859_1);
        if (start.contains("%PDF-")) {
            return PDF;
        }
        if (start.startsWith("{\\rtf")) {
            return RTF;
        }
        if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return OLE;
        }
        try {
            return start.startsWith("PK\u0003\u0004")
                    ? ZipKind.of(content)
                    : MimeTypes.getDefaultMimeTypes().detect(new ByteArrayInputStream(content), new Metadata());
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFile("Neither a file of a known kind nor text: " + e.getMessage());
        }
    }

    /** Parsers mend what they can and would take half a file for the whole one. */
    private static void checkWhole(byte[] content, MediaType type, boolean zipped) throws UnreadableFile {
        String mark = type.equals(PDF) ? "%%EOF" : zipped ? "PK\u0005\u0006" : "";
        int from = Math.max(0, content.length - END_MARK_WITHIN);
        String end = new String(content, from, content.length - from, StandardCharsets.ISO_8859_1);
        if (!end.contains(mark)) {
            throw new UnreadableFile(type + " is truncated: its end marker is missing");
        }
    }
}
