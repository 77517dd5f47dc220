package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecodedTest {

    private static final String RUSSIAN =
            "<p>Фонари на набережной зажигают вечером, а гасят их утром, когда рыбаки уходят в море.</p>";
    private static final String FRENCH = "<p>L’été, le café du môle reste ouvert très tard, même après la marée.</p>";
    private static final String ARABIC =
            "<p>تضاء المصابيح على رصيف الميناء في المساء وتطفأ في الصباح عندما يخرج الصيادون إلى البحر</p>";
    private static final String TURKISH = "<p>Fenerler akşam yakılır, sabah balıkçılar denize çıkınca söndürülür.</p>";

    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final Charset LATIN = Charset.forName("windows-1252");

    @Test
    void utf8ThatTheHeaderCallsLatinIsReadAsUtf8() {
        assertRead(RUSSIAN, StandardCharsets.UTF_8, "text/html; charset=ISO-8859-1", "");
        assertRead(FRENCH, StandardCharsets.UTF_8, "text/html; charset=windows-1252", "");
    }

    @Test
    void cyrillicBytesThatAreDeclaredAsUtf8AreReadAsCyrillic() {
        assertRead(RUSSIAN, CYRILLIC, "text/html; charset=utf-8", "<meta charset=utf-8>");
    }

    @Test
    void cyrillicBytesThatAreDeclaredAsLatinAreReadAsCyrillic() {
        assertRead(RUSSIAN, CYRILLIC, "text/html; charset=ISO-8859-1", "");
    }

    @Test
    void theMarkupSpeaksWhereTheHeaderIsWrong() {
        assertRead(
                RUSSIAN,
                CYRILLIC,
                "text/html; charset=utf-8",
                "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>");
        assertRead(RUSSIAN, Charset.forName("KOI8-R"), "text/html", "<meta charset=\"koi8-r\">");
        assertRead(ARABIC, Charset.forName("windows-1256"), "text/html", "<meta charset=windows-1256>");
        assertRead(TURKISH, Charset.forName("ISO-8859-9"), "text/html; charset=iso-8859-9", "");
    }

    @Test
    void undeclaredBytesAreRecognised() {
        assertRead(RUSSIAN, CYRILLIC, "text/html", "");
        assertRead(RUSSIAN, StandardCharsets.UTF_8, "text/html", "");
        assertRead(FRENCH, LATIN, "text/html", "");
        assertRead(ARABIC, Charset.forName("windows-1256"), "text/html", "");
    }

    @Test
    void whatIsDeclaredRightlyIsReadAsDeclared() {
        assertRead(FRENCH, LATIN, "text/html; charset=ISO-8859-1", "");
        assertRead("<p>港の灯りは夕方に灯される</p>", Charset.forName("windows-31j"), "text/html; charset=Shift_JIS", "");
        assertRead("<p>联通</p>", Charset.forName("GB18030"), "text/html; charset=gb2312", "");
        assertRead("<p>항구의 등불은 저녁에 켜진다</p>", Charset.forName("EUC-KR"), "text/html; charset=euc-kr", "");
        assertRead(RUSSIAN, StandardCharsets.UTF_16LE, "text/html; charset=utf-16le", "");
    }

    @Test
    void aByteOrderMarkDecides() {
        assertRead("\uFEFF" + RUSSIAN, StandardCharsets.UTF_16BE, "text/html; charset=utf-8", "");
        assertRead("\uFEFF" + RUSSIAN, StandardCharsets.UTF_16LE, "text/html", "");
        assertRead("\uFEFF" + RUSSIAN, StandardCharsets.UTF_8, "text/html; charset=windows-1251", "");
    }

    @Test
    void aStrayByteDoesNotMakeUtf8SomethingElse() {
        byte[] good = RUSSIAN.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(good, good.length + 1);
        bytes[good.length] = (byte) 0xE9;

        assertThat(Answer.bytes(bytes, "text/html; charset=utf-8").item().text())
                .startsWith("Фонари на набережной");
    }

    @Test
    void aSequenceCutByTheEndIsNoError() {
        byte[] good = "<p>море".getBytes(StandardCharsets.UTF_8);

        assertThat(Answer.bytes(java.util.Arrays.copyOf(good, good.length - 1), "text/html")
                        .item()
                        .text())
                .startsWith("мор");
    }

    @Test
    void anUnknownCharsetIsNoError() {
        assertRead(RUSSIAN, StandardCharsets.UTF_8, "text/html; charset=none-such", "<meta charset='???'>");
    }

    private static void assertRead(String body, Charset charset, String contentType, String head) {
        String html = body.startsWith("\uFEFF") ? body : "<html><head>" + head + "<title>t</title></head><body>" + body;
        String expected = body.replace("\uFEFF", "").replace("<p>", "").replace("</p>", "");
        assertThat(Answer.html(html, charset, contentType).item().text()).isEqualTo(expected);
    }
}
