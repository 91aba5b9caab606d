package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.StatusReport;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.SentMail;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpStage;

/** Connectors of a whole server are tried by the command; what came of it is in the status. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ValidationTest {

    private static final String BOB = "bob@fabrikam.test";

    private final JsonTexts json = new JsonTexts();
    private OperatedServer operated;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        operated = new OperatedServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        operated.close();
    }

    @Test
    void sendsAMailByTheServersQueueAndRemembersThatItArrived() throws Exception {
        operated.fabrikam().on(SmtpStage.END_OF_DATA).reply("250 2.0.0 queued as 4F2");

        CommandRun run = operated.run("validate", "fabrikam", "--recipient", BOB, "--send", "--json");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        SentMail sent = json.read(run.out(), ConnectorValidation.class).sent().get(0);
        assertThat(sent.step().text()).endsWith("250 2.0.0 queued as 4F2");
        ReceivedMail received = operated.fabrikam().received().get(0);
        assertThat(received.recipientAddresses()).containsExactly(BOB);
        assertThat(received.content().header("Message-ID")).contains(sent.messageId());
        assertThat(operated.server().events(event -> event.messageId()
                        .filter(sent.messageId()::equals)
                        .isPresent()))
                .extracting(MailEvent::type)
                .containsExactly(MailEvent.Type.OPERATED, MailEvent.Type.DELIVERED);
        assertThat(state(OperatedServer.FABRIKAM).isValidated()).isTrue();

        operated.restart();

        assertThat(state(OperatedServer.FABRIKAM).isValidated()).isTrue();
        assertThat(state(OperatedServer.FABRIKAM).lastValidationTimestamp()).isPresent();
        assertThat(state(OperatedServer.OTHER).isValidated()).isFalse();
        assertThat(state(OperatedServer.OTHER).lastValidationTimestamp()).isEmpty();
        assertThat(operated.run("status").out()).containsPattern("contoso/Fabrikam +yes +\\d+s ago");
    }

    @Test
    void warnsInTheStatusOfAHostThatRefusesUntilTheConnectorIsChanged() throws Exception {
        operated.other().on(SmtpStage.RCPT).reply("550 5.1.1 nobody");

        CommandRun run = operated.run("validate", OperatedServer.OTHER, "--recipient", "ann@other.test");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("contoso/Other NOT VALIDATED - 0 of 1 host takes mail; ")
                .contains("550 5.1.1 nobody", "-> See that the recipient exists there");
        assertThat(report().findings()).anySatisfy(finding -> assertThat(finding.text())
                .startsWith("connector contoso/Other is not validated: ")
                .contains("550 5.1.1 nobody"));

        operated.edit(text ->
                text.replace("<recipientDomains>other.test", "<port>2525</port>\n<recipientDomains>other.test"));

        assertThat(state(OperatedServer.OTHER).changedSince()).isTrue();
        assertThat(report().findings()).noneMatch(finding -> finding.text().contains("is not validated"));
    }

    @Test
    void triesADisabledConnectorButSendsNoMailByIt() throws Exception {
        operated.edit(text -> text.replaceFirst(
                "<connectorType>partner</connectorType>",
                "<connectorType>partner</connectorType>\n<enabled>false</enabled>"));

        CommandRun tried = operated.run("validate", "Fabrikam", "--recipient", BOB);
        CommandRun sent = operated.run("validate", "Fabrikam", "--recipient", BOB, "--send");

        assertThat(tried.exitCode()).as(tried.out() + tried.err()).isZero();
        assertThat(tried.out()).contains("disabled: no mail leaves by it");
        assertThat(sent.exitCode()).isEqualTo(2);
        assertThat(sent.err()).contains("contoso/Fabrikam is disabled").contains("set enabled to true");
        assertThat(operated.fabrikam().received()).isEmpty();
    }

    @Test
    void triesADraftThatNoServerHasReadYet(@TempDir Path drafts) throws Exception {
        Files.writeString(drafts.resolve("recipients.csv"), "primaryAddress\nchris@contoso.com\n");
        Path draft = Files.writeString(
                drafts.resolve("mailflow.xml"),
                """
                <mailflow>
                  <server><fqdn>mail.contoso.com</fqdn></server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com"/>
                    <recipients><file>recipients.csv</file></recipients>
                    <outboundConnector name="New">
                      <connectorType>partner</connectorType>
                      <recipientDomains>fabrikam.test</recipientDomains>
                      <useMXRecord>false</useMXRecord>
                      <smartHosts>[127.0.0.1]:%d</smartHosts>
                      <tlsSettings>encryptionOnly</tlsSettings>
                      <validationRecipients>bob@fabrikam.test</validationRecipients>
                    </outboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(operated.fabrikam().port()));

        CommandRun run = CommandRun.of("validate", "New", "--config", draft.toString(), "--conf", drafts.toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("the host does not offer STARTTLS", "as long as it has tlsSettings encryptionOnly");
        assertThat(operated.run("validate", "New").exitCode()).isEqualTo(2);
    }

    private ConnectorState state(String connector) throws Exception {
        return report().facts().validations().stream()
                .filter(state -> state.connector().equals(connector))
                .findFirst()
                .orElseThrow();
    }

    private StatusReport report() throws Exception {
        return json.read(webAdminAnswer("/mailflow/status"), StatusReport.class);
    }

    private String webAdminAnswer(String path) throws Exception {
        return operated.webAdmin().get(path).body();
    }
}
