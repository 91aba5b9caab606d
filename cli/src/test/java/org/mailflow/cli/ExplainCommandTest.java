package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;

class ExplainCommandTest {

    private static final JsonTexts JSON = new JsonTexts();

    @Test
    void showsTheWayOfEachRecipientAndWhy() throws Exception {
        CommandRun run = offline(
                CommandRun.resource("conf"),
                "--client-ip",
                "203.0.113.7",
                "--certificate",
                "a.mail.protection.example",
                "--from",
                "erin@cpandl.com",
                "--to",
                "dave@contoso.com",
                "--to",
                "chris@contoso.com",
                "--to",
                "nobody@contoso.com",
                "--to",
                "frank@tailspin.example");

        String source = CommandRun.resource("conf").resolve("mailflow.xml").toString();
        assertThat(run.out()).isEqualTo(CommandRun.golden("explain.txt").replace("${source}", source));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
    }

    @Test
    void showsUnavailableWhereASourceCannotBeRead(@TempDir Path conf) throws Exception {
        copyConf(conf);
        Files.delete(conf.resolve("adatum.csv"));

        CommandRun run = offline(
                conf,
                "--client-ip",
                "203.0.113.7",
                "--from",
                "<>",
                "--to",
                "anna@adatum.example",
                "--to",
                "chris@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith(conf.resolve("mailflow.xml") + ":37:")
                .contains(": unavailable: recipients/file: there is no file adatum.csv");
        assertThat(run.out()).contains("anna@adatum.example: unavailable", "451 4.3.0", "chris@contoso.com: accepted");
    }

    @Test
    void answersNothingOnFilesThatNoServerWouldRunOn(@TempDir Path conf) throws Exception {
        copyConf(conf);
        Path file = conf.resolve("mailflow.xml");
        Files.writeString(file, Files.readString(file).replace("onPremises\">", "cellar\">"));

        CommandRun run = offline(conf, "--client-ip", "203.0.113.7", "--from", "<>", "--to", "chris@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(file + ":8:3: error: ", "no server would run on " + file);
    }

    @Test
    void answersInJsonWhatCoreExplains() throws Exception {
        Path conf = CommandRun.resource("conf");

        CommandRun run = offline(
                conf,
                "--json",
                "--client-ip",
                "203.0.113.7",
                "--unverified-certificate",
                "a.mail.protection.example,b.example",
                "--tls",
                "1.2",
                "--from",
                "<>",
                "--to",
                "dave@contoso.com");

        String question = "{\"clientIp\":\"203.0.113.7\",\"tls\":\"1.2\",\"certificate\":{\"names\":"
                + "[\"a.mail.protection.example\",\"b.example\"],\"verified\":false},\"from\":\"<>\","
                + "\"to\":[\"dave@contoso.com\"]}";
        Explanation expected = Explainer.explain(
                MailflowXml.read(conf.resolve("mailflow.xml"), 1).mailflow().orElseThrow(),
                JSON.read(question, QuestionForm.class).toQuestion(),
                Instant.now());
        assertThat(JSON.read(run.out(), Explanation.class).recipients()).isEqualTo(expected.recipients());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "--no-tls,  frank@wingtip.example, chris@contoso.com, refused for now",
        "--tls=1.2, frank@wingtip.example, chris@contoso.com, accepted",
        "--no-tls,  erin@cpandl.com,       erin@cpandl.com,   refused",
        "--auth=chris@contoso.com, chris@contoso.com, erin@cpandl.com, accepted",
        "--auth=chris@contoso.com, david@contoso.com, erin@cpandl.com, refused",
    })
    void theSessionCounts(String session, String from, String to, String verdict) throws Exception {
        CommandRun run =
                offline(CommandRun.resource("conf"), "--client-ip", "203.0.113.7", session, "--from", from, "--to", to);

        assertThat(run.out().lines()).contains("To          " + to + ": " + verdict);
        assertThat(run.exitCode()).isEqualTo(verdict.equals("accepted") ? ExitCode.OK : ExitCode.NOT_OK);
    }

    @Test
    void tellsEveryWrongOptionAtOnce() throws Exception {
        CommandRun run = offline(
                CommandRun.resource("conf"),
                "--client-ip",
                "localhost",
                "--tls",
                "9",
                "--from",
                "erin",
                "--to",
                "chris@contoso.com",
                "--to",
                "david");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines().map(line -> line.replaceFirst("^mailflow: ", "")
                        .replaceFirst(":.*", "")))
                .containsExactly("--client-ip", "--tls", "--from", "--to");
    }

    @Test
    void readsTheHeaderOfASavedMail(@TempDir Path folder) throws Exception {
        Path saved = folder.resolve("saved.eml");
        Files.writeString(
                saved,
                "Received: from a by b;\r\n\tyesterday\r\n".repeat(31) + "Subject: again\r\n\r\nReceived: no\r\n");

        CommandRun run = offline(
                CommandRun.resource("conf"),
                "--client-ip=203.0.113.7",
                "--from=erin@cpandl.com",
                "--to=chris@contoso.com",
                "--message=" + saved);

        assertThat(run.out()).contains("hop limit", "554 5.4.6", "31 hops, and 30 are allowed");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
    }

    @Test
    void aMailThatCannotBeReadAndAHeaderThatIsNoneAreWrongUsage() throws Exception {
        CommandRun missing = offline(
                CommandRun.resource("conf"),
                "--client-ip=203.0.113.7",
                "--from=<>",
                "--to=chris@contoso.com",
                "--message=/nowhere/saved.eml");
        CommandRun wrong = offline(
                CommandRun.resource("conf"),
                "--client-ip=203.0.113.7",
                "--from=<>",
                "--to=chris@contoso.com",
                "--header=nothing",
                "--xoorg=no domain");

        assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("--message: cannot read /nowhere/saved.eml");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("--header: 'nothing' is no field: write Name: value", "--xoorg: ");
    }

    @ParameterizedTest
    @CsvSource({
        "--no-tls --certificate=a.example, --certificate: cannot be presented in clear text",
        "--no-tls --tls=1.2, mutually exclusive",
        "--certificate=a.example --unverified-certificate=b.example, mutually exclusive",
    })
    void refusesWhatContradictsItself(String options, String message) throws Exception {
        CommandRun run = offline(
                CommandRun.resource("conf"),
                Stream.concat(
                                Stream.of("--client-ip=203.0.113.7", "--from=<>", "--to=chris@contoso.com"),
                                Stream.of(options.split(" ")))
                        .toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
    }

    private static CommandRun offline(Path conf, String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("explain", "--offline", "--conf", conf.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static void copyConf(Path folder) throws Exception {
        for (String name : List.of("mailflow.xml", "recipients.csv", "adatum.csv")) {
            Files.copy(CommandRun.resource("conf").resolve(name), folder.resolve(name));
        }
    }
}
