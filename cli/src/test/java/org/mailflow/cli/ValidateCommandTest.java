package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.HostReport;
import org.mailflow.core.validation.NextHopReport;
import org.mailflow.core.validation.OfflineValidator;
import org.mailflow.core.validation.SentMail;
import org.mailflow.core.validation.Stage;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.core.validation.ValidationWish;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ValidateCommandTest {

    private static final String XML =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com"/>
                <recipients><file>recipients.csv</file></recipients>
                <outboundConnector name="%s">
                  <connectorType>partner</connectorType>
                  <enabled>false</enabled>
                  <recipientDomains>fabrikam.com</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>mail.fabrikam.com</smartHosts>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    /** Tries nothing, and finds that all is well but for connectors whose name says otherwise. */
    private static final OfflineValidator OFFLINE = (configuration, mailflow, plan) ->
            validation(plan, !plan.connector().name().contains("broken"));

    private final JsonTexts json = new JsonTexts();
    private HttpServer server;
    private volatile String path = "";
    private volatile String asked = "";
    private volatile boolean well = true;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("recipients.csv"), "primaryAddress\nchris@contoso.com\n");
        Files.writeString(folder.resolve("mailflow.xml"), XML.formatted("To Fabrikam"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mailflow/connectors", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String answer;
        if (exchange.getRequestMethod().equals("GET")) {
            answer = json.write(List.of(state("contoso/To Fabrikam"), state("contoso/A+B"), state("adatum/A+B")));
        } else {
            path = exchange.getRequestURI().getRawPath();
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer = json.write(validation(List.of(SMTP), well));
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void asksTheRunningServerForTheConnectorOfThisName() throws Exception {
        CommandRun run = online("to fabrikam", "--recipient", "bob@fabrikam.com", "--send", "--wait", "9", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(path).isEqualTo("/mailflow/connectors/contoso/To%20Fabrikam/validation");
        assertThat(json.read(asked, ValidationWish.class))
                .isEqualTo(new ValidationWish(
                        List.of("bob@fabrikam.com"),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.of(9)));
        assertThat(json.read(run.out(), ConnectorValidation.class)).isEqualTo(validation(List.of(SMTP), true));
    }

    @Test
    void showsEachStepAndWhatToDo() {
        well = false;

        CommandRun run = online("adatum/a+b");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(path).isEqualTo("/mailflow/connectors/adatum/A%2BB/validation");
        assertThat(run.out().lines())
                .contains(
                        "contoso/To Fabrikam NOT VALIDATED - 0 of 1 host takes mail, 1 of 1 mail arrived; "
                                + "mail.fabrikam.com[192.0.2.1]:25: RCPT TO: 550 \\u001B[2J no",
                        "Connector   mail.fabrikam.com; port 25; TLS where it is offered; disabled: no mail leaves by it",
                        "mail.fabrikam.com",
                        "  mail.fabrikam.com[192.0.2.1]:25",
                        "    ok       connect    12 ms    connected",
                        "    FAILED   RCPT TO             550 \\u001B[2J no",
                        "                                 -> Name another recipient",
                        "Mail to bob@fabrikam.com, Message-ID <1@contoso.com>",
                        "  ok       send                250 2.0.0 queued");
        assertThat(run.out()).doesNotContain("\u001B");
    }

    @ParameterizedTest
    @CsvSource({"To Fabrikam, 0", "contoso/to fabrikam, 0", "Broken, 2"})
    void triesADraftOfTheFiles(String connector, int exitCode) throws Exception {
        CommandRun run =
                offline(connector, "--offline", "--conf", folder.toString(), "--recipient", "bob@fabrikam.com");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(asked).isEmpty();
    }

    @Test
    void triesADraftOfAnotherFile() throws Exception {
        Path draft = Files.writeString(folder.resolve("draft.xml"), XML.formatted("A broken one"));

        CommandRun run = offline(
                "A broken one",
                "--config",
                draft.toString(),
                "--conf",
                folder.toString(),
                "--recipient",
                "bob@fabrikam.com");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NOT_OK);
        assertThat(run.out()).contains("Asked       the file, not a server: " + draft);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Nobody                                        | 'Nobody' is not the name of one outbound connector; there are contoso/To Fabrikam",
                "To Fabrikam --recipient bob                   | write it like chris@contoso.com",
                "To Fabrikam --timeout 0                       | timeoutSeconds: 0 is not from 1 to 600",
                "To Fabrikam --send                            | --send is for the running server",
                "To Fabrikam --config nowhere.xml              | there is no file"
            })
    void saysWhatMakesNoSense(String line, String text) {
        String[] words = line.split(" --", 2);
        String[] options = words.length == 1 ? new String[0] : ("--" + words[1]).split(" ");
        CommandRun run = offline(words[0], concat(options, "--offline", "--conf", folder.toString()));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(text);
    }

    @Test
    void doesNotTryAFileWithAnError() throws Exception {
        Files.writeString(
                folder.resolve("mailflow.xml"), XML.formatted("To Fabrikam").replace("partner", "friend"));

        CommandRun run = offline("To Fabrikam", "--offline", "--conf", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("mailflow.xml:7:", "connectorType", "no server would run on");
    }

    private static final Step SMTP = Step.ok(Stage.CONNECT, "connected").took(12);

    private static ConnectorState state(String name) {
        return new ConnectorState(name, true, false, Optional.empty(), Optional.empty(), false);
    }

    private static ConnectorValidation validation(ValidationPlan plan, boolean well) {
        return ConnectorValidation.of(plan, Instant.EPOCH, plan.notes(), nextHops(List.of(SMTP), well));
    }

    private static List<NextHopReport> nextHops(List<Step> steps, boolean well) {
        List<Step> all = well
                ? steps
                : List.of(steps.get(0), Step.failed(Stage.RCPT, "550 \u001B[2J no", "Name another recipient"));
        return List.of(NextHopReport.of(
                "mail.fabrikam.com",
                List.of(Step.ok(Stage.RESOLVE, "A and AAAA of mail.fabrikam.com: 192.0.2.1")),
                List.of(HostReport.of("mail.fabrikam.com[192.0.2.1]:25", all, List.of("SIZE"), Optional.empty()))));
    }

    private static ConnectorValidation validation(List<Step> steps, boolean well) {
        return new ConnectorValidation(
                        "contoso/To Fabrikam",
                        false,
                        false,
                        Instant.EPOCH,
                        "",
                        "mail.fabrikam.com; port 25; TLS where it is offered",
                        "mail.contoso.com",
                        "<>",
                        List.of("bob@fabrikam.com"),
                        List.of(),
                        nextHops(steps, well),
                        List.of())
                .withSent(List.of(
                        new SentMail("bob@fabrikam.com", "<1@contoso.com>", Step.ok(Stage.SEND, "250 2.0.0 queued"))));
    }

    private CommandRun online(String connector, String... options) {
        return offline(
                connector,
                concat(
                        options,
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--token",
                        "s3cret"));
    }

    private static CommandRun offline(String connector, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MailflowCommand.commandLine(new ValidateCommand(OFFLINE))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(concat(new String[] {"validate", connector}, options));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
    }
}
