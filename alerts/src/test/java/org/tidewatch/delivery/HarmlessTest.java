package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {

    /** What hostile text is made of: parts of links, letters of several scripts, markup, and what is not seen. */
    private static final List<String> FRAGMENTS = List.of(
            "http",
            "https",
            "HtTpS",
            "ftp",
            "mailto",
            "javascript",
            "tg",
            ":",
            "://",
            "/",
            "//",
            "\\\\",
            "www",
            "WWW",
            ".",
            "..",
            "\u3002",
            "\uff0e",
            "\uff61",
            "evil",
            "example",
            "t.me",
            "10.0.0.1",
            "@",
            "\uff20",
            "name",
            "\u0430pple",
            "\u4f8b\u5b50",
            "\u043f\u0440\u0438\u043c\u0435\u0440",
            "\u0645\u062b\u0627\u0644",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u202e",
            "\u2066",
            "\u061c",
            "\ufeff",
            "\u00ad",
            "\u0301",
            "\u0651",
            "\ufe0f",
            "\u2764",
            "\r\n",
            "\n",
            "\t",
            "\u0000",
            "\u2028",
            " ",
            "\u00a0",
            "-",
            "_",
            "#",
            "?q=1",
            "[",
            "]",
            "[.]",
            "[@]",
            "<a href=",
            ">",
            "\"",
            "'",
            "&",
            "\ud83d\udc68\u200d\ud83d\udc69",
            "\u27e6",
            "\u27e7",
            "hxxp",
            "x",
            "\uffff",
            "\ud83d",
            "\udc68",
            "]]>",
            "<!--");

    static String hostile(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/x",
                "\u89c1http://evil.example",
                "xhttps://evil.example",
                "ht\u200btp://evil.example",
                "http\u200d://evil.example",
                "www\u200c.evil.example",
                "www.\u2764.example",
                "i\u2764.example",
                "e\u0301.example",
                "@name",
                "@\u200dname",
                "\uff20name",
                "a@b",
                "\u89c1mailto:x",
                "evil\u3002example",
                "\u202eelpmaxe.live\u202c//:ptth",
                "[.]evil.example",
                "[@name]"
            })
    void nothingIsLeftToLinkTo(String crawled) {
        assertThat(Links.first(Harmless.line(crawled))).isEmpty();
    }

    @Test
    void whateverIsPutTogetherOfPartsOfLinksIsNoLink() {
        Random random = new Random(20_260_105);
        for (int i = 0; i < 20_000; i++) {
            String crawled = hostile(random, 1 + random.nextInt(12));
            String line = Harmless.line(crawled);
            assertThat(Links.first(line))
                    .as("of <%s> became <%s>", crawled, line)
                    .isEmpty();
            assertThat(line).as("one line of <%s>", crawled).doesNotContain("\n", "\r", "\u2028");
            assertThat(Harmless.line(line)).as("again, of <%s>", crawled).isEqualTo(line);
        }
    }

    @Test
    void ordinaryWordsOfEveryScriptStayAsTheyAre() {
        for (String words : List.of(
                "Meet at noon, bring \"flags\" & songs (3).",
                "اجتماع عند الظهر، مَدْرَسَة",
                "می\u200cخواهم",
                "Встреча в полдень — там же",
                "İstanbul'da buluşalım",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 family")) {
            assertThat(Harmless.line(words)).isEqualTo(words);
        }
    }

    @Test
    void defangedTextReadsLikeTheDesignSays() {
        assertThat(Harmless.line("see https://paste.example/x, ask @handle or a@mail.example"))
                .isEqualTo("see hxxps://paste[.]example/x, ask [@]handle or a[@]mail[.]example");
    }

    @Test
    void aLineOfAMillionCharactersIsCutWithASign() {
        assertThat(Harmless.line("ab".repeat(500_000), 200)).hasSize(200).endsWith("…");
        assertThat(Harmless.line("\ud83d\udc68".repeat(500), 100)).endsWith("\udc68…");
    }

    @Test
    void marksStackedToTheCeilingAreCutDown() {
        assertThat(Harmless.line("o" + "\u0336".repeat(1_000) + "k")).hasSize(6);
    }
}
