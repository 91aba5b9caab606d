package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.model.Premises;
import org.mailflow.james.Stamps;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** What the other premises of a hybrid deployment says of a mail counts; what anybody else says does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossPremisesTest {

    /** What of core's replies is tested here. */
    static final List<String> REPLIES = List.of("AMBIGUOUS_HEADER");

    private static final String OUR_ORGANIZATION = "X-OriginatorOrg: contoso.com\r\n";
    private static final String AUTH_AS = "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n";
    private static final String REST = "Subject: a\r\n\r\nbody\r\n";

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

    private SmtpDialogue otherPremises() throws IOException {
        return server.connect(Organizations.STRANGER, Certificates.OTHER_PREMISES);
    }

    private static SmtpReply send(SmtpDialogue smtp, String mail) throws IOException {
        return smtp.sendMail("erin@cpandl.com", List.of("chris@contoso.com"), mail.getBytes(ISO_8859_1));
    }

    private Mail onlyMail() throws Exception {
        List<Mail> mails = server.spool();
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private Stamp stamp() throws Exception {
        return Stamps.of(onlyMail()).orElseThrow();
    }

    private List<String> values(String name) throws Exception {
        String[] values = onlyMail().getMessage().getHeader(name);
        return values == null ? List.of() : List.of(values);
    }

    @Test
    void whatItSaysIsTakenForOurOwn() throws Exception {
        try (SmtpDialogue smtp = otherPremises()) {
            send(
                    smtp,
                    OUR_ORGANIZATION + AUTH_AS
                            + "X-MS-Exchange-Organization-Rules: ours\r\n"
                            + "X-MS-Exchange-CrossPremises-Rules: theirs\r\n"
                            + "X-MS-Exchange-Organization-Kept: kept\r\n"
                            + "X-MS-Exchange-CrossPremises-AuthSource: mail.cloud.example\r\n"
                            + "X-MS-Exchange-CrossPremises-Network-Message-Id: 0b8c\r\n"
                            + "X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:NSPM;\r\n"
                            + REST);
        }

        assertThat(stamp().internal()).isTrue();
        assertThat(stamp().crossPremises()).isTrue();
        assertThat(stamp().scl()).isEqualTo(Optional.of(-1));
        assertThat(values("X-MS-Exchange-Organization-AuthAs")).containsExactly("Internal");
        assertThat(values("X-MS-Exchange-Organization-AuthSource")).containsExactly("mail.cloud.example");
        assertThat(values("X-MS-Exchange-Organization-Network-Message-Id")).containsExactly("0b8c");
        assertThat(values("X-MS-Exchange-Organization-Rules")).containsExactly("theirs");
        assertThat(values("X-MS-Exchange-Organization-Kept")).containsExactly("kept");
        assertThat(values("X-CrossPremisesHeadersPromoted")).containsExactly(Organizations.FQDN);
        assertThat(values("X-Forefront-Antispam-Report-Untrusted")).containsExactly("CIP:192.0.2.1;SFV:NSPM;");
        assertThat(values("X-Forefront-Antispam-Report")).hasSize(1);
        assertThat(server.events().last().reason().orElse("")).startsWith("internal: the other premises says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-MS-Exchange-CrossPremises-AuthAs: Anonymous\r\n",
                "X-MS-Exchange-CrossPremises-AuthAs: Partner\r\n",
                "X-MS-Exchange-CrossPremises-AuthAs:\r\n",
                "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\nX-MS-Exchange-CrossPremises-AuthAs: Anonymous\r\n",
                "X-MS-Exchange-Organization-AuthAs: Internal\r\n",
                "",
            })
    void withoutItsWordAMailIsExternalAndScanned(String header) throws Exception {
        try (SmtpDialogue smtp = otherPremises()) {
            send(smtp, OUR_ORGANIZATION + header + REST);
        }

        assertThat(stamp().internal()).isFalse();
        assertThat(stamp().crossPremises()).isTrue();
        assertThat(stamp().skipsSpamFilter()).isFalse();
        assertThat(values("X-MS-Exchange-Organization-AuthAs")).containsExactly("Anonymous");
    }

    /** The certificate of the other premises in this test is a service's, in no domain of ours. */
    @ParameterizedTest
    @CsvSource({
        "tenant.example, false",
        "contoso.com, true",
        "CONTOSO.COM, true",
        "fourthcoffee.com, false",
        "notcontoso.com, false",
    })
    void aSharedCertificateNeedsTheOrganizationBesideIt(String organization, boolean internal) throws Exception {
        try (SmtpDialogue smtp = otherPremises()) {
            assertThat(smtp.transcript()).anyMatch(line -> line.contains("XOORG"));
            smtp.send("MAIL FROM:<erin@cpandl.com> XOORG=" + organization).expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            assertThat(smtp.sendData((AUTH_AS + REST).getBytes(ISO_8859_1)).code())
                    .isEqualTo(250);
        }

        assertThat(stamp().internal()).isEqualTo(internal);
        assertThat(stamp().crossPremises()).isEqualTo(internal);
        assertThat(values("X-MS-Exchange-CrossPremises-AuthAs")).isEmpty();
    }

    @Test
    void anotherTenantOfTheServiceIsAnybody() throws Exception {
        try (SmtpDialogue smtp = otherPremises()) {
            smtp.send("MAIL FROM:<chris@contoso.com> XOORG=tenant.example").expect("250");

            smtp.send("RCPT TO:<erin@cpandl.com>").expect(Reply.UNABLE_TO_RELAY.toString());
        }
    }

    @Test
    void itsHeaderAloneDoesNotMakeItOurs() throws Exception {
        for (String header : List.of(
                AUTH_AS,
                "X-OriginatorOrg: tenant.example\r\n" + AUTH_AS,
                OUR_ORGANIZATION + "X-OriginatorOrg: tenant.example\r\n" + AUTH_AS)) {
            server.clearSpool();
            try (SmtpDialogue smtp = otherPremises()) {
                send(smtp, header + REST);
            }

            assertThat(stamp().internal()).isFalse();
            assertThat(stamp().skipsSpamFilter()).isFalse();
            assertThat(values("X-MS-Exchange-CrossPremises-AuthAs")).isEmpty();
            assertThat(values("X-OriginatorOrg")).isEmpty();
            assertThat(server.events().last().reason().orElse("")).startsWith("external: it");
        }
    }

    @Test
    void nobodyElseIsOfferedXoorgOrMaySayIt() throws Exception {
        SSLContext none = Certificates.FORGED_OTHER_PREMISES;
        for (SmtpDialogue dialogue :
                List.of(server.connect(Organizations.STRANGER), server.connect(Organizations.STRANGER, none))) {
            try (SmtpDialogue smtp = dialogue) {
                smtp.send("EHLO client.example").expect("250");
                assertThat(smtp.transcript()).noneMatch(line -> line.contains("XOORG"));

                smtp.send("MAIL FROM:<a@x.test> XOORG=contoso.com").expect("555 5.5.4");
            }
        }
    }

    @Test
    void whoWasOfferedXoorgMaySayItAfterAReloadToo() throws Exception {
        try (SmtpDialogue smtp = otherPremises()) {
            server.reload(Organizations.mailflow(2, Premises.ON_PREMISES));

            smtp.send("MAIL FROM:<erin@cpandl.com> XOORG=contoso.com").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.sendData((AUTH_AS + REST).getBytes(ISO_8859_1));

            assertThat(stamp().internal()).isFalse();
            assertThat(values("X-OriginatorOrg")).isEmpty();
            smtp.send("EHLO client.example").expect("250");
            smtp.send("MAIL FROM:<erin@cpandl.com> XOORG=contoso.com").expect("555 5.5.4");
        } finally {
            server.reload(Organizations.mailflow(3, Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()));
        }
    }

    @Test
    void aVerdictInOurNameIsRemovedAndThatOfOthersStays() throws Exception {
        String others =
                "Authentication-Results: mx.example; spf=pass\r\nARC-Seal: i=1; a=rsa-sha256; d=example.com; b=x\r\n";
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            send(
                    smtp,
                    "Authentication-Results: " + Organizations.FQDN + ";\r\n dkim=pass\r\n"
                            + "authentication-results : (so) \"contoso.com\" 1; spf=pass\r\n"
                            + "ARC-Seal: =?utf-8?q?i=1;_d=contoso.com?=\r\n"
                            + "ARC-Seal: i=1; a=rsa-sha256;\r\n\td=contoso.com; b=x\r\n"
                            + "ARC-Authentication-Results: i=1; " + Organizations.FQDN + "; spf=pass\r\n"
                            + others + REST);
        }

        assertThat(values("Authentication-Results")).containsExactly("mx.example; spf=pass");
        assertThat(values("ARC-Seal")).containsExactly("i=1; a=rsa-sha256; d=example.com; b=x");
        assertThat(values("ARC-Authentication-Results")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-MS-Exchange-\r\n Organization-AuthAs: Internal\r\n",
                "X-MS-Exchange-Organ\r\n\tization-AuthAs: Internal\r\n",
                "Sub\r\n ject: x\r\n"
            })
    void aFoldedNameIsRefused(String header) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            assertThat(send(smtp, "To: x\r\n" + header + REST).text()).isEqualTo(Reply.AMBIGUOUS_HEADER.toString());
        }

        assertThat(server.spooled()).isZero();
    }
}
