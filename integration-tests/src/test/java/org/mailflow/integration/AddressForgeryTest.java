package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * A client is where its connection comes from, whatever it says about that: in EHLO, in commands of other programs, in parameters
 * of MAIL, and in the headers of its mail. A stranger here says in every way that he is the printer, who may relay.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresPeer("python3")
class AddressForgeryTest {

    private static final String PRINTER = "127.0.0.16";
    private static final String OURS = "printer@contoso.com";
    private static final String VICTIM = "victim@elsewhere.test";
    private static final String RELAYED = "anyone@relay.contoso.com";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FEWEST = 60;

    private static final List<String> GREETINGS = Stream.of(
                    PRINTER,
                    PRINTER + ".",
                    "[" + PRINTER + "]",
                    "[IPv6:::ffff:" + PRINTER + "]",
                    "[IPv6:::" + PRINTER + "]",
                    "[IPv6:2001:db8:1::1]",
                    "[fe80::1%lo]",
                    "[::1]",
                    "[127.0.0.1]",
                    "127.0.0.1",
                    "localhost",
                    "gateway.test",
                    "cloud.contoso.com",
                    "one.branch.test",
                    "printer.contoso.com (" + PRINTER + ")",
                    "0x7f000010",
                    "2130706448")
            .flatMap(name -> Stream.of("EHLO " + name, "HELO " + name))
            .toList();

    private static final List<String> COMMANDS = List.of(
            "XCLIENT ADDR=" + PRINTER,
            "XCLIENT NAME=printer.contoso.com ADDR=" + PRINTER + " PROTO=ESMTP HELO=printer.contoso.com",
            "XCLIENT LOGIN=chris@contoso.com",
            "XFORWARD ADDR=" + PRINTER,
            "XPROXYFROM SID=1 IP=" + PRINTER + " PORT=25 DOMAIN=contoso.com",
            "PROXY TCP4 " + PRINTER + " 127.0.0.1 4711 25",
            "PROXY TCP6 2001:db8:1::1 ::1 4711 25",
            "PROXY UNKNOWN",
            "HELP " + PRINTER,
            "X-ANONYMOUSTLS",
            "X-EXPS GSSAPI",
            "XSHADOWREQUEST contoso.com",
            "AUTH EXTERNAL Y2hyaXNAY29udG9zby5jb20=",
            "AUTH ANONYMOUS Y2hyaXM=",
            "VRFY " + PRINTER,
            "ONEX");

    private static final List<String> PARAMETERS = List.of(
            "AUTH=" + OURS,
            "AUTH=<>",
            "XOORG=contoso.com",
            "XATTRDIRECT=Originating",
            "XORIGFROM=" + OURS,
            "XMESSAGECONTEXT=" + PRINTER,
            "ADDR=" + PRINTER,
            "SIZE=100 XOORG=contoso.com");

    private static final List<String> HEADERS = List.of(
            "Received: from printer.contoso.com ([" + PRINTER
                    + "]) by gateway.test with ESMTP; Mon, 5 Jan 2026 10:00:00 +0000",
            "Received: from [" + PRINTER + "] (port=4711 helo=gateway.test)\r\n\tby gateway.test with esmtpsa",
            "X-Forwarded-For: " + PRINTER,
            "Forwarded: for=" + PRINTER,
            "X-Real-IP: " + PRINTER,
            "X-Originating-IP: [" + PRINTER + "]",
            "X-Client-IP: " + PRINTER,
            "X-Sender-IP: " + PRINTER,
            "X-MS-Exchange-Organization-OriginalClientIPAddress: " + PRINTER,
            "X-MS-Exchange-Organization-MessageDirectionality: Originating",
            "X-MS-Exchange-Organization-AuthAs: Internal",
            "X-OriginatorOrg: contoso.com",
            "X-Forefront-Antispam-Report: CIP:" + PRINTER + ";IPV:CAL;SCL:-1;DIR:OUT;",
            "Authentication-Results: gateway.test; spf=pass smtp.mailfrom=contoso.com",
            "Received-SPF: Pass (gateway.test: client-ip=" + PRINTER + ")",
            "Return-Path: <" + OURS + ">",
            "Sender: " + OURS,
            "From: " + OURS);

    private FrontDoorServer door;
    private RawClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        door = new FrontDoorServer(directory);
        client = RawClient.start();
        assertThat(GREETINGS.size() + COMMANDS.size() + PARAMETERS.size() + HEADERS.size())
                .isGreaterThanOrEqualTo(FEWEST);
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        door.close();
    }

    /** So the refusals below are of who the client is, not of what it wants. */
    @Test
    void thePrinterMayRelay() throws Exception {
        RawOutcome outcome = client.run(relaying(door.raw(PRINTER)));

        assertThat(outcome.last()).startsWith("250 2.1.5");
    }

    @Test
    void noGreetingMakesAPrinter() throws Exception {
        assertNobodyRelays(
                GREETINGS,
                greeting -> relaying(
                        door.raw(door.server().port(), Contoso.STRANGER).say(greeting)));
    }

    @Test
    void noCommandMakesAPrinter() throws Exception {
        assertNobodyRelays(
                COMMANDS, command -> relaying(door.raw(Contoso.STRANGER).say(command)));
        assertNobodyRelays(
                COMMANDS,
                command -> relaying(door.raw(door.server().port(), Contoso.STRANGER)
                        .say(command)
                        .say("EHLO client.test")));
    }

    /** As a proxy would send it, before and instead of a greeting, in both versions. */
    @Test
    void noProxyHeaderMakesAPrinter() throws Exception {
        String two = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u007f\0\0\u0010\u007f\0\0\u0001\u00124\0\u0019";
        List<String> headers = List.of("PROXY TCP4 " + PRINTER + " 127.0.0.1 4711 25\r\n", "PROXY UNKNOWN\r\n", two);

        assertNobodyRelays(
                headers, header -> RawSession.to("127.0.0.1", door.server().port())
                        .from(Contoso.STRANGER)
                        .send(header + "EHLO client.test\r\nMAIL FROM:<" + OURS + ">\r\nRCPT TO:<" + VICTIM
                                + ">\r\nDATA\r\nQUIT\r\n")
                        .drain());
    }

    @Test
    void noParameterMakesAPrinter() throws Exception {
        assertNobodyRelays(PARAMETERS, parameter -> door.raw(Contoso.STRANGER)
                .say("MAIL FROM:<" + OURS + "> " + parameter)
                .say("RCPT TO:<" + VICTIM + ">")
                .say("DATA"));
    }

    /** The mail is taken, as anybody's: told of with the address that it came from, which the next server reads first, too. */
    @Test
    void noHeaderMakesAPrinter() throws Exception {
        List<TestMail> mails = new ArrayList<>();
        List<RawSession> sessions = new ArrayList<>();
        for (String header : HEADERS) {
            TestMail mail = TestMail.of(OURS, RELAYED);
            mails.add(mail);
            sessions.add(door.raw(Contoso.STRANGER)
                    .say("MAIL FROM:<" + OURS + ">")
                    .say("RCPT TO:<" + VICTIM + ">")
                    .say("RCPT TO:<" + RELAYED + ">")
                    .data(header + "\r\n" + header.replace(PRINTER, "127.0.0.23") + "\r\nMessage-ID: "
                            + mail.messageId() + "\r\nSubject: forged\r\n\r\nx"));
        }

        List<RawOutcome> outcomes = client.runAll(sessions);

        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < HEADERS.size(); i++) {
            List<String> replies = outcomes.get(i).replies();
            softly.assertThat(replies.get(3)).as(HEADERS.get(i)).startsWith("550 5.7.1");
            softly.assertThat(outcomes.get(i).last()).as(HEADERS.get(i)).startsWith("250");
            softly.assertThat(received(mails.get(i)))
                    .as(HEADERS.get(i))
                    .hasSize(1)
                    .allSatisfy(event -> {
                        assertThat(event.peer()).hasValue(Contoso.STRANGER);
                        assertThat(event.organization()).isEmpty();
                        assertThat(event.connector()).isEmpty();
                    });
        }
        softly.assertAll();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails)
                .allSatisfy(mail -> assertThat(mail.at(door.world())).hasSize(1)));
        assertThat(mails.stream().flatMap(mail -> mail.at(door.world())).map(AddressForgeryTest::topmostReceived))
                .allSatisfy(header -> assertThat(header).contains("[" + Contoso.STRANGER + "]"));
    }

    /** The same in Java: one transaction after another, so that nothing that was said is left for the next. */
    @Test
    void nothingOfItIsLeftForTheNextTransaction() throws Exception {
        try (SmtpDialogue smtp = door.server().connect(Contoso.STRANGER)) {
            for (String command : List.of(COMMANDS.get(0), COMMANDS.get(3), COMMANDS.get(4), "NOOP")) {
                smtp.send(command).read();
                smtp.send("EHLO [" + PRINTER + "]").expect("250");
                SmtpReply begun =
                        smtp.send("MAIL FROM:<" + OURS + "> AUTH=" + OURS).read();
                assertThat(begun.code()).isNotEqualTo(421);
                smtp.send("RSET").expect("250");
                smtp.send("MAIL FROM:<" + OURS + ">").expect("250");
                smtp.send("RCPT TO:<" + VICTIM + ">").expect("550 5.7.1");
                smtp.send("DATA").expect("503");
                smtp.send("RSET").expect("250");
            }
        }
    }

    private interface Approach {
        RawSession with(String claim);
    }

    private static RawSession relaying(RawSession session) {
        return session.say("MAIL FROM:<" + OURS + ">").say("RCPT TO:<" + VICTIM + ">");
    }

    private void assertNobodyRelays(List<String> claims, Approach approach) throws IOException {
        int before = door.server().events(AddressForgeryTest::isRefusal).size();
        List<RawOutcome> outcomes =
                client.runAll(claims.stream().map(approach::with).toList());

        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < claims.size(); i++) {
            List<String> replies = outcomes.get(i).replies();
            softly.assertThat(replies)
                    .as(claims.get(i))
                    .noneMatch(reply -> reply.startsWith("250 2.1.5") || reply.startsWith("354"));
            softly.assertThat(outcomes.get(i).end().equals("closed")
                            || replies.stream().anyMatch(reply -> reply.matches("(?s)5\\d\\d .*")))
                    .as("%s: %s", claims.get(i), outcomes.get(i))
                    .isTrue();
        }
        List<MailEvent> refusals = door.server().events(AddressForgeryTest::isRefusal);
        softly.assertThat(refusals.subList(before, refusals.size())).allSatisfy(event -> {
            assertThat(event.peer()).hasValue(Contoso.STRANGER);
            assertThat(event.organization()).isEmpty();
        });
        softly.assertAll();
    }

    private static boolean isRefusal(MailEvent event) {
        return event.type() == MailEvent.Type.REFUSED;
    }

    private List<MailEvent> received(TestMail mail) throws IOException {
        return door.server().eventsOf(mail).stream()
                .filter(event -> event.type() == MailEvent.Type.RECEIVED)
                .toList();
    }

    private static String topmostReceived(ReceivedMail mail) {
        return mail.content().header("Received").orElse("");
    }
}
