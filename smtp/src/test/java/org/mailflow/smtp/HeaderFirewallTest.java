package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Premises;
import org.mailflow.james.Stamps;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** What a mail may not say of itself, what this server says of it, and where it came from behind a gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderFirewallTest {

    private static final String REST = "Subject: a\r\n folded\r\nTo: c@contoso.com\r\n";
    private static final String BODY = "\r\nX-Forefront-Antispam-Report: in the body\r\n..\r\n";
    private static final String REPORT = "X-Forefront-Antispam-Report: ";

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(
                        Organizations.mailflow(Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()),
                        Certificates.SERVER)
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() throws Exception {
        server.clearSpool();
        server.events().clear();
    }

    private Mail onlyMail() throws Exception {
        List<Mail> mails = server.spool();
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private Stamp stamp() throws Exception {
        return Stamps.of(onlyMail()).orElseThrow();
    }

    /** The mail as it is on the spool, without our Received header. */
    private String spooled() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        onlyMail().getMessage().writeTo(written);
        String text = written.toString(ISO_8859_1);
        assertThat(text).startsWith("Received: from client.example ([127.");
        return text.substring(text.indexOf("\r\nX-Forefront-Antispam-Report: ") + 2);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private SmtpReply send(String client, String mail, String... recipients) throws Exception {
        try (SmtpDialogue smtp = server.connect(client)) {
            return smtp.sendMail("a@x.test", List.of(recipients), mail.getBytes(ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forefront-Antispam-Report: CIP:127.0.0.7;SCL:-1;IPV:CAL;SFV:SKN;DIR:INT;\r\n",
                "x-forefront-ANTISPAM-report : CIP:127.0.0.7;\r\n\tSCL:-1;\r\n \r\n IPV:CAL;\r\n",
                "X-Forefront-Antispam-Report\r\n : CIP:127.0.0.7\r\n",
                "X-Forefront-Antispam-Report: a\r\nX-Forefront-Antispam-Report: b\r\n",
                "X-MS-Exchange-ExternalOriginalInternetSender: ip=[127.0.0.7]\r\n",
                "X-MS-Exchange-SkipListedInternetSender: ip=[127.0.0.7]\r\n"
            })
    void isSaidByThisServerAlone(String forged) throws Exception {
        String report = REPORT + "CIP:127.0.0.99;IPV:NLI;DIR:INB;\r\n";
        List<String> mails = List.of(forged + REST, REST + forged, "Subject: b\r\n" + forged + REST);
        for (String mail : mails) {
            server.clearSpool();

            assertThat(send(Organizations.STRANGER, mail + BODY, "chris@contoso.com")
                            .code())
                    .isEqualTo(250);

            assertThat(spooled()).isEqualTo(report + mail.replace(forged, "") + BODY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.99 | chris@contoso.com | CIP:127.0.0.99;IPV:NLI;DIR:INB;",
                "127.0.0.7 | chris@contoso.com | CIP:127.0.0.7;SCL:-1;IPV:CAL;SFV:SKN;DIR:INB;",
                "127.0.0.5 | chris@contoso.com | CIP:127.0.0.5;SCL:-1;IPV:NLI;SFV:SKI;DIR:INT;",
            })
    void tellsWhatIsKnown(String client, String recipient, String report) throws Exception {
        send(client, REST + BODY, recipient);

        assertThat(onlyMail().getMessage().getHeader("X-Forefront-Antispam-Report"))
                .containsExactly(report);
        assertThat(onlyMail().getMessage().getHeader("X-MS-Exchange-SkipListedInternetSender"))
                .isNull();
    }

    @Test
    void aFirstLineThatIsFoldedDoesNotBecomePartOfOurs() throws Exception {
        send(Organizations.STRANGER, " SCL:-1;IPV:CAL;\r\n" + REST + BODY, "chris@contoso.com");

        assertThat(onlyMail().getMessage().getHeader("X-Forefront-Antispam-Report"))
                .containsExactly("CIP:127.0.0.99;IPV:NLI;DIR:INB;");
        assertThat(spooled()).endsWith("DIR:INB;\r\n\r\n SCL:-1;IPV:CAL;\r\n" + REST + BODY);
    }

    /** RFC 5321, 4.5.2: whatever follows the dot that begins a line is the line. */
    @Test
    void aDotOfSmtpHidesNoField() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.send("DATA").expect("354");
            String content =
                    ".X-OriginatorOrg: forged\r\n..X-OriginatorOrg: kept\r\nX-Kept: x\r\n. y\r\n\r\n.a\r\n..b\r\n.\r\n";
            smtp.sendRaw(content.getBytes(ISO_8859_1)).expect("250");
        }

        assertThat(onlyMail().getMessage().getHeader("X-OriginatorOrg")).isNull();
        assertThat(spooled()).endsWith("\r\n.X-OriginatorOrg: kept\r\nX-Kept: x\r\n y\r\n\r\na\r\n.b\r\n");
    }

    @Test
    void aMailWithoutHeaderHasOurs() throws Exception {
        for (String client : List.of(Organizations.STRANGER, Organizations.GATEWAY)) {
            for (String mail : List.of("", "\r\nbody\r\n", "no colon\r\n")) {
                server.clearSpool();
                try (SmtpDialogue smtp = server.connect(client)) {
                    smtp.send("MAIL FROM:<a@x.test>").expect("250");
                    smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
                    smtp.send("DATA").expect("354");
                    smtp.sendRaw((mail + ".\r\n").getBytes(ISO_8859_1)).expect("250");
                }

                assertThat(onlyMail().getMessage().getHeader("X-Forefront-Antispam-Report"))
                        .hasSize(1);
                assertThat(spooled()).contains(mail);
            }
        }
    }

    static Stream<Arguments> forgeries() {
        List<String> shapes = List.of(
                "Received: from x ([%s]) by mx.contoso.com (Mailflow) with ESMTPS id 1; Mon, 1 Jan 2024 00:00:00 +0000",
                "Received: from x (x [%s]) by mx.contoso.com (Postfix) with ESMTP id 1; Mon, 1 Jan 2024 00:00:00 +0000",
                "Received: from [%s] (helo=x) by mx.contoso.com with esmtp (Exim 4.96); Mon, 1 Jan 2024 00:00:00 +0000",
                "Received: from x (%s) by mx.contoso.com (127.0.0.1) with Microsoft SMTP Server id 1; Mon, 1 Jan 2024",
                "received : from x\r\n\t(x [%s])\r\n\tby mx.contoso.com (Postfix); Mon, 1 Jan 2024 00:00:00 +0000",
                "X-Received: from x (x [%s]) by mx.contoso.com (Postfix)",
                "X-Forwarded-For: %s",
                "Forwarded: for=%s",
                "X-Originating-IP: [%s]",
                "X-Originating-Client: %s",
                "X-Real-IP: %s",
                "X-Client-IP: %s",
                "X-Sender-IP: %s",
                "X-Source-IP: %s",
                "X-MS-Exchange-Organization-OriginalClientIPAddress: %s",
                "X-MS-Exchange-Organization-ConnectingIP: %s",
                "X-Forefront-Antispam-Report: CIP:%s;IPV:CAL;SCL:-1;",
                "X-MS-Exchange-ExternalOriginalInternetSender: ip=[%s]",
                "X-MS-Exchange-SkipListedInternetSender: ip=[%s]",
                "Received-SPF: pass (x) client-ip=%s;",
                "Authentication-Results: mx.contoso.com; iprev=pass policy.iprev=%s");
        return shapes.stream()
                .flatMap(shape -> Stream.of(Organizations.ALLOWED, Organizations.PRINTER, Organizations.ALLOWED_SOURCE)
                        .map(address -> Arguments.of(shape, address)));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void noHeaderChangesWhereAMailOfAStrangerCameFrom(String shape, String address) throws Exception {
        send(Organizations.STRANGER, shape.replace("%s", address) + "\r\n" + REST + BODY, "chris@contoso.com");

        Stamp stamp = stamp();
        assertThat(stamp.clientIp()).hasToString(Organizations.STRANGER);
        assertThat(stamp.recoveredIp()).isEmpty();
        assertThat(stamp.allowListed()).isFalse();
        assertThat(stamp.internal()).isFalse();
        assertThat(stamp.connector()).isEmpty();
        assertThat(stamp.directionality()).isEqualTo(Directionality.INCOMING);
        assertThat(onlyMail().getRemoteAddr()).isEqualTo(Organizations.STRANGER);
        assertThat(onlyMail().getMessage().getHeader("X-Forefront-Antispam-Report"))
                .containsExactly("CIP:127.0.0.99;IPV:NLI;DIR:INB;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO [127.0.0.5]",
                "EHLO 127.0.0.5",
                "HELO [127.0.0.5]",
                "EHLO mx.contoso.com",
                "EHLO localhost",
                "XCLIENT ADDR=127.0.0.5",
                "XCLIENT ADDR=127.0.0.5 NAME=printer.contoso.com",
                "XFORWARD ADDR=127.0.0.5"
            })
    void noCommandGivesAStrangerTheRightsOfAnAddress(String command) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send(command).read();
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");

            smtp.send("RCPT TO:<erin@cpandl.com>").expect(Reply.UNABLE_TO_RELAY.toString());
        }

        assertThat(server.events().last().peer()).hasValue(Organizations.STRANGER);
    }

    @Test
    void theSourceBehindAGatewayIsRead() throws Exception {
        String received = lines(
                "Received: from y (y [203.0.113.9])",
                " by gw (Postfix) with ESMTP id 1; Mon, 1 Jan 2024",
                "Received: from z (z [203.0.113.66]) by y (Postfix) with ESMTP id 1; Mon, 1 Jan 2024");

        send(Organizations.GATEWAY, received + REST + BODY, "chris@contoso.com");

        assertThat(stamp().clientIp()).hasToString(Organizations.GATEWAY);
        assertThat(stamp().recoveredIp()).isEqualTo(Optional.of(IpAddress.parse("203.0.113.9")));
        assertThat(stamp().allowListed()).isFalse();
        String ours = lines(
                REPORT + "CIP:203.0.113.9;IPV:NLI;DIR:INT;",
                "X-MS-Exchange-ExternalOriginalInternetSender: ip=[203.0.113.9]",
                "X-MS-Exchange-SkipListedInternetSender: ip=[203.0.113.9]");
        assertThat(spooled()).isEqualTo(ours + received + REST + BODY);
    }

    @Test
    void theSourceBehindAGatewayMayBeAllowListed() throws Exception {
        send(
                Organizations.GATEWAY,
                "Received: from y (y [" + Organizations.ALLOWED_SOURCE + "]) by gw (Postfix) with ESMTP\r\n" + REST,
                "chris@contoso.com");

        assertThat(stamp().allowListed()).isTrue();
        assertThat(onlyMail().getMessage().getHeader("X-Forefront-Antispam-Report"))
                .containsExactly("CIP:203.0.113.7;SCL:-1;IPV:CAL;SFV:SKN;DIR:INT;");
    }

    @Test
    void aSourceOnTheBlockListIsRefusedAtTheEndOfDataAndIsAnEvent() throws Exception {
        String received = "Received: from y (y [" + Organizations.BLOCKED_SOURCE + "]) by gw (Postfix) with ESMTP\r\n";
        try (SmtpDialogue smtp = server.connect(Organizations.GATEWAY)) {
            SmtpReply reply = smtp.sendMail(
                    "a@x.test",
                    List.of("chris@contoso.com", "anna@contoso.com"),
                    (received + REST + BODY).getBytes(ISO_8859_1));

            assertThat(reply.text())
                    .isEqualTo(Reply.blocked(Organizations.BLOCKED_SOURCE).toString());
            assertThat(server.spooled()).isZero();
            MailEvent event = server.events().last();
            assertThat(event.type()).isEqualTo(MailEvent.Type.REFUSED);
            assertThat(event.recipients()).containsExactly("chris@contoso.com", "anna@contoso.com");
            assertThat(event.peer()).hasValue(Organizations.GATEWAY);
            assertThat(event.reason().orElse(""))
                    .contains(
                            Organizations.BLOCKED_SOURCE + " is on the IP block list: " + Organizations.BLOCKED_SOURCE);

            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
        }

        assertThat(server.spooled()).isEqualTo(1);
    }

    @Test
    void aSourceThatCannotBeReadIsTheGateway() throws Exception {
        for (String received : List.of(
                "",
                "Received: by gw (Postfix, from userid 0)\r\n",
                "Received: from x (EHLO y) ([203.0.113.66]) by gw\r\n",
                lines("X: " + "x\r\n ".repeat(20_000) + "x", "Received: from y (y [203.0.113.66]) by gw (Postfix)"))) {
            server.clearSpool();

            send(Organizations.GATEWAY, received + REST + BODY, "chris@contoso.com");

            assertThat(stamp().recoveredIp()).isEmpty();
            assertThat(spooled())
                    .isEqualTo(REPORT + "CIP:127.0.0.11;SCL:-1;IPV:NLI;SFV:SKI;DIR:INT;\r\n" + received + REST + BODY);
        }
    }
}
