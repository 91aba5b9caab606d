package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import picocli.CommandLine.Help.Ansi;

class TraceCommandTest {

    private static final String MAIL = "Mail1767268800000-4f1c";
    private static final Optional<String> MESSAGE_ID = Optional.of("<1@cpandl.com>");

    private static TestEvents splitMail() {
        return new TestEvents()
                .add(event(MailEvent.Type.RECEIVED)
                        .mailId(MAIL)
                        .recipients(List.of("chris@contoso.com", "david@contoso.com"))
                        .peer("203.0.113.7")
                        .tls(Optional.of("TLSv1.3"), Optional.of("TLS_AES_256_GCM_SHA384"))
                        .peerIdentity("no certificate")
                        .reply("250 2.6.0 Message received"))
                .add(event(MailEvent.Type.ROUTED)
                        .mailId(MAIL + "-!91")
                        .recipients(List.of("david@contoso.com"))
                        .organization(Optional.of("contoso"))
                        .connector(Optional.of("To the cloud"))
                        .reason("david's mailbox is in the cloud (mailflow.xml:56:5)"))
                .add(event(MailEvent.Type.DEFERRED)
                        .mailId(MAIL + "-!91")
                        .recipients(List.of("david@contoso.mail.onmicrosoft.com"))
                        .organization(Optional.of("contoso"))
                        .connector(Optional.of("contoso/To the cloud"))
                        .peer("cloud.example[127.0.0.2]:25")
                        .reply("451 4.3.2 Please try again later"))
                .add(event(MailEvent.Type.DELIVERED).mailId(MAIL).recipients(List.of("chris@contoso.com")))
                .add(event(MailEvent.Type.DELIVERED)
                        .mailId(MAIL + "-!91")
                        .recipients(List.of("david@contoso.mail.onmicrosoft.com"))
                        .peer("cloud.example[127.0.0.2]:25")
                        .reply("250 2.6.0 Queued"))
                .add(MailEvent.builder(MailEvent.Type.REFUSED, "mail.contoso.com")
                        .sender("<>")
                        .recipients(List.of("nobody@contoso.com"))
                        .peer("203.0.113.8")
                        .reply("550 5.4.1 Recipient address rejected: Access denied"));
    }

    private static MailEvent.Builder event(MailEvent.Type type) {
        return MailEvent.builder(type, "mail.contoso.com").messageId(MESSAGE_ID).sender("erin@cpandl.com");
    }

    @Test
    void showsATimeLineOfEachMail(@TempDir Path data) throws Exception {
        splitMail().writeTo(data.resolve("mail.log"));

        CommandRun run = CommandRun.of("trace", "--data", data.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEqualTo(CommandRun.golden("trace.txt"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void answersInJson(@TempDir Path folder) throws Exception {
        Path log = splitMail().writeTo(folder.resolve("some.log"));

        CommandRun run = CommandRun.of("trace", "--json", "--log", log.toString(), "1@cpandl.com");

        JsonNode answer = new ObjectMapper().readTree(run.out());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(answer).hasSize(1);
        assertThat(answer.get(0).get("mailId").asText()).isEqualTo(MAIL);
        assertThat(answer.get(0).get("messageId").asText()).isEqualTo("<1@cpandl.com>");
        assertThat(answer.get(0).get("events")).hasSize(5);
        assertThat(answer.get(0).get("events").get(0).get("time").asText()).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void saysSoWhereNothingIsFound(@TempDir Path folder) throws Exception {
        Path log = splitMail().writeTo(folder.resolve("some.log"));

        CommandRun run = CommandRun.of("trace", "--log", log.toString(), "frank@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToIgnoringNewLines("Nothing found of frank@contoso.com.");
    }

    @Test
    void saysSoWhereTheLogIsMissing(@TempDir Path folder) {
        CommandRun run = CommandRun.of("trace", "--data", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no log " + folder.resolve("mail.log"), "--data");
    }

    @Test
    void tellsWhereOnlyTheLastAreShown(@TempDir Path folder) throws Exception {
        Path log = splitMail().writeTo(folder.resolve("some.log"));

        CommandRun run = CommandRun.of("trace", "--log", log.toString(), "--last", "1");

        assertThat(run.out()).startsWith("No mail").doesNotContain(MAIL);
        assertThat(run.err()).isEqualToIgnoringNewLines("These are the last 1; --last N shows more.");
    }

    @Test
    void paintsATerminal(@TempDir Path folder) throws Exception {
        Path log = splitMail().writeTo(folder.resolve("some.log"));

        CommandRun run = CommandRun.of(Ansi.ON, "trace", "--log", log.toString());

        assertThat(run.out()).contains("\u001B[32mdelivered\u001B[0m", "\u001B[31mrefused\u001B[0m");
        assertThat(run.out().replaceAll("\u001B\\[[0-9]+m", "")).isEqualTo(CommandRun.golden("trace.txt"));
    }

    @Test
    void letsNoStrangerWriteToTheTerminal(@TempDir Path folder) throws Exception {
        String hostile = "x\u001B]0;title\u0007\u001B[2J\r\n2026-01-01 delivered \u202E\u009B31m";
        TestEvents events = new TestEvents()
                .add(MailEvent.builder(MailEvent.Type.FAILED, hostile)
                        .mailId(hostile)
                        .messageId(Optional.of(hostile))
                        .sender(hostile)
                        .recipients(List.of(hostile))
                        .organization(Optional.of(hostile))
                        .connector(Optional.of(hostile))
                        .peer(hostile)
                        .tls(Optional.of(hostile), Optional.of(hostile))
                        .peerIdentity(hostile)
                        .reply(hostile)
                        .reason(hostile));
        Path log = events.writeTo(folder.resolve("some.log"));

        CommandRun text = CommandRun.of("trace", "--log", log.toString());
        CommandRun json = CommandRun.of("trace", "--json", "--log", log.toString());

        assertThat(text.out().lines()).allMatch(line -> line.matches("[ -~]*")).hasSize(6);
        assertThat(json.out().lines()).allMatch(line -> line.matches("[ -~]*"));
    }
}
