package org.tidewatch.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Tidewatch.commandLine();
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        return line.execute(arguments);
    }

    private String config(String yaml) throws Exception {
        Path file = folder.resolve("tidewatch.yaml");
        Files.writeString(file, yaml, StandardCharsets.UTF_8);
        return file.toString();
    }

    @Test
    void runRefusesToStartWithoutAnAgentAndSaysWhereToSetIt() throws Exception {
        assertThat(run("run", "--config", config("crawl: {delay: 1s}"), "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("crawl.agent.name", "crawl.agent.contact", "tidewatch.yaml");
    }

    @Test
    void aBadConfigurationIsBadUsageForEveryCommand() throws Exception {
        String file = config("nosuch: 1\n");
        for (String command : new String[] {"run", "candidates", "status", "doctor", "config"}) {
            assertThat(run(command, "--config", file)).as(command).isEqualTo(2);
        }
        assertThat(said.toString()).contains("tidewatch.yaml:1: nosuch: unknown key");
    }

    @Test
    void doctorSaysWhatIsWrongAndHowToMendIt() throws Exception {
        String file = config("""
                elasticsearch:
                  url: http://127.0.0.1:1
                mail:
                  from: a@unit.example
                  smtp: {host: 127.0.0.1, port: 1, security: none}
                  recipients: {duty-desk: {address: duty@unit.example}}
                """);
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(run("doctor", "--config", file, "--data", folder.toString()))
                    .isEqualTo(1);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("OK +java")
                .containsPattern("FAIL +elasticsearch .*127.0.0.1:1")
                .contains("elasticsearch.url")
                .containsPattern("FAIL +smtp .*127.0.0.1:1")
                .contains("Alerts wait until it answers");
    }

    @Test
    void anUnknownCommandOrOptionIsBadUsage() {
        assertThat(run("nosuch")).isEqualTo(2);
        assertThat(run("candidates", "--nosuch")).isEqualTo(2);
        assertThat(run("decide", "abcd", "guilty", "--why", "x")).isEqualTo(2);
        assertThat(said.toString()).contains("nosuch", "guilty");
    }

    @Test
    void everyCommandExplainsItself() {
        Tidewatch.commandLine().getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                assertThat(command.getUsageMessage()).as(name).contains("Usage: tidewatch " + name);
                assertThat(command.getCommandSpec().usageMessage().description())
                        .as(name)
                        .isNotEmpty();
            }
        });
    }
}
