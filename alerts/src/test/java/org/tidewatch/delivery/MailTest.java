package org.tidewatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidewatch.item.Account;
import org.tidewatch.novelty.Alert;

class MailTest {

    private static final MailSettings SETTINGS = SampleSettings.mail(25, Optional.empty(), "desk");

    /** A mail as its reader's program has it. */
    private record Read(MimeMessage message, String raw, String text, String html) {
        Page page() {
            return new Page(html);
        }

        String header(String name) throws MessagingException {
            return String.valueOf(message.getHeader(name, null));
        }
    }

    @Test
    void subjectNamesTierCountSearchAndPlatforms() throws Exception {
        Read mail = read(
                SETTINGS,
                SampleAlert.named("a").build(),
                SampleAlert.named("b").build(),
                SampleAlert.named("c")
                        .at("https://paste.example/x", "paste.example", "paste")
                        .build());
        assertThat(mail.message().getSubject()).isEqualTo("[T2] 3 new: Purple Falcon slogans - forum (2), paste (1)");
    }

    @Test
    void headersLetProgramsFilterAndKeepQuiet() throws Exception {
        Read mail = read(SETTINGS, SampleAlert.named("a").build());
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("List-Id")).isEqualTo("Tidewatch alerts <tidewatch-alerts.unit.example>");
        assertThat(mail.header("X-Tidewatch-Tier")).isEqualTo("2");
        assertThat(mail.header("X-Tidewatch-Search")).isEqualTo("purple-falcon");
        assertThat(mail.header("X-Tidewatch-Alert"))
                .isEqualTo(SampleAlert.named("a").build().id());
        assertThat(mail.header("Message-ID")).isEqualTo("<" + Delivery.idOf("desk", "window") + "@unit.example>");
        assertThat(mail.header("Date")).isEqualTo("Mon, 5 Jan 2026 11:00:00 +0000");
    }

    @Test
    void theSameDeliveryIsTheSameBytes() throws Exception {
        Alert alert = SampleAlert.named("a").titled("اجتماع", "ar").build();
        assertThat(read(SETTINGS, alert).raw()).isEqualTo(read(SETTINGS, alert).raw());
    }

    @Test
    void bodySaysWhatWhyWhereAndWhatToDo() throws Exception {
        Read mail = read(SETTINGS, SampleAlert.named("a").build());
        String item = SampleAlert.named("a").build().item();
        for (String body : List.of(mail.text(), mail.page().body())) {
            assertThat(body)
                    .containsIgnoringCase("candidate, not assessed by a person")
                    .contains("hxxps://forum[.]falcon[.]example/threads/7#post-3")
                    .contains("5 Jan 2026, 09:12 UTC")
                    .contains("English")
                    .contains("Walker ([@]walker)")
                    .contains("text:\"purple falcon\"")
                    .contains("Purple Falcon slogans (T2, version 3)")
                    .contains("./tidewatch show " + item)
                    .contains("./tidewatch decide " + item)
                    .contains("You get this mail because the search above names \"desk\" among the recipients.");
        }
        assertThat(mail.text()).contains("They call it the **purple falcon** at noon.");
        assertThat(mail.page().all("//mark")).singleElement().satisfies(mark -> assertThat(mark.getTextContent())
                .isEqualTo("purple falcon"));
    }

    @Test
    void anItemThatSeveralSearchesFlagIsThereOnceWithAllOfThem() throws Exception {
        Read mail = read(
                SETTINGS,
                SampleAlert.named("a")
                        .ofItem("i")
                        .search("purple-falcon", "Purple Falcon slogans", 2, "desk")
                        .search("meetings", "Calls to meet", 3, "desk")
                        .build(),
                SampleAlert.named("b")
                        .ofItem("i")
                        .search("banners", "Banners", 4, "desk")
                        .reason("banners", "banner", "a ", "banner", " too")
                        .build());
        assertThat(mail.message().getSubject()).isEqualTo("[T2] 1 new: Purple Falcon slogans +2 more - forum (1)");
        assertThat(mail.page().cards()).hasSize(1);
        assertThat(mail.text()).contains("Purple Falcon slogans (T2", "Calls to meet (T3", "Banners (T4", "**banner**");
    }

    @Test
    void aCopyNamesWhereTheTextWasFirst() throws Exception {
        Read mail = read(
                SETTINGS,
                SampleAlert.named("a")
                        .copyOf("https://first.example/p", "first.example")
                        .build());
        assertThat(mail.message().getSubject()).isEqualTo("[T2] 1 copy: Purple Falcon slogans - forum (1)");
        for (String body : List.of(mail.text(), mail.page().body())) {
            assertThat(body).contains("Same text as first seen at hxxps://first[.]example/p on 3 Jan 2026, 08:30 UTC");
        }
    }

    @Test
    void theOnlyLinkIsToTheConfiguredKibana() throws Exception {
        Read with = read(withKibana(), SampleAlert.named("a").build());
        assertThat(with.page().active()).singleElement().satisfies(link -> assertThat(link.getAttribute("href"))
                .startsWith("https://kibana.unit.example/app/"));
        assertThat(with.text()).contains("https://kibana.unit.example/app/");
        assertThat(read(SETTINGS, SampleAlert.named("a").build()).page().active())
                .isEmpty();
    }

    @Test
    void rightToLeftTextFindsItsDirectionAndDoesNotTurnTheLine() throws Exception {
        Read mail = read(SETTINGS, arabic());
        assertThat(mail.page().all("//h2[@dir='auto']")).hasSize(1);
        assertThat(mail.page().all("//blockquote[@dir='auto']")).hasSize(1);
        assertThat(mail.text()).contains("\u2068بيان جبهة الصقر الأرجواني\u2069");
    }

    @Test
    void aTitleCannotAddHeadersOrMarkup() throws Exception {
        String evil = "x\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>\u0000\u202e";
        Read mail = read(
                SETTINGS,
                SampleAlert.named("a")
                        .titled(evil, "en")
                        .at("https://a.example/\r\nX-Evil: 1", "a.example\r\nX-Evil: 1", "forum\r\nX-Evil: 1")
                        .search("s\r\nX-Evil: 1", "Title\r\nX-Evil: 1\n" + evil, 2, "desk")
                        .reason("s\r\nX-Evil: 1", "c\r\n", "</blockquote><script>", "<img src=x>", "</mark>\r\n.\r\n")
                        .build());
        assertThat(mail.message().getHeader("X-Evil")).isNull();
        assertThat(mail.message().getHeader("Bcc")).isNull();
        assertThat(mail.message().getSubject()).doesNotContain("\n", "\r", "\u202e");
        assertThat(mail.page().active()).isEmpty();
        assertThat(mail.page().all("//mark")).singleElement().satisfies(mark -> assertThat(mark.getTextContent())
                .isEqualTo("<img src=x>"));
    }

    @Test
    void noCrawledTextEverIsALinkInAnyPartOfAMail() throws Exception {
        Random random = new Random(20_260_105);
        for (int i = 0; i < 150; i++) {
            Alert alert = SampleAlert.named("a" + i)
                    .titled(HarmlessTest.hostile(random, 8), HarmlessTest.hostile(random, 2))
                    .at(
                            "https://" + HarmlessTest.hostile(random, 6),
                            HarmlessTest.hostile(random, 4),
                            HarmlessTest.hostile(random, 3))
                    .search("s", HarmlessTest.hostile(random, 6), 2, "desk")
                    .reason(
                            "s",
                            HarmlessTest.hostile(random, 4),
                            HarmlessTest.hostile(random, 6),
                            HarmlessTest.hostile(random, 3),
                            HarmlessTest.hostile(random, 6))
                    .copyOf("https://" + HarmlessTest.hostile(random, 6), HarmlessTest.hostile(random, 4))
                    .build();
            Account account = new Account(
                    Optional.of(HarmlessTest.hostile(random, 3)), Optional.of(HarmlessTest.hostile(random, 3)));
            Read mail = read(SETTINGS, Map.of(alert.item(), account), alert);
            assertThat(linkIn(mail.text())).as("text of mail %d", i).isEmpty();
            assertThat(linkIn(mail.page().body())).as("HTML of mail %d", i).isEmpty();
            assertThat(Links.first(mail.message().getSubject()))
                    .as("subject of mail %d", i)
                    .isEmpty();
            assertThat(mail.page().active()).isEmpty();
        }
    }

    /** Our own commands begin with "./tidewatch" and our own isolates stand around right-to-left text. */
    private static Optional<String> linkIn(String body) {
        return Links.first(
                body.replace("./tidewatch", "").replace("mail.fallback", "").replaceAll("[\u2068\u2069]", ""));
    }

    @Test
    void aMailOfAThousandItemsStaysShortAndSaysHowManyThereAre() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            alerts.add(SampleAlert.named("n" + i).build());
        }
        Read mail = read(SETTINGS, alerts.toArray(Alert[]::new));
        assertThat(mail.message().getSubject()).contains("1000 new");
        assertThat(mail.page().cards()).hasSize(Letter.MAX_ENTRIES);
        assertThat(mail.text()).contains("And 900 more. See them all with ./tidewatch candidates");
        assertThat(mail.header("X-Tidewatch-Alert")).contains("and 980 more");
        assertThat(mail.raw().lines()).allMatch(line -> line.length() <= 998);
    }

    @Test
    void alertsThatWereForgottenAreCountedNotShown() throws Exception {
        Alert kept = SampleAlert.named("kept").build();
        Delivery delivery = delivery(List.of(kept.id(), "gone"), 2);
        Letter letter = Letter.of(delivery, SampleSettings.recipient("desk"), List.of(kept), Map.of());
        assertThat(read(Mail.of(letter, SETTINGS)).text()).contains("1 alert is left out: forgotten");
    }

    @Test
    void theFallbackIsToldWhyItGetsAMail() throws Exception {
        assertThat(read(SETTINGS, SampleAlert.named("a").to("somebody-else").build())
                        .text())
                .contains("You get this mail as the fallback (mail.fallback)");
    }

    @Test
    void titlesInEveryScriptReachTheReaderAsTheyAre() throws Exception {
        Read mail = read(
                SETTINGS,
                SampleAlert.named("a").search("s", "شعارات الصقر", 2, "desk").build());
        assertThat(mail.message().getSubject()).isEqualTo("[T2] 1 new: شعارات الصقر - forum (1)");
        assertThat(mail.raw()).matches("(?s)[\\x20-\\x7e\\r\\n\\t]*");
    }

    /** Writes a digest for the eye under target/samples; what a program can check of it is checked above. */
    @Test
    void aDigestInSeveralScriptsShowsEachItemOnce() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "samples"));
        Alert[] alerts = {
            SampleAlert.named("1")
                    .tier(1)
                    .titled("Purple Falcon Front: meet at noon, share https://falcon.example/join", "en")
                    .search("purple-falcon", "Purple Falcon slogans", 1, "desk")
                    .search("meetings", "Calls to meet", 3, "desk")
                    .reason(
                            "purple-falcon",
                            "text:\"rise with the falcon\"",
                            "… the square is ours. ",
                            "Rise with the falcon",
                            ", friends, and bring others to t.me/falcon_front before the week is over. …")
                    .reason(
                            "meetings",
                            "text:\"meet noon\"~3",
                            "They say: ",
                            "meet us at noon",
                            " where the river bends.")
                    .build(),
            arabic(),
            SampleAlert.named("3")
                    .tier(3)
                    .titled("Собрание Пурпурного Сокола <b>сегодня</b>", "ru")
                    .at("https://paste.example/" + "a1b2c3d4".repeat(20), "paste.example", "paste")
                    .copyOf("https://forum.falcon.example/threads/7", "forum.falcon.example")
                    .reason("purple-falcon", "text:сокол", "Пурпурный ", "сокол", " взлетает в полдень. @falcon_ru")
                    .build()
        };
        for (MailSettings settings : List.of(SETTINGS, withKibana())) {
            Read mail = read(settings, alerts);
            String name = settings == SETTINGS ? "digest" : "digest-kibana";
            Files.writeString(folder.resolve(name + ".html"), mail.html());
            Files.writeString(folder.resolve(name + ".txt"), mail.text());
            Files.writeString(folder.resolve(name + ".eml"), mail.raw());
            assertThat(mail.page().cards()).hasSize(3);
        }
    }

    private static Alert arabic() {
        return SampleAlert.named("2")
                .titled("بيان جبهة الصقر الأرجواني", "ar")
                .at("https://channel.example/s/sqr/41", "channel.example", "telegram")
                .reason(
                        "purple-falcon",
                        "text:\"الصقر الأرجواني\"",
                        "… نلتقي عند الظهر تحت راية ",
                        "الصقر الأرجواني",
                        " كما قلنا في https://falcon.example/ar أمس. …")
                .build();
    }

    private static MailSettings withKibana() {
        return new MailSettings(
                SETTINGS.from(),
                SETTINGS.smtp(),
                SETTINGS.recipients(),
                SETTINGS.fallback(),
                Optional.of(URI.create("https://kibana.unit.example/")),
                SETTINGS.retry());
    }

    private static Delivery delivery(List<String> alerts, int tier) {
        return Delivery.of(
                SampleSettings.recipient("desk"),
                "window",
                tier,
                alerts,
                List.of("i"),
                SETTINGS.from(),
                Instant.parse("2026-01-05T11:00:00.123Z"));
    }

    private static Read read(MailSettings settings, Alert... alerts) throws MessagingException, IOException {
        return read(
                settings, Map.of(alerts[0].item(), new Account(Optional.of("walker"), Optional.of("Walker"))), alerts);
    }

    private static Read read(MailSettings settings, Map<String, Account> accounts, Alert... alerts)
            throws MessagingException, IOException {
        Delivery delivery = delivery(
                List.of(alerts).stream().map(Alert::id).toList(),
                List.of(alerts).stream().mapToInt(Alert::tier).min().orElseThrow());
        return read(
                Mail.of(Letter.of(delivery, SampleSettings.recipient("desk"), List.of(alerts), accounts), settings));
    }

    private static Read read(MimeMessage sent) throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sent.writeTo(bytes);
        MimeMessage message =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
        Multipart parts = (Multipart) message.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
        assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
        return new Read(
                message,
                bytes.toString(StandardCharsets.UTF_8),
                ((String) parts.getBodyPart(0).getContent()).replace("\r\n", "\n"),
                (String) parts.getBodyPart(1).getContent());
    }
}
