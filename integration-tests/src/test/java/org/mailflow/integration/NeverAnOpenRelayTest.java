package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailflow.integration.Contoso.CHRIS;
import static org.mailflow.integration.Contoso.DAVID;
import static org.mailflow.integration.Contoso.DAVID_IN_THE_CLOUD;
import static org.mailflow.integration.Contoso.ERIN;
import static org.mailflow.integration.Contoso.STRANGER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.PemFiles;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Neither side of the shipped configurations hands on a stranger's mail, whatever name he writes, whatever certificate he
 * shows, and however he spells the recipient.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeverAnOpenRelayTest {

    private static final List<String> SENDERS =
            List.of(CHRIS, DAVID_IN_THE_CLOUD, "postmaster@contoso.com", "nobody@contoso.com", "a@x.test", "");
    private static final int SWAKS_REFUSED_RECIPIENT = 24;

    private final Map<Side, TestServer> servers = new EnumMap<>(Side.class);
    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private LoopbackDns dns;
    private SmtpSink internet;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        dns = LoopbackDns.start();
        internet = SmtpSink.builder().addresses(Contoso.CPANDL).start();
        dns.mx("cpandl.com", 10, "mail.cpandl.com").a("mail.cpandl.com", Contoso.CPANDL);
        for (Side side : Side.values()) {
            Environment environment = Environment.of(side, directory.resolve(side.certificateFile()), authority, dns)
                    .with("MAILFLOW_SUBMISSIONS", "true")
                    .with("MAILFLOW_SUBMISSIONS_BIND", "127.0.0.1:0")
                    .withMailExchanger(internet);
            servers.put(
                    side,
                    TestServer.start(side.configuration(), directory.resolve(side.name()), environment, CHRIS, DAVID));
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (TestServer server : servers.values()) {
            server.close();
        }
        internet.close();
        dns.close();
    }

    @AfterEach
    void nothingLeft() throws Exception {
        assertThat(internet.connections()).isZero();
        for (TestServer server : servers.values()) {
            assertThat(server.events(event -> event.type() == MailEvent.Type.RECEIVED))
                    .allSatisfy(event -> assertThat(event.recipients()).containsExactly(CHRIS));
        }
    }

    static Stream<Arguments> clients() {
        return Stream.of(Side.values())
                .flatMap(side -> Stream.of(ForeignIdentity.values()).map(identity -> Arguments.of(side, identity)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void refusesAStranger(Side side, ForeignIdentity identity) throws Exception {
        TestServer server = server(side);
        for (int port : List.of(server.port(), server.submissionPort())) {
            try (SmtpDialogue smtp = identity.open(server, port, side.other().host(), authority)) {
                for (String sender : SENDERS) {
                    smtp.send("MAIL FROM:<" + sender + ">").expect(port == server.port() ? "250" : "530");
                    for (String recipient : ForeignRecipients.SOME) {
                        SmtpReply reply = smtp.send("RCPT TO:" + recipient).read();
                        assertThat(reply.code())
                                .as("%s to %s: %s", sender, recipient, reply)
                                .isBetween(400, 599);
                    }
                    smtp.send("DATA").expect("503");
                    smtp.send("RSET").expect("250");
                }
            }
        }
    }

    /** So the refusals are of the relaying, not of the mail. */
    @ParameterizedTest
    @EnumSource(ForeignIdentity.class)
    void takesAStrangersMailToUs(ForeignIdentity identity) throws Exception {
        TestServer server = server(Side.ON_PREMISES);
        TestMail mail = TestMail.of("a@x.test", CHRIS);
        try (SmtpDialogue smtp = identity.open(server, server.port(), Side.CLOUD.host(), authority)) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }

        assertThat(server.eventsOf(mail)).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo(MailEvent.Type.RECEIVED);
            assertThat(event.connector()).isEmpty();
            assertThat(event.organization()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void letsTheOtherSideRelay(Side side) throws Exception {
        TestServer server = server(side);
        try (SmtpDialogue smtp = server.connect(STRANGER)) {
            smtp.startTls(TlsContexts.client(authority.issue(side.other().host()), authority));
            smtp.send("EHLO " + side.other().host()).expect("250");
            smtp.send("MAIL FROM:<" + CHRIS + ">").expect("250");
            smtp.send("RCPT TO:<" + ERIN + ">").expect("250");
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void letsNoUserSendAsAnother(Side side) throws Exception {
        try (SmtpDialogue smtp = Submission.open(server(side), STRANGER, CHRIS)) {
            for (String sender : List.of(DAVID, "nobody@contoso.com", "a@x.test", "")) {
                smtp.send("MAIL FROM:<" + sender + ">").expect("250");
                smtp.send("RCPT TO:<" + ERIN + ">").expect("550 5.7.60");
                smtp.send("DATA").expect("503");
                smtp.send("RSET").expect("250");
            }
        }
    }

    @Test
    void takesNoPasswordInClearText() throws Exception {
        for (TestServer server : servers.values()) {
            try (SmtpDialogue smtp = server.connect(server.submissionPort(), STRANGER)) {
                smtp.send("AUTH PLAIN AGNocmlzAHg=").expectMatching("5\\d\\d .*");
                smtp.send("MAIL FROM:<" + CHRIS + ">").expect("530 5.7.0");
                smtp.send("RCPT TO:<" + ERIN + ">").expect("503");
            }
        }
    }

    /** The cloud refuses direct send; on-premises takes mail in our name to us, as Exchange does. */
    @Test
    void theCloudTakesNoStrangersMailInOurName() throws Exception {
        try (SmtpDialogue smtp = server(Side.CLOUD).connect(STRANGER)) {
            smtp.send("MAIL FROM:<" + CHRIS + ">").expect("250");
            smtp.send("RCPT TO:<" + DAVID + ">").expect("550 5.7.68");
        }
    }

    /** Where a client may knock, and how. */
    private enum Listener {
        CLEAR_TEXT,
        STARTTLS,
        SUBMISSION,
        SUBMISSIONS;

        RawSession open(TestServer server) {
            int port =
                    switch (this) {
                        case CLEAR_TEXT, STARTTLS -> server.port();
                        case SUBMISSION -> server.submissionPort();
                        case SUBMISSIONS -> server.submissionsPort();
                    };
            RawSession session = RawSession.to("127.0.0.1", port).from(STRANGER);
            if (this == SUBMISSIONS) {
                session.secure();
            }
            session.read(1).say("EHLO client.test");
            return this == STARTTLS || this == SUBMISSION ? session.startTls().say("EHLO client.test") : session;
        }

        boolean isForPeople() {
            return this == SUBMISSION || this == SUBMISSIONS;
        }
    }

    /** A client that shares no line of code with us, nor its TLS, at every listener; where it may, it sends the mail. */
    @ParameterizedTest
    @EnumSource(Side.class)
    @RequiresPeer("python3")
    void refusesAStrangerInPython(Side side) throws Exception {
        List<String> senders = List.of(CHRIS, "a@x.test", "");
        List<RawSession> sessions = new ArrayList<>();
        for (Listener listener : Listener.values()) {
            for (String sender : senders) {
                RawSession session = listener.open(server(side));
                for (String recipient : ForeignRecipients.ALL) {
                    session.say("MAIL FROM:<" + sender + ">")
                            .say("RCPT TO:" + recipient)
                            .data("From: a@x.test\r\nSubject: relayed\r\n\r\nx")
                            .say("RSET");
                }
                sessions.add(session);
            }
        }

        List<RawOutcome> outcomes;
        try (RawClient client = RawClient.start()) {
            outcomes = client.runAll(sessions);
        }

        Iterator<RawOutcome> outcome = outcomes.iterator();
        for (Listener listener : Listener.values()) {
            for (String sender : senders) {
                assertRefused(listener, sender, outcome.next());
            }
        }
        assertThat(outcomes.size() * ForeignRecipients.ALL.size()).isGreaterThanOrEqualTo(480);
    }

    private static void assertRefused(Listener listener, String sender, RawOutcome outcome) {
        assertThat(outcome.end())
                .as("%s from <%s>: %s", listener, sender, outcome)
                .isEqualTo("open");
        int each = 4;
        int count = ForeignRecipients.ALL.size();
        int greeting = outcome.replies().size() - each * count;
        for (int i = 0; i < count; i++) {
            List<String> replies = outcome.replies().subList(greeting + each * i, greeting + each * (i + 1));
            String what = listener + " from <" + sender + "> to " + ForeignRecipients.ALL.get(i) + ": " + replies;
            assertThat(replies.get(0)).as(what).startsWith(listener.isForPeople() ? "530" : "250");
            assertThat(replies.get(1)).as(what).matches("(?s)[45]\\d\\d .*");
            assertThat(replies.get(2)).as(what).startsWith("503");
            assertThat(replies.get(3)).as(what).startsWith("250");
        }
    }

    /** A client that shares no line of code with us, nor its TLS. */
    @ParameterizedTest
    @EnumSource(Side.class)
    @RequiresPeer("swaks")
    void refusesSwaks(Side side, @TempDir Path directory) throws Exception {
        for (ForeignIdentity identity :
                List.of(ForeignIdentity.CLEAR_TEXT, ForeignIdentity.SELF_SIGNED, ForeignIdentity.OF_SOMEBODY_ELSE)) {
            List<String> tls = identity.credentials(side.other().host(), authority)
                    .map(credentials -> writePem(directory, identity, credentials))
                    .map(files -> List.of(
                            "--tls",
                            "--tls-cert",
                            files.certificates().toString(),
                            "--tls-key",
                            files.key().toString()))
                    .orElse(List.of());

            Program.Result result = Program.run(Stream.concat(
                            Stream.of(
                                    "swaks",
                                    "--server=127.0.0.1:" + server(side).port(),
                                    "--local-interface=" + STRANGER,
                                    "--ehlo=evil.test",
                                    "--from=" + CHRIS,
                                    "--to=" + ERIN),
                            tls.stream())
                    .toList());

            assertThat(result.exitCode()).as(result.output()).isEqualTo(SWAKS_REFUSED_RECIPIENT);
            assertThat(result.output()).contains("RCPT TO:<" + ERIN + ">", "550 5.");
            if (!tls.isEmpty()) {
                assertThat(result.output()).contains("=== TLS started");
            }
        }
    }

    private TestServer server(Side side) {
        return Objects.requireNonNull(servers.get(side));
    }

    private static PemFiles writePem(Path directory, ForeignIdentity identity, Credentials credentials) {
        try {
            return credentials.writePem(directory, identity.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
