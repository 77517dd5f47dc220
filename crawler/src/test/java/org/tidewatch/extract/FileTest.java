package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.item.Item;
import org.tidewatch.item.Kind;
import org.tidewatch.item.Outcome;

class FileTest {

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @Test
    void aPdfIsOneItemWithItsOwnProperties() throws IOException {
        Item item = file(Documents.pdf("Lamps are lit at dusk", "and put out at dawn"), "application/pdf")
                .item();

        assertThat(item.kind()).isEqualTo(Kind.FILE);
        assertThat(item.title()).isEqualTo("Harbour rules");
        assertThat(item.text()).isEqualTo("Lamps are lit at dusk\nand put out at dawn");
        assertThat(item.author().orElseThrow().name()).contains("Harbour office");
        assertThat(item.publishedAt()).contains(Instant.parse("2026-01-15T08:30:00Z"));
        assertThat(item.contentType()).isEqualTo("application/pdf");
    }

    @Test
    void aPdfThatIsServedAsHtmlIsStillAPdf() throws IOException {
        assertThat(file(Documents.pdf("Lamps"), "text/html").item().text()).isEqualTo("Lamps");
        assertThat(file(Documents.pdf("Lamps"), "").item().kind()).isEqualTo(Kind.FILE);
    }

    @Test
    void officeFilesAreRead() throws IOException {
        Item letter =
                file(Documents.docx("Dear keeper,", "the lamps are out."), DOCX).item();

        assertThat(letter.title()).isEqualTo("Harbour letter");
        assertThat(letter.text()).isEqualTo("Dear keeper,\nthe lamps are out.");
        assertThat(letter.author().orElseThrow().name()).contains("Nadia");
        assertThat(letter.contentType()).isEqualTo(DOCX);
        assertThat(file(Documents.xlsx("High water"), "application/octet-stream")
                        .item()
                        .text())
                .contains("High water");
        assertThat(file(Documents.pptx("Low water"), "application/zip").item().text())
                .contains("Low water");
        assertThat(file(Documents.odt("Slack water"), "").item().text()).isEqualTo("Slack water");
        byte[] rtf = "{\\rtf1\\ansi Spring tide\\par}".getBytes(StandardCharsets.US_ASCII);
        assertThat(file(rtf, "application/rtf").item().text()).isEqualTo("Spring tide");
    }

    @Test
    void aFileWithoutATitleIsNamedByItsAddress() throws IOException {
        assertThat(file(Documents.odt("Slack water"), "")
                        .at("http://files.example/d/tide%20table.odt")
                        .item()
                        .title())
                .isEqualTo("tide table.odt");
    }

    @Test
    void theLanguageOfAFileIsThatOfItsText() throws IOException {
        String words = "Сегодня на набережной зажглись все фонари, и жители города вышли посмотреть на них.";

        assertThat(file(Documents.docx(words), DOCX).item().language()).contains("ru");
    }

    @Test
    void aHeaderMayAskNotToIndexAFile() throws IOException {
        assertThat(file(Documents.pdf("Lamps"), "application/pdf")
                        .robots("noindex")
                        .page()
                        .items())
                .isEmpty();
    }

    @Test
    void encryptedFilesAreUnreadable() throws IOException {
        Extracted.Unreadable unreadable =
                file(Documents.encryptedPdf(), "application/pdf").unreadable();

        assertThat(unreadable.outcome()).isEqualTo(Outcome.UNPARSEABLE);
        assertThat(unreadable.reason()).contains("encrypted");
    }

    @Test
    void imagesArchivesAndDataAreUnreadableWithTheirType() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

        assertThat(file(png, "image/png").unreadable().reason()).isEqualTo("image/png holds no text that can be read");
        assertThat(file(Documents.zip("a.txt", new byte[] {1, 2}), "application/zip")
                        .unreadable()
                        .reason())
                .startsWith("application/zip holds no text");
        assertThat(file("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "application/json")
                        .unreadable()
                        .reason())
                .startsWith("application/json holds no text");
        assertThat(file("[{\"a\":1}]".getBytes(StandardCharsets.UTF_8), "")
                        .unreadable()
                        .reason())
                .startsWith("application/json holds no text");
    }

    @Test
    void aFilesTextIsCutAtTheLimitWithAProblem() throws IOException {
        ExtractSettings tight = settings(Duration.ofSeconds(10), 1 << 20);
        for (byte[] content : List.of(
                Documents.docx("123456789 and so on", "and on"), Documents.pdf("123456789 and so on", "and on"))) {
            Extracted.Page page = (Extracted.Page)
                    new Extraction(tight).extract(file(content, "").source());

            assertThat(page.items().get(0).text()).isEqualTo("123456789 ");
            assertThat(page.problems())
                    .extracting(Problem::what)
                    .anyMatch(what -> what.contains("cut at 10 characters"));
        }
    }

    @Test
    void anExternalEntityInAnOfficeFileIsInert(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "TOPSECRET");
        byte[] docx = Documents.rewritten(Documents.docx("Dear keeper"), "word/document.xml", xml -> xml.replaceFirst(
                        "(?s)^(<\\?xml.*?\\?>)?",
                        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]>")
                .replace("Dear keeper", "Dear &e; keeper"));

        assertThat(file(docx, DOCX).read().toString()).doesNotContain("TOPSECRET");
    }

    @Test
    void bombsAreUnreadable() throws IOException {
        byte[] docx = Documents.rewritten(
                Documents.docx("Dear keeper"),
                "word/document.xml",
                xml -> xml.replace("Dear keeper", " ".repeat(20_000_000)));
        ExtractSettings small = settings(Duration.ofSeconds(10), 1 << 20);

        assertThat(reason(small, docx)).contains("unpacks to more than 1048576 bytes");
        assertThat(reason(small, pdfWithStream(deflated(new byte[20_000_000]), "/FlateDecode")))
                .contains("unpacks to more than 1048576 bytes");
        assertThat(reason(
                        small, pdfWithStream(deflated(deflated(new byte[20_000_000])), "[/FlateDecode /FlateDecode]")))
                .contains("unpacks to more than 1048576 bytes");
    }

    @Test
    void aFileThatTakesTooLongIsTimedOut() throws IOException {
        ExtractSettings hasty = settings(Duration.ofNanos(1), 1 << 20);
        Extracted read = new Extraction(hasty)
                .extract(file(Documents.pdf("Lamps"), "application/pdf").source());

        assertThat(((Extracted.Unreadable) read).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void anInterruptedReadingKeepsTheInterruptFlag() throws IOException {
        Answer pdf = file(Documents.pdf("Lamps"), "application/pdf");
        Thread.currentThread().interrupt();

        Extracted.Unreadable unreadable = pdf.unreadable();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(unreadable.outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    /** In a process with a home and a temporary folder of its own, so that nobody else's files are seen. */
    @Test
    void readingLeavesNoFilesBehind(@TempDir Path folder) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + home,
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EveryFile.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        assertThat(home).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    /** Reads a file of each kind, and exits with 0 when all of them hold what they should. */
    static final class EveryFile {

        private EveryFile() {}

        public static void main(String[] args) throws IOException {
            for (byte[] content : List.of(
                    Documents.pdf("Lamps"),
                    Documents.docx("Lamps"),
                    Documents.xlsx("Lamps"),
                    Documents.pptx("Lamps"),
                    Documents.odt("Lamps"))) {
                assertThat(file(content, "").item().text()).contains("Lamps");
            }
        }
    }

    private static Answer file(byte[] content, String type) {
        return Answer.bytes(content, type).at("http://files.example/d/file");
    }

    private static String reason(ExtractSettings settings, byte[] content) {
        return ((Extracted.Unreadable)
                        new Extraction(settings).extract(file(content, "").source()))
                .reason();
    }

    private static ExtractSettings settings(Duration timeLimit, int maxInflatedBytes) {
        return new ExtractSettings("tidewatch", timeLimit, 10, 10, 10, 1 << 20, maxInflatedBytes, 5, 1);
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] pdfWithStream(byte[] stream, String filter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(
                ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                                + "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length "
                                + stream.length + "/Filter " + filter + ">>stream\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(stream);
        out.write("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
