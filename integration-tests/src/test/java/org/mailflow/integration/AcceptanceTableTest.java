package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.decision.RecipientDecision;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.PemFiles;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Who may send what, as {@code frontdoor/acceptance.csv} has it: by core alone, over sockets, and for a client in another
 * language with another TLS. What differs from the table is listed whole: a change of policy is a change of that file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceTableTest {

    private static final int FEWEST_ROWS = 150;
    private static final String ACCEPTED = "250 2.1.5";
    private static final String INCOMING = "incoming";
    /** The client is refused before it is asked whose its mail is. */
    private static final String NOT_ASKED = "-";

    private final Map<String, Optional<Credentials>> credentials = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private FrontDoorServer door;

    private record Row(
            int line,
            String client,
            PresentedCertificate certificate,
            String sender,
            String recipient,
            String reply,
            String attribution) {

        static Row of(int line, String text) {
            String[] field =
                    Arrays.stream(text.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            return new Row(line, field[0], new PresentedCertificate(field[1]), field[2], field[3], field[4], field[5]);
        }

        /** Without angle brackets; empty for the null sender. */
        String mailFrom() {
            return sender.equals("<>") ? "" : sender;
        }

        boolean isAccepted() {
            return reply.equals(ACCEPTED);
        }

        /** In the words of a server that gave this reply and that attribution. */
        String with(String givenReply, String givenAttribution) {
            return "line " + line + ": " + client + " | " + certificate.text() + " | " + sender + " | " + recipient
                    + " | " + givenReply + " | " + givenAttribution;
        }

        String asWritten() {
            return with(reply, attribution);
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(FrontDoorServer.TABLE));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("#") && !lines.get(i).startsWith("client ")) {
                rows.add(Row.of(i + 1, lines.get(i)));
            }
        }
        door = new FrontDoorServer(directory);
        rows.forEach(row -> credentials.computeIfAbsent(
                row.certificate().text(), text -> row.certificate().credentials(door.authority())));
    }

    @AfterAll
    void stop() throws Exception {
        door.close();
    }

    @Test
    void theTableIsWorthIt() {
        assertThat(rows)
                .hasSizeGreaterThan(FEWEST_ROWS)
                .extracting(Row::asWritten)
                .doesNotHaveDuplicates();
        assertThat(rows.stream().filter(Row::isAccepted).count()).isGreaterThan(FEWEST_ROWS / 3);
        assertThat(rows)
                .extracting(Row::reply)
                .contains(
                        "550 5.7.51", "550 5.7.64", "550 5.7.68", "550 5.4.1", "550 5.7.1", "550 5.7.513", "451 5.7.3");
    }

    @Test
    void coreAloneDecidesSo() {
        Mailflow mailflow = door.mailflow();
        assertAll(row -> decide(mailflow, row));
    }

    @Test
    void theServerDecidesSo() throws Exception {
        int before = refusals().size();
        List<Sent> sent = new ArrayList<>();
        for (Row row : rows) {
            sent.add(send(row));
        }
        List<MailEvent> refusals = refusals().subList(before, refusals().size());
        List<MailEvent> received = door.server().events(event -> event.type() == MailEvent.Type.RECEIVED);

        assertAll(row -> {
            int index = rows.indexOf(row);
            Sent one = sent.get(index);
            MailEvent event = one.mail()
                    .map(mail -> eventOf(mail, received))
                    .orElseGet(() -> refusals.get((int) refused(sent.subList(0, index))));
            assertThat(event.peer()).hasValue(row.client());
            return row.with(one.reply(), row.attribution().equals(NOT_ASKED) ? NOT_ASKED : word(event));
        });
    }

    private List<MailEvent> refusals() throws IOException {
        return door.server().events(event -> event.type() == MailEvent.Type.REFUSED);
    }

    /** One client at a time: their refusals are told of in the same order. */
    private static long refused(List<Sent> sent) {
        return sent.stream().filter(one -> one.mail().isEmpty()).count();
    }

    private static MailEvent eventOf(TestMail mail, List<MailEvent> received) {
        return received.stream()
                .filter(event ->
                        event.messageId().filter(mail.messageId()::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static String word(MailEvent event) {
        return event.organization()
                .map(organization -> organization + "/" + event.connector().orElse(""))
                .orElse(INCOMING);
    }

    @Test
    @RequiresPeer("python3")
    void aClientInPythonIsAnsweredSo(@TempDir Path directory) throws Exception {
        List<RawOutcome> outcomes;
        try (RawClient client = RawClient.start()) {
            Map<String, PemFiles> files = new HashMap<>();
            List<RawSession> sessions = new ArrayList<>();
            for (Row row : rows) {
                sessions.add(session(row, directory, files));
            }
            outcomes = client.runAll(sessions);
        }
        assertAll(row -> {
            RawOutcome outcome = outcomes.get(rows.indexOf(row));
            String reply = outcome.replies().stream()
                    .filter(given -> given.startsWith("4") || given.startsWith("5"))
                    .findFirst()
                    .orElse(outcome.last());
            return row.with(code(reply), row.attribution());
        });
    }

    /** How a row turned out, in its own words. */
    private interface Judge {
        String judge(Row row) throws Exception;
    }

    private void assertAll(Judge judge) {
        SoftAssertions softly = new SoftAssertions();
        for (Row row : rows) {
            try {
                softly.assertThat(judge.judge(row)).isEqualTo(row.asWritten());
            } catch (Exception e) {
                softly.fail(row.asWritten(), e);
            }
        }
        softly.assertAll();
    }

    private String decide(Mailflow mailflow, Row row) {
        Transaction transaction = new Transaction(
                mailflow,
                peer(mailflow, row),
                Optional.of(row.mailFrom()).filter(text -> !text.isEmpty()).map(EmailAddress::parse));
        RecipientDecision decision = transaction.decide(EmailAddress.parse(row.recipient()), Instant.now());
        String reply = decision.outcome() instanceof Refused refused
                ? code(refused.reply().toString())
                : ACCEPTED;
        String attribution = row.attribution().equals(NOT_ASKED) ? NOT_ASKED : word(decision.attribution());
        if (decision.isAccepted()) {
            assertThat(transaction.stamp(Instant.now()).directionality())
                    .isEqualTo(attribution.equals(INCOMING) ? Directionality.INCOMING : Directionality.ORIGINATING);
        }
        return row.with(reply, attribution);
    }

    /** The certificate is judged as it would be behind a handshake. */
    private Peer peer(Mailflow mailflow, Row row) {
        IpAddress client = IpAddress.parse(row.client());
        if (!row.certificate().isTls()) {
            return Peer.inClearText(client);
        }
        PeerIdentity identity = new PeerJudge(mailflow.server().trustedCertificates(), PeerJudge.Role.CLIENT)
                .judge(presented(row).map(Credentials::chain).orElse(List.of()), Instant.now());
        return new Peer(
                client, Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")), identity, Optional.empty());
    }

    private static String word(Attribution attribution) {
        return attribution instanceof Attribution.Originating originating
                ? originating.organization().name() + "/"
                        + originating.connector().orElseThrow().name()
                : INCOMING;
    }

    /** The answer to a row, and the mail where it was accepted. */
    private record Sent(String reply, Optional<TestMail> mail) {}

    private Sent send(Row row) throws IOException {
        try (SmtpDialogue smtp = door.server().connect(row.client())) {
            if (row.certificate().isTls()) {
                smtp.startTls(presented(row).map(TlsContexts::gullibleClient).orElseGet(TlsContexts::gullibleClient));
                smtp.send("EHLO client.test").expect("250");
            }
            SmtpReply begun = smtp.send("MAIL FROM:<" + row.mailFrom() + ">").read();
            if (begun.code() != 250) {
                return new Sent(code(begun.text()), Optional.empty());
            }
            SmtpReply reply = smtp.send("RCPT TO:<" + row.recipient() + ">").read();
            if (reply.code() != 250) {
                return new Sent(code(reply.text()), Optional.empty());
            }
            TestMail mail = TestMail.of(row.mailFrom(), row.recipient());
            assertThat(smtp.sendData(mail.content()).code()).isEqualTo(250);
            return new Sent(code(reply.text()), Optional.of(mail));
        }
    }

    private RawSession session(Row row, Path directory, Map<String, PemFiles> files) throws IOException {
        RawSession session = door.raw(row.client());
        if (row.certificate().isTls()) {
            Optional<Credentials> identity = presented(row);
            if (identity.isPresent()) {
                PemFiles pem = files.get(row.certificate().text());
                if (pem == null) {
                    pem = identity.get().writePem(directory, "client-" + files.size());
                    files.put(row.certificate().text(), pem);
                }
                session.startTls(pem);
            } else {
                session.startTls();
            }
            session.say("EHLO client.test");
        }
        return session.say("MAIL FROM:<" + row.mailFrom() + ">").say("RCPT TO:<" + row.recipient() + ">");
    }

    private Optional<Credentials> presented(Row row) {
        return credentials.getOrDefault(row.certificate().text(), Optional.empty());
    }

    /** The code and the enhanced status: {@code 550 5.7.64}. */
    private static String code(String reply) {
        String[] words = reply.split(" ", 3);
        return words.length < 2 ? reply : words[0] + " " + words[1];
    }
}
