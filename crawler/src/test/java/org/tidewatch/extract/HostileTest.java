package org.tidewatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.item.Item;
import org.tidewatch.item.Outcome;

/** Nothing that a server sends makes {@link Extraction#extract} throw, hang or overflow the stack. */
class HostileTest {

    @Test
    void aThousandfoldNestIsFlattenedAndItsWordsStillShow() {
        for (String tag : new String[] {"div", "span", "blockquote", "b", "ul", "table", "p", "article"}) {
            String deep = ("<" + tag + ">").repeat(100_000) + "the deepest words" + ("</" + tag + ">").repeat(100_000)
                    + "<p>after";
            Extracted.Page page = Answer.html(deep).page();
            Item item = page.items().get(0);
            assertThat(item.text() + item.quoted())
                    .as(tag)
                    .contains("the deepest words")
                    .contains("after");
        }
    }

    @Test
    void deeplyNestedJsonIsAProblemAndNotAFailure() {
        String json = "[".repeat(50_000) + "]".repeat(50_000);
        Extracted.Page page = Answer.html("<script type='application/ld+json'>" + json + "</script><p>Words</p>")
                .page();

        assertThat(page.items().get(0).text()).isEqualTo("Words");
    }

    @Test
    void aPageOfNothingButPostsLinksOrOpenTagsIsRead() {
        String posts =
                "<div data-post-id='%d' itemtype='https://schema.org/Comment'><div class=post-body>words %d</div>";
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            page.append(posts.replace("%d", Integer.toString(i)));
        }

        assertThat(Answer.html(page.toString()).page().items()).hasSize(1 + ExtractSettings.DEFAULTS.maxPosts());
        assertThat(Answer.html("<a href='/x'>".repeat(50_000)).page().outlinks())
                .hasSize(1);
        assertThat(Answer.html("<".repeat(200_000)).page().items()).hasSize(1);
        assertThat(Answer.html("<!--".repeat(100_000)).page().items()).hasSize(1);
        assertThat(Answer.html("<!DOCTYPE x [" + "<!ENTITY a 'b'>".repeat(50_000))
                        .page()
                        .items())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telegram.html", "forum.html", "article.html"})
    void aPageThatIsCutAnywhereIsStillAPage(String name) throws IOException {
        byte[] whole;
        try (InputStream stream = HostileTest.class.getResourceAsStream(name)) {
            whole = stream.readAllBytes();
        }
        for (int i = 0; i <= 50; i++) {
            byte[] clipped = Arrays.copyOf(whole, whole.length * i / 50);
            assertThat(Answer.bytes(clipped, "text/html").read()).isInstanceOf(Extracted.Page.class);
        }
    }

    @Test
    void aFileThatIsCutAnywhereIsUnreadable() throws IOException {
        byte[] pdf = Documents.pdf("Lamps are lit at dusk", "and put out at dawn");
        byte[] docx = Documents.docx("Dear keeper,", "the lamps are out.");
        for (int i = 1; i < 50; i++) {
            assertThat(clipped(pdf, i, "application/pdf"))
                    .as("pdf cut at %d/50", i)
                    .isEqualTo(Outcome.UNPARSEABLE);
            assertThat(clipped(docx, i, "application/zip"))
                    .as("docx cut at %d/50", i)
                    .isEqualTo(Outcome.UNPARSEABLE);
        }
    }

    @Test
    void damagedBytesNeverThrow() throws IOException {
        // A fixed seed, so that a failure can be seen again.
        Random random = new Random(20260301);
        for (byte[] whole : new byte[][] {
            Documents.pdf("Lamps"), Documents.docx("Lamps"), Documents.xlsx("Lamps"), Documents.odt("Lamps")
        }) {
            for (int round = 0; round < 25; round++) {
                byte[] damaged = whole.clone();
                for (int i = 0; i < 20; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                assertThat(Answer.bytes(damaged, "application/octet-stream").read())
                        .isNotNull();
            }
        }
    }

    @Test
    void anEmptyAnswerIsAPageThatSaysNothing() {
        for (String type : new String[] {"text/html", "text/plain", ""}) {
            assertThat(Answer.bytes(new byte[0], type).item().text()).isEmpty();
        }
        assertThat(Answer.bytes(new byte[0], "application/pdf").unreadable().outcome())
                .isEqualTo(Outcome.UNPARSEABLE);
    }

    @Test
    void oddReferencesNeverThrow() {
        String page =
                "<base href='::'><a href='http://[x'>a</a><a href='http://'>b</a><a href='//'>c</a><a href='?'>d</a><a href='http://a b/'>e</a>"
                        + "<a href='\\\\x.example\\y'>f</a><a href='http://x.example/%zz'>g</a><a href='/a|b?c={d}'>h</a><a href='/é?q=ü'>i</a>"
                        + "<a href='http://пример.example/'>j</a><a href='http://x.example:99999/'>k</a>";

        assertThat(Answer.urls(Answer.html(page).page().outlinks()))
                .contains(
                        "http://x.example/y",
                        "http://site.example/a%7Cb?c=%7Bd%7D",
                        "http://site.example/%C3%A9?q=%C3%BC",
                        "http://xn--e1afmkfd.example/");
    }

    private static Outcome clipped(byte[] whole, int part, String type) {
        byte[] clipped = Arrays.copyOf(whole, whole.length * part / 50);
        return Answer.bytes(clipped, type).unreadable().outcome();
    }

    @Test
    void limitsMustBePositive() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new ExtractSettings("tidewatch", Duration.ZERO, 1, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("timeLimit");
    }
}
