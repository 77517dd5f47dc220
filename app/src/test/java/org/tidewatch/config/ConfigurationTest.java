package org.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.search.Consent;
import org.tidewatch.yaml.Problem;

class ConfigurationTest {

    @TempDir
    private Path home;

    private Configuration.Read read(String yaml, Map<String, String> environment) throws Exception {
        Path file = home.resolve(Configuration.FILE);
        Files.writeString(file, yaml, StandardCharsets.UTF_8);
        return Configuration.read(home, file, environment);
    }

    private Configuration good(String yaml, Map<String, String> environment) throws Exception {
        Configuration.Read read = read(yaml, environment);
        assertThat(read).as("%s", read).isInstanceOf(Configuration.Good.class);
        return ((Configuration.Good) read).configuration();
    }

    private List<String> bad(String yaml, Map<String, String> environment) throws Exception {
        Configuration.Read read = read(yaml, environment);
        assertThat(read).isInstanceOf(Configuration.Bad.class);
        return ((Configuration.Bad) read)
                .problems().stream().map(Problem::toString).toList();
    }

    @Test
    void everyKeyHasADefault() {
        Configuration.Read read = Configuration.read(home, home.resolve("none.yaml"), Map.of());
        assertThat(read).isInstanceOf(Configuration.Good.class);
        Configuration configuration = ((Configuration.Good) read).configuration();
        assertThat(configuration.crawl().delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.data()).isEqualTo(home.resolve("data"));
        assertThat(configuration.alerts()).isEmpty();
        assertThat(configuration.elasticsearch().access()).isEmpty();
    }

    @Test
    void theEnvironmentOverridesTheFileAndEachValueNamesItsSource() throws Exception {
        Configuration configuration =
                good("crawl:\n  delay: 5s\n  threads: 7\n", Map.of("TIDEWATCH_CRAWL_DELAY", "2s", "OTHER", "x"));
        assertThat(configuration.crawl().delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.settings())
                .contains(new Setting("crawl.delay", "2s", "environment TIDEWATCH_CRAWL_DELAY"))
                .contains(new Setting("crawl.threads", "7", home.resolve(Configuration.FILE) + ":3"))
                .contains(new Setting("crawl.timeout", "30s", "default"));
    }

    @Test
    void namesEveryProblemAtOnceWithLineAndFullKey() throws Exception {
        List<String> problems = bad("""
                crawl:
                  delya: 1s
                  threads: many
                  agent:
                    name: "has spaces"
                elasticsearch:
                  url: ftp://x
                retntion: {}
                """, Map.of("TIDEWATCH_CRAWL_TIMEOUT", "soon", "TIDEWATCH_NOSUCH", "1"));
        assertThat(problems)
                .anyMatch(line -> line.contains(":2: crawl.delya: unknown key"))
                .anyMatch(line -> line.contains(":3: crawl.threads: expected a whole number, not \"many\""))
                .anyMatch(line -> line.contains(":5: crawl.agent.name"))
                .anyMatch(line -> line.contains(":7: elasticsearch.url"))
                .anyMatch(line -> line.contains(":8: retntion: unknown key"))
                .anyMatch(
                        line -> line.contains("environment TIDEWATCH_CRAWL_TIMEOUT") && line.contains("crawl.timeout"))
                .anyMatch(line -> line.contains("environment TIDEWATCH_NOSUCH"));
    }

    @Test
    void refusesAFileThatIsNotYamlWithItsLine() throws Exception {
        assertThat(bad("crawl:\n  delay: [1s\n", Map.of()))
                .singleElement()
                .asString()
                .contains("not YAML");
    }

    @Test
    void aSecretInTheFileIsRefusedAndSaysWhereItBelongs() throws Exception {
        assertThat(bad("mail:\n  smtp:\n    password: hunter2\n", Map.of()))
                .singleElement()
                .asString()
                .contains("mail.smtp.password", "TIDEWATCH_MAIL_SMTP_PASSWORD", "password_file")
                .doesNotContain("hunter2");
    }

    @Test
    void secretsComeFromTheEnvironmentOrAFileAndAreNeverShown() throws Exception {
        Path secret = home.resolve("secret");
        Files.writeString(secret, "s3cret\n", StandardCharsets.UTF_8);
        Configuration configuration = good(String.format(Locale.ROOT, """
                mail:
                  from: a@unit.example
                  smtp:
                    host: smtp.unit.example
                    user: u
                    password_file: %s
                  recipients:
                    duty-desk: {address: duty@unit.example, name: Duty}
                """, secret), Map.of());
        assertThat(configuration.alerts().orElseThrow().mail().smtp().password())
                .contains("s3cret");
        assertThat(configuration.settings().toString()).doesNotContain("s3cret").contains("(hidden)");
        assertThat(configuration.toString()).doesNotContain("s3cret");
    }

    @Test
    void savedSearchesNeedASecondPersonUnlessTheFileSaysOtherwise() throws Exception {
        assertThat(good("", Map.of()).searches())
                .isEqualTo(new Configuration.Searches(home.resolve("kibana/searches"), new Consent(true)));
        assertThat(good("searches: {folder: mine, four_eyes: no}", Map.of()).searches())
                .isEqualTo(new Configuration.Searches(home.resolve("mine"), new Consent(false)));
        assertThat(good("", Map.of("TIDEWATCH_SEARCHES_FOUR_EYES", "false"))
                        .searches()
                        .consent()
                        .fourEyes())
                .isFalse();
        assertThat(bad("searches: {four_eyes: sometimes}", Map.of()))
                .singleElement()
                .asString()
                .contains(":1: searches.four_eyes: expected true or false");
        assertThat(bad("searches: kibana/searches", Map.of()))
                .as("the shape of before there was more to say")
                .singleElement()
                .asString()
                .contains(":1: searches: expected \"key: value\" lines below it");
    }

    @Test
    void aRecipientIsCheckedWithItsPlace() throws Exception {
        assertThat(bad("mail:\n  recipients:\n    desk:\n      adress: x@unit.example\n", Map.of()))
                .anyMatch(line -> line.contains(":4: mail.recipients.desk.adress: unknown key"))
                .anyMatch(line -> line.contains("mail.recipients.desk.address: missing"));
    }

    @Test
    void runSaysWhatIsMissingAndWhereToSetIt() throws Exception {
        assertThat(good("", Map.of()).missingForRun())
                .hasSize(2)
                .anyMatch(line -> line.contains("crawl.agent.name") && line.contains("TIDEWATCH_CRAWL_AGENT_NAME"))
                .anyMatch(line -> line.contains("crawl.agent.contact") && line.contains("tidewatch.yaml"));
        assertThat(good("crawl: {agent: {name: unit-bot, contact: a@unit.example}}", Map.of())
                        .missingForRun())
                .isEmpty();
    }

    @Test
    void theExampleFileIsGoodAndShowsNoUnknownKey() {
        Path example = Path.of("").toAbsolutePath().getParent().resolve("tidewatch.example.yaml");
        Configuration.Read read = Configuration.read(home, example, Map.of());
        assertThat(read).as("%s", read).isInstanceOf(Configuration.Good.class);
        assertThat(((Configuration.Good) read).configuration().alerts()).isPresent();
    }
}
