package org.tidewatch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.filing.TestCrawl;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.Retention;
import org.tidewatch.keeping.SearchMetrics;
import org.tidewatch.keeping.TestClock;
import picocli.CommandLine;

class SearchesCommandTest {

    @TempDir
    private Path folder;

    private Path searches;
    private ElasticAccess access;
    private String out = "";
    private String err = "";

    @BeforeEach
    void prepare() throws Exception {
        searches = Files.createDirectories(folder.resolve("searches"));
        access = TestIndex.freshAccess();
        configure("true");
    }

    private void configure(String fourEyes) throws Exception {
        Files.writeString(
                folder.resolve("tidewatch.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                        searches: {folder: %s, four_eyes: %s}
                        elasticsearch: {url: '%s', user: %s, password_file: %s, prefix: %s}
                        """,
                        searches,
                        fourEyes,
                        access.url(),
                        access.user().orElseThrow(),
                        access.passwordFile().orElseThrow(),
                        access.prefix()),
                StandardCharsets.UTF_8);
    }

    private void write(String id, String query, String more) throws Exception {
        Files.writeString(
                searches.resolve(id + ".yaml"),
                "id: " + id + "\ntitle: On falcons\nlanguage: lucene\nquery: |-\n  " + query.replace("\n", "\n  ")
                        + "\ntier: 2\npurpose: p\nbasis: b\nowner: o\nrecipients: [duty-desk]\nreview_by: 2999-01-01\n"
                        + "state: active\nproposed_by: A. Analyst\n" + more,
                StandardCharsets.UTF_8);
    }

    /** Runs a command of the group; what it says is in {@link #out} and {@link #err}. */
    private int run(String... arguments) {
        StringWriter usage = new StringWriter();
        CommandLine line = Tidewatch.commandLine();
        line.setOut(new PrintWriter(usage)).setErr(new PrintWriter(usage));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            return line.execute(Stream.concat(
                            Stream.concat(Stream.of("searches"), Stream.of(arguments)),
                            Stream.of(
                                    "--config",
                                    folder.resolve("tidewatch.yaml").toString(),
                                    "--data",
                                    folder.resolve("data").toString()))
                    .toArray(String[]::new));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
            out = printed.toString(StandardCharsets.UTF_8);
            err = complained.toString(StandardCharsets.UTF_8) + usage;
        }
    }

    private List<JsonNode> jsonLines() {
        return out.lines().map(line -> Json.parse(line, JsonNode.class)).toList();
    }

    @Test
    void lintNamesEveryMistakeAndNeedsNoServer() throws Exception {
        Files.writeString(
                folder.resolve("tidewatch.yaml"),
                "elasticsearch: {url: 'http://127.0.0.1:1'}\nsearches: {folder: " + searches + "}\n",
                StandardCharsets.UTF_8);
        write("good", "text:falcon", "");
        assertThat(run("lint")).isZero();
        assertThat(out).contains("1 searches are good; 0 problems, 0 warnings.");

        write("bad", "text:(falcon \u202ereversed", "");
        assertThat(run("lint")).isEqualTo(1);
        assertThat(err).contains("problem: ", "bad.yaml:4: query: ", "^").doesNotContain("\u202e");
        assertThat(run("lint", "--json")).isEqualTo(1);
        assertThat(jsonLines()).singleElement().satisfies(line -> {
            assertThat(line.path("severity").asText()).isEqualTo("problem");
            assertThat(line.path("line").asInt()).isEqualTo(4);
            assertThat(line.path("key").asText()).isEqualTo("query");
        });
        assertThat(run("lint", searches.resolve("good.yaml").toString())).isZero();
        assertThat(run("lint", searches.resolve("nosuch").toString())).isEqualTo(2);
    }

    @Test
    void diffShowsWhatApplyDoesAndApplyingAgainDoesNothing() throws Exception {
        write("slogan", "text:falcon\nOR text:eagle", "approved_by: B. Reviewer\n");
        write("meeting", "text:dawn", "");
        assertThat(run("diff")).isZero();
        assertThat(out)
                .contains("+ slogan  is new", "+ text:falcon", "stands: active, approved by B. Reviewer")
                .contains(
                        "+ meeting  is new",
                        "stands: proposed, waits for the approval of someone other than A. Analyst")
                .contains("searches approve meeting --as NAME")
                .contains("history: is looked through")
                .contains("2 added, 0 changed");
        assertThat(run("list", "--json")).isZero();
        assertThat(out).as("nothing is applied yet").isEmpty();

        assertThat(run("apply", "--by", "C. Curator")).isZero();
        assertThat(out).contains("Applied; the set is at revision 1.");
        assertThat(run("apply", "--by", "C. Curator")).isZero();
        assertThat(out).contains("0 added, 0 changed, 0 removed, 0 stand otherwise, 2 as before.", "Nothing to apply.");

        write("slogan", "text:falcon\nOR text:tern", "approved_by: B. Reviewer\nmail: digest\n");
        Files.delete(searches.resolve("meeting.yaml"));
        assertThat(run("diff", "--no-history")).isZero();
        assertThat(out)
                .contains("~ slogan  becomes version 2")
                .contains("        text:falcon", "- OR text:eagle", "+ OR text:tern")
                .contains("mail: by_tier -> digest")
                .contains("stands: active -> proposed, waits for the approval")
                .contains("history: is not looked through")
                .contains("- meeting  its file is gone");
        assertThat(run("diff", "--json")).isZero();
        assertThat(jsonLines())
                .extracting(line ->
                        line.path("id").asText() + " " + line.path("kind").asText())
                .containsExactlyInAnyOrder("slogan changed", "meeting removed");
        assertThat(run("apply", "--json", "--quiet")).isZero();
        assertThat(jsonLines().get(0).path("revision").asInt()).isEqualTo(2);
        assertThat(run("show", "slogan", "--json")).isZero();
        assertThat(jsonLines().get(0).at("/entry/history"))
                .isEqualTo(Json.parse("{\"run\":true,\"quiet\":true,\"revision\":2}", JsonNode.class));
    }

    @Test
    void aBadFileIsSkippedAndShownOnItsSearchWhileTheGoodOnesTakeForce() throws Exception {
        write("slogan", "text:falcon", "approved_by: B. Reviewer\n");
        run("apply");
        write("slogan", "text:(falcon", "approved_by: B. Reviewer\n");
        write("meeting", "text:dawn", "");
        assertThat(run("apply")).isEqualTo(1);
        assertThat(err).contains("slogan.yaml:4: query: ");
        assertThat(run("list")).isZero();
        assertThat(out)
                .containsPattern("slogan +active +T2 +v1 +On falcons")
                .contains("refused, version 1 stays: ")
                .containsPattern("meeting +proposed");
        assertThat(run("list", "--problems", "--json")).isZero();
        assertThat(jsonLines()).hasSize(1);
        assertThat(run("show", "slogan")).isZero();
        assertThat(out).contains("refused     since ", "slogan.yaml:4", "approved    by B. Reviewer");
    }

    @Test
    void aSecondPersonApprovesAndEverythingIsInTheHistory() throws Exception {
        write("slogan", "text:falcon", "");
        run("apply", "--by", "C. Curator");
        assertThat(run("approve", "slogan", "--as", "A. Analyst")).isEqualTo(1);
        assertThat(err).contains("someone else approves it");
        assertThat(run("approve", "slogan", "--as", "B. Reviewer", "--version", "2"))
                .isEqualTo(1);
        assertThat(run("approve", "slogan", "--as", "B. Reviewer", "--version", "1"))
                .isZero();
        assertThat(out).contains("slogan (version 1) is now active: approved by B. Reviewer");
        assertThat(run("disable", "slogan", "--as", "O. Operator")).isEqualTo(2);
        assertThat(run("disable", "slogan", "--as", "O. Operator", "--why", " "))
                .isEqualTo(2);
        assertThat(run("disable", "slogan", "--as", "O. Operator", "--why", "too noisy at https://a.example/"))
                .isZero();
        assertThat(run("list", "--state", "disabled")).isZero();
        assertThat(out).contains("slogan");
        assertThat(run("enable", "slogan", "--as", "O. Operator", "--why", "mended", "--quiet"))
                .isZero();
        assertThat(run("enable", "slogan", "--as", "O. Operator", "--why", "mended"))
                .isEqualTo(1);
        write("slogan", "text:falcon\nOR text:tern", "");
        run("apply", "--by", "C. Curator");

        assertThat(run("history", "slogan")).isZero();
        assertThat(out.replaceAll("(?m)^\\S+  ", ""))
                .contains("C. Curator: version 1, then proposed")
                .contains("B. Reviewer: approve-search (version 1, question ")
                .contains("O. Operator: disable-search: too noisy at hxxps://a[.]example/")
                .contains("O. Operator: enable-search: mended")
                .contains("C. Curator: version 2, changed: question.query, then proposed")
                .contains("+ OR text:tern");
        assertThat(run("history", "slogan", "--json")).isZero();
        assertThat(jsonLines()).hasSize(5);
        assertThat(run("history", "nosuch")).isEqualTo(1);
        assertThat(run("show", "nosuch")).isEqualTo(1);
    }

    @Test
    void inAOnePersonUnitNothingWaits() throws Exception {
        configure("false");
        write("slogan", "text:falcon", "");
        assertThat(run("apply")).isZero();
        assertThat(out).contains("stands: active, approval is not asked for here");
    }

    @Test
    void whatIsExportedIsGoodAndFoundUnchanged() throws Exception {
        write("slogan", "text:\"falcon: rises\"\nOR text:eagle", """
                approved_by: B. Reviewer
                except_hosts: [press.example]
                examples: {match: ["falcon: rises"], no_match: [{text: eagle, host: press.example}]}
                """);
        write("meeting", "text:dawn", "");
        write("gone", "text:dusk", "");
        run("apply");
        Files.delete(searches.resolve("gone.yaml"));
        run("apply");
        Path exported = folder.resolve("exported");
        assertThat(run("export")).isEqualTo(2);
        assertThat(run("export", "--to", exported.toString())).isZero();
        assertThat(run("export", "--to", exported.toString())).isEqualTo(1);
        assertThat(err).contains("--force");
        assertThat(run("export", "nosuch", "--to", exported.toString())).isEqualTo(1);
        assertThat(run("lint", exported.toString())).isZero();
        assertThat(run("diff", "--searches", exported.toString(), "--json")).isZero();
        assertThat(jsonLines())
                .extracting(line ->
                        line.path("id").asText() + " " + line.path("kind").asText())
                .as("that its file is back is noted, nothing else")
                .containsExactly("gone noted");
        assertThat(run("apply", "--searches", exported.toString(), "--json")).isZero();
        assertThat(jsonLines().get(0).path("revision").asInt()).isEqualTo(2);
        assertThat(run("export", "slogan")).isZero();
        assertThat(out).contains("id: slogan", "query: |-\n");
    }

    @Test
    void evalSaysWhatMatchesTheItemsOfAFileAndWhyWithoutAServer() throws Exception {
        Files.writeString(
                folder.resolve("tidewatch.yaml"),
                "elasticsearch: {url: 'http://127.0.0.1:1'}\nsearches: {folder: " + searches + "}\n",
                StandardCharsets.UTF_8);
        write("slogan", "text:falcon", "approved_by: B. Reviewer\n");
        write("meeting", "title:dawn AND host:forum.example", "");
        Path pages = folder.resolve("pages.ndjson");
        Files.writeString(pages, """
                "the F\u03b1lcon rises"

                {"title": "At dawn", "text": "f.a.l.c.o.n", "url": "https://forum.example/t/1"}
                {"text": "gulls"}
                """, StandardCharsets.UTF_8);

        assertThat(run("eval", "--pages", pages.toString())).isZero();
        assertThat(out.lines()).hasSize(3);
        assertThat(out.lines().toList().get(0)).startsWith("1  hxxps://site[.]example/  slogan: text:falcon (folds: ");
        assertThat(out.lines().toList().get(1))
                .startsWith("3  hxxps://forum[.]example/t/1  meeting: ")
                .contains("slogan: text:falcon (folds: spaced) in ", "f[.]a[.]l[.]c[.]o[.]n");
        assertThat(out.lines().toList().get(2)).endsWith("  -");
        assertThat(err).contains("2 searches, 3 items, 2 of them matched.");

        assertThat(run("eval", "--pages", pages.toString(), "--json")).isZero();
        assertThat(jsonLines()).hasSize(3);
        assertThat(jsonLines().get(1).path("line").asInt()).isEqualTo(3);
        assertThat(jsonLines().get(1).path("matches"))
                .extracting(match -> match.path("id").asText())
                .containsExactly("meeting", "slogan");
        assertThat(jsonLines().get(0).at("/matches/0/reasons/0/field").asText()).isEqualTo("text");
    }

    @Test
    void evalNamesTheLinesItCannotReadAndGoesOnWithTheOthers() throws Exception {
        write("slogan", "text:falcon", "approved_by: B. Reviewer\n");
        Path pages = folder.resolve("pages.ndjson");
        Files.writeString(pages, """
                {"text": "fal
                {"tittle": "falcon"}
                {"text": "falcon", "url": "ftp://a.example/"}
                [1]
                {"text": "falcon"}
                """, StandardCharsets.UTF_8);

        assertThat(run("eval", "--pages", pages.toString())).isEqualTo(1);
        assertThat(err)
                .contains("pages.ndjson:1: not JSON")
                .contains("pages.ndjson:2: ")
                .contains("tittle")
                .contains("pages.ndjson:3: url: ")
                .contains("pages.ndjson:4: ")
                .contains("1 searches, 1 items, 1 of them matched; 4 problems.");
        assertThat(out).startsWith("5  hxxps://site[.]example/  slogan: ");
        assertThat(run("eval", "--pages", folder.resolve("nosuch").toString())).isEqualTo(2);
        assertThat(err).contains("there is no file");
    }

    @Test
    void trySaysWhatASearchWouldHaveFoundAndMailedAndWritesNothing() throws Exception {
        write("slogan", "text:falcon", "");
        run("apply");
        try (Indices indices = Indices.open(access.settings(Map.of()))) {
            new TestCrawl(indices, TestClock.at("2026-11-24T10:00:00Z"), 0)
                    .file(TestItem.at("https://forum.example/t/1")
                            .text("The f a l c o n rises.")
                            .fetched(Instant.parse("2026-11-23T10:00:00Z"))
                            .build());
        }

        assertThat(run("try", "slogan", "--as-of", "2026-11-24")).isZero();
        assertThat(out)
                .contains("slogan would have found 1 of 1 items first seen in the last 30 days.")
                .contains("A day:      2026-11-23 1", "Hosts:      forum[.]example 1")
                .contains("text  text:falcon  (folds: ")
                .contains("The mail it would have sent, once it is active:", "  Subject: ");
        assertThat(run("try", searches.resolve("slogan.yaml").toString(), "--as-of", "2026-11-20T00:00:00Z"))
                .isZero();
        assertThat(out).contains("slogan would have found 0 of 0 items");
        assertThat(run("try", "--query", "text: falcon", "--as-of", "2026-11-24", "--json"))
                .isZero();
        assertThat(jsonLines().get(0).at("/totals/hits").asInt()).isEqualTo(1);
        assertThat(run("try", "--query", "text: falcon", "--exact", "--as-of", "2026-11-24", "--json"))
                .isZero();
        assertThat(jsonLines().get(0).at("/totals/hits").asInt()).isZero();
        assertThat(run("try", "--query", "text: (falcon")).isEqualTo(2);
        assertThat(err).contains("^");
        assertThat(run("try", "nosuch")).isEqualTo(1);
        assertThat(run("try", "slogan", "--as-of", "yesterday")).isEqualTo(2);
        assertThat(run("try", "slogan", "--days", "0")).isEqualTo(2);
        try (Indices indices = Indices.open(access.settings(Map.of()))) {
            indices.refresh(Room.ALERTS);
            assertThat(indices.search(Room.ALERTS, search -> search.query(q -> q.matchAll(m -> m))))
                    .isEmpty();
        }
    }

    @Test
    void healthNamesWhatWantsACuratorsEye() throws Exception {
        write("slogan", "text:falcon", "approved_by: B. Reviewer\n");
        write("silent", "text:gull", "approved_by: B. Reviewer\n");
        run("apply");
        try (Indices indices = Indices.open(access.settings(Map.of()))) {
            TestClock clock = TestClock.at(
                    Clock.systemUTC().instant().minus(Duration.ofHours(5)).toString());
            SearchMetrics metrics = new SearchMetrics(indices, Retention.Terms.DEFAULT, clock, "matching-a");
            metrics.add("slogan", 3, 1, Duration.ofMillis(7));
            clock.advance(Duration.ofHours(1));
            metrics.flush(List.of("slogan", "silent"));
        }

        assertThat(run("health")).isZero();
        assertThat(out)
                .contains("2 searches stand; 0 items were matched in the last 7 days.")
                .contains("Never fired:\n  silent  1 hours in force")
                .contains("Failed on items:\n  slogan  1 failures")
                .contains("Cost most time:\n  slogan  7.0 ms");
        assertThat(run("health", "--json")).isZero();
        assertThat(jsonLines())
                .extracting(line -> line.path("id").asText() + " "
                        + line.path("never_fires").asBoolean())
                .containsExactly("silent true", "slogan false");
        assertThat(run("health", "--days", "0")).isEqualTo(2);
    }

    @Test
    void theGroupAloneIsBadUsageAndEveryCommandExplainsItself() {
        assertThat(run()).isEqualTo(2);
        assertThat(err).contains("lint", "approve");
        Tidewatch.commandLine()
                .getSubcommands()
                .get("searches")
                .getSubcommands()
                .forEach((name, command) -> {
                    assertThat(command.getUsageMessage()).as(name).contains("Usage: tidewatch searches " + name);
                    assertThat(command.getCommandSpec().usageMessage().description())
                            .as(name)
                            .isNotEmpty();
                });
    }
}
