package org.tidewatch.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefangTest {

    /** What some program somewhere makes a link of: schemes, dotted names in any script, addresses, handles. */
    private static final Pattern CLICKABLE = Pattern.compile("(?i)https?:|ftps?:|(?<!hxxp|hxxps|fxp|fxps):[/\\\\]{2}"
            + "|(?<![a-z0-9])(?:mailto|tg|tel|sms|javascript|data|magnet|file):"
            + "|[\\p{L}\\p{N}\\p{M}\\p{So}][.\\u2024\\u3002\\ufe52\\uff0e\\uff61][\\p{L}\\p{N}\\p{M}\\p{So}]"
            + "|www\\.|[@\\uff20](?=[\\p{L}\\p{N}_])");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://paste.example/x now   | see hxxps://paste[.]example/x now",
                "HTTP://PASTE.EXAMPLE              | HxxP://PASTE[.]EXAMPLE",
                "ftp://files.example/a.zip         | fxp://files[.]example/a[.]zip",
                "hxxps://paste[.]example/x         | hxxps://paste[.]example/x",
                "xhttp://paste.example             | xhxxp[:]//paste[.]example",
                "sftp://files.example              | sfxp[:]//files[.]example",
                "ws://chat.example/                | ws[:]//chat[.]example/",
                "paste.example                     | paste[.]example",
                "www.paste.example/x?y=1.5         | www[.]paste[.]example/x?y=1[.]5",
                "مثال.إختبار                        | مثال[.]إختبار",
                "пример.испытание                  | пример[.]испытание",
                "例え。テスト                       | 例え[。]テスト",
                "हिन्दी.example                    | हिन्दी[.]example",
                "paste．example                    | paste[．]example",
                "paste｡example                     | paste[｡]example",
                "paste․example                     | paste[․]example",
                "🦅.example                        | 🦅[.]example",
                "192.0.2.1:8080                    | 192[.]0[.]2[.]1:8080",
                "http://[2001:db8::1]/             | hxxp://[2001:db8::1]/",
                "name@mail.example                 | name[@]mail[.]example",
                "mailto:name@mail.example          | mailto[:]name[@]mail[.]example",
                "@falcon_one                       | [@]falcon_one",
                "＠falcon                          | [＠]falcon",
                "name@[192.0.2.1]                  | name[@][192[.]0[.]2[.]1]",
                "tg://resolve?domain=x             | tg[:]//resolve?domain=x",
                "смотриmailto:x                    | смотриmailto[:]x",
                "javascript:alert(1)               | javascript[:]alert(1)",
                "tel:+100                          | tel[:]+100",
                "The end. Of it... really.         | The end. Of it... really.",
                "10:30, a: b, and/or               | 10:30, a: b, and/or"
            })
    void whatAProgramWouldLinkIsBroken(String text, String safe) {
        assertThat(Defang.text(text)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ht\u200btps://paste.example   | hxxps://paste[.]example",
                "paste\u200b.exam\u00adple     | paste[.]example",
                "\u202egpj.exe\u202c           | gpj[.]exe",
                "a\u2066b\u2069c               | abc",
                "a\ufeffb                      | ab",
                "a\u001b[31mb                  | a[31mb",
                "a\u0000b\u0007                | ab",
                "a\u2028b                      | ab",
                "paste\u200d.example           | paste\u200d[.]example",
                "می\u200cخواهم                  | می\u200cخواهم"
            })
    void whatDisguisesTextIsTakenOut(String text, String safe) {
        assertThat(Defang.text(text)).isEqualTo(safe);
    }

    @Test
    void aLineIsOneLineAndATextKeepsIts() {
        assertThat(Defang.line(" one\n two\t\tthree\r\n")).isEqualTo("one two three");
        assertThat(Defang.text("one\n\ttwo")).isEqualTo("one\n\ttwo");
    }

    @Test
    void nothingClickableIsLeftOfAnythingAndASecondTimeChangesNothing() {
        Random random = new Random(20_261_124);
        List<String> pieces = List.of(
                "http",
                "https",
                "ftp",
                "HtTp",
                "hxxp",
                "fxp",
                "mailto",
                "tg",
                "data",
                "www",
                ":",
                "://",
                "//",
                "/",
                ".",
                "。",
                "．",
                "｡",
                "․",
                "..",
                "@",
                "＠",
                "[",
                "]",
                "[.]",
                "[@]",
                "[:]",
                " ",
                "\n",
                "a",
                "Z",
                "7",
                "-",
                "_",
                "ж",
                "ع",
                "日",
                "ि",
                "🦅",
                "\u200b",
                "\u200c",
                "\u200d",
                "\u202e",
                "\u00ad",
                "\ufeff",
                "\ud83e",
                "\udd85",
                "\u0301",
                "example",
                "paste.example",
                "%",
                "~",
                "(",
                ")",
                "$1",
                "\\",
                "：",
                "／");
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length >= 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String safe = Defang.text(text.toString());
            assertThat(CLICKABLE.matcher(safe).find())
                    .as("%s -> %s", text, safe)
                    .isFalse();
            assertThat(Defang.text(safe)).as(text.toString()).isEqualTo(safe);
            assertThat(Defang.line(Defang.line(text.toString()))).isEqualTo(Defang.line(text.toString()));
        }
    }

    @Test
    void whatAPersonReadsStaysReadable() {
        assertThat(Defang.text("Meet at 10:30 in the harbour. Bring flags! Wind: 3 m/s (north)."))
                .isEqualTo("Meet at 10:30 in the harbour. Bring flags! Wind: 3 m/s (north).");
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars()
                .forEach(c ->
                        visible.append(c > 32 && c < 127 ? String.valueOf((char) c) : "\\u" + Integer.toHexString(c)));
        return visible.toString();
    }
}
