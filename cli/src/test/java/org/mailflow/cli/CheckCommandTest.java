package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class CheckCommandTest {

    private static final Path SHIPPED = Path.of("..", "conf");

    private static final String TWO_MISTAKES_AND_A_TRAP =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="cellar">
                <acceptedDomain name="contoso.com" type="authoritative"/>
                <recipients><file>gone.csv</file></recipients>
                <outboundConnector name="Everything">
                  <connectorType>onPremises</connectorType>
                  <recipientDomains>*</recipientDomains>
                  <allAcceptedDomains>true</allAcceptedDomains>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    @Test
    void isContentWithASoundConfiguration() throws Exception {
        Path conf = CommandRun.resource("conf");

        CommandRun run = CommandRun.of("check", "--conf", conf.toString());

        assertThat(run.out())
                .isEqualToIgnoringNewLines(conf.resolve("mailflow.xml")
                        + ": no errors, no warnings (there are no files of James beside it)");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void tellsEveryProblemWithItsPlace(@TempDir Path conf) throws Exception {
        Path file = Files.writeString(conf.resolve("mailflow.xml"), TWO_MISTAKES_AND_A_TRAP);

        CommandRun run = CommandRun.of("check", "--conf", conf.toString());

        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith(file + ":3:3: error: organization 'contoso'/premises: "))
                .anyMatch(line -> line.matches(
                        "\\Q" + file + "\\E:5:\\d+: error: recipients/file: there is no file gone\\.csv\\. .+"))
                .anyMatch(line -> line.startsWith(file + ":")
                        && line.contains(": warning: outboundConnector 'Everything'/allAcceptedDomains: "));
        assertThat(run.out().lines().reduce((first, last) -> last).orElse(""))
                .startsWith(file + ": 2 errors, 1 warning");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
    }

    @Test
    void readsTheFilesOfJamesBesideIt(@TempDir Path conf) throws Exception {
        copy(SHIPPED.resolve("extension"), conf);
        Path container = conf.resolve("mailetcontainer.xml");
        Path domains = conf.resolve("domainlist.xml");
        replace(
                container,
                "<mailet match=\"All\" class=\"LocalDelivery\">",
                "<mailet matcher=\"All\" class=\"LocalDelivery\">");
        replace(domains, "<domainname>contoso.com", "<domainname>tailspintoys.com");
        long line = 1
                + Files.readAllLines(container).stream()
                        .takeWhile(text -> !text.contains("matcher=\"All\" class=\"LocalDelivery\""))
                        .count();

        CommandRun run = CommandRun.of("check", "--conf", conf.toString());

        assertThat(run.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        domains + ":9:17: error: domainlist: tailspintoys.com is no accepted domain"),
                        second -> assertThat(second)
                                .startsWith(container + ":" + line
                                        + ":7: error: mailet LocalDelivery: has the attribute matcher"),
                        last -> assertThat(last).isEqualTo(conf + ": 2 errors, no warnings"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
    }

    @Test
    void isContentWithWhatWeShipForAStockJames() {
        Path conf = SHIPPED.resolve("extension");

        CommandRun run = CommandRun.of("check", "--conf", conf.toString());

        assertThat(run.out()).isEqualToIgnoringNewLines(conf + ": no errors, no warnings");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void refusesADirectoryThatLacksOneOfJamesFiles(@TempDir Path conf) throws Exception {
        copy(SHIPPED.resolve("extension"), conf);
        Files.delete(conf.resolve("smtpserver.xml"));

        CommandRun run = CommandRun.of("check", "--json", "--conf", conf.toString());

        JsonNode problems = new ObjectMapper().readTree(run.out());
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).get("file").asText())
                .isEqualTo(conf.resolve("smtpserver.xml").toString());
        assertThat(problems.get(0).get("message").asText()).isEqualTo("does not exist");
    }

    @Test
    void answersInJson(@TempDir Path conf) throws Exception {
        Path file = Files.writeString(conf.resolve("mailflow.xml"), TWO_MISTAKES_AND_A_TRAP);

        CommandRun run = CommandRun.of("check", "--json", "--conf", conf.toString());

        JsonNode problems = new ObjectMapper().readTree(run.out());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(problems.findValuesAsText("severity")).containsExactlyInAnyOrder("error", "error", "warning");
        assertThat(problems.get(0).get("file").asText()).isEqualTo(file.toString());
        assertThat(problems.get(0).get("line").asInt()).isEqualTo(3);
        assertThat(problems.get(0).get("column").asInt()).isEqualTo(3);
        assertThat(problems.get(0).get("element").asText()).isEqualTo("organization 'contoso'/premises");
        assertThat(problems.get(0).get("message").asText()).isNotBlank();
        assertThat(problems.get(0).get("remedy").asText()).isNotBlank();
    }

    @Test
    void anEmptyArrayIsJsonToo() throws Exception {
        CommandRun run = CommandRun.of(
                "check", "--json", "--conf", CommandRun.resource("conf").toString());

        assertThat(new ObjectMapper().readTree(run.out())).isEmpty();
    }

    @Test
    void saysSoWhereThereIsNoConfiguration(@TempDir Path conf) {
        CommandRun run = CommandRun.of("check", "--conf", conf.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no " + conf.resolve("mailflow.xml"), "--conf");
    }

    @Test
    void paintsATerminalAndNothingElse(@TempDir Path conf) throws Exception {
        Files.writeString(
                conf.resolve("mailflow.xml"), TWO_MISTAKES_AND_A_TRAP.replace("cellar", "c&#x85;\u202E&#x9B;31m"));

        CommandRun painted = CommandRun.of(Ansi.ON, "check", "--conf", conf.toString());
        CommandRun plain = CommandRun.of(Ansi.OFF, "check", "--conf", conf.toString());

        assertThat(painted.out()).contains("\u001B[31merror: \u001B[0m").doesNotContain("\u009B", "\u202E");
        assertThat(plain.out()).matches("(?s)[ -~\\r\\n]*");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void replace(Path file, String text, String replacement) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement));
    }
}
