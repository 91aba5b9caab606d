package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.james.LoopStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpSink;

/** What came in goes out: every octet, but for what this server itself says in the header. */
class ExactBytesTest {

    private static final int MAILS = 10_000;
    private static final String MARK = "X-Mark: of this server";

    private final Lab lab = new Lab();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private ConnectorPolicy policy() {
        return ConnectorPolicy.mx(lab.flow.snapshot(1), lab.settings);
    }

    private SmtpSession session(SmtpSink sink, ConnectorPolicy policy) throws HostTrouble {
        return SmtpSession.open(
                new Hop(Optional.empty(), IpAddress.parse("127.0.0.1"), sink.port()),
                new ClientSettings(
                        "mail.contoso.com",
                        policy.tls().orElseThrow(),
                        OutboundClient.DEFAULT,
                        lab.settings.timeouts(),
                        timer));
    }

    /** As the server makes it of what a client sent. */
    private static MailImpl mail(byte[] content) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .sender("sender@contoso.com")
                .addRecipient("bob@fabrikam.com")
                .build();
        mail.setMessageNoCopy(new MimeMessageWrapper(
                MimeMessageInputStreamSource.create("mail-1", new ByteArrayInputStream(content))));
        return mail;
    }

    private Outcome send(SmtpSession session, ConnectorPolicy policy, MailImpl mail) throws Exception {
        return SmtpTransaction.run(session, mail, mail.getRecipients(), policy)
                .values()
                .iterator()
                .next();
    }

    @Test
    void everyOctetOfTenThousandMailsIsTheSame() throws Exception {
        ConnectorPolicy policy = policy();
        try (SmtpSink sink = SmtpSink.start();
                SmtpSession session = session(sink, policy)) {
            for (int seed = 0; seed < MAILS; seed++) {
                byte[] content = new OddMail(seed).bytes();
                MailImpl mail = mail(content);
                LoopStamp.put(mail, List.of(MARK), false);

                Outcome outcome = send(session, policy, mail);

                assertThat(outcome).as("mail %d", seed).isInstanceOf(Outcome.Delivered.class);
                mail.dispose();
            }

            List<ReceivedMail> received = sink.received();
            assertThat(received).hasSize(MAILS);
            for (int seed = 0; seed < MAILS; seed++) {
                String sent = new String(new OddMail(seed).bytes(), StandardCharsets.ISO_8859_1);
                assertThat(new String(received.get(seed).content().bytes(), StandardCharsets.ISO_8859_1))
                        .as("mail %d", seed)
                        .isEqualTo(MARK + "\r\n" + sent + (sent.endsWith("\r\n") ? "" : "\r\n"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void aMailThatWasLookedIntoOrGotAFieldKeepsEveryOtherOctet(boolean lookedInto, boolean changed) throws Exception {
        ConnectorPolicy policy = policy();
        String content = String.join(
                "\r\n",
                "Subject: h\u00e4der",
                "X-Odd :  two  blanks ",
                "\t",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "preamble",
                "--b ",
                "",
                "\u00e4",
                "--b--",
                "",
                "");
        MailImpl mail = mail(content.getBytes(StandardCharsets.ISO_8859_1));
        if (lookedInto) {
            assertThat(((MimeMultipart) mail.getMessage().getContent()).getCount())
                    .isEqualTo(1);
        }
        if (changed) {
            mail.getMessage().addHeader("X-Ours", "new");
        }
        try (SmtpSink sink = SmtpSink.start();
                SmtpSession session = session(sink, policy)) {

            send(session, policy, mail);

            assertThat(new String(sink.received().get(0).content().bytes(), StandardCharsets.ISO_8859_1)
                            .replace("X-Ours: new\r\n", ""))
                    .isEqualTo(content);
        }
    }

    @Test
    void whatAPartSaysIsTheSameWhereAHostTakesSevenBitsOnly() throws Exception {
        ConnectorPolicy policy = policy();
        String text = "gr\u00fc\u00dfe\r\n.\r\n.. \t\r\n" + "\u00e4".repeat(500) + "\r\n";
        String content = "Subject: h\u00e4der\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n" + text
                + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
                + "--b--\r\n";
        try (SmtpSink sink =
                        SmtpSink.builder().capabilities("PIPELINING", "SIZE").start();
                SmtpSession session = session(sink, policy)) {

            Outcome outcome = send(session, policy, mail(content.getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
            ReceivedMail mail = sink.received().get(0);
            assertThat(mail.sender().parameters()).noneMatch(parameter -> parameter.startsWith("BODY"));
            assertThat(mail.content().body()).matches("\\p{ASCII}*").contains("quoted-printable");
            MimeMessage read = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(mail.content().bytes()));
            MimeMultipart parts = (MimeMultipart) read.getContent();
            assertThat(new String(parts.getBodyPart(0).getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(text);
            assertThat(parts.getBodyPart(1).getContent()).isEqualTo("plain");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONVERT, '',                    true",
        "REJECT,  '',                    false",
        "CONVERT, DKIM-Signature: v=1,   false",
        "REJECT,  DKIM-Signature: v=1,   false"
    })
    void whatMayNotBeConvertedIsReturned(EightBitConversion conversion, String field, boolean delivered)
            throws Exception {
        String header = field.isEmpty() ? "" : field + "\r\n";
        byte[] content = (header + "Subject: a\r\n\r\n\u00e4\r\n").getBytes(StandardCharsets.ISO_8859_1);
        lab.outbound(SampleConnector.named("Fabrikam").eightBitConversion(conversion));
        ConnectorPolicy policy = Policies.of(lab.flow.snapshot(1), lab.settings)
                .of(QueueNames.of("contoso", "Fabrikam"))
                .orElseThrow();
        try (SmtpSink seven = SmtpSink.builder().capabilities("SIZE").start();
                SmtpSink eight = SmtpSink.start();
                SmtpSession toSeven = session(seven, policy);
                SmtpSession toEight = session(eight, policy)) {

            Outcome outcome = send(toSeven, policy, mail(content));
            Outcome elsewhere = send(toEight, policy, mail(content));

            assertThat(outcome).isInstanceOf(delivered ? Outcome.Delivered.class : Outcome.Failed.class);
            assertThat(seven.received()).hasSize(delivered ? 1 : 0);
            if (!delivered) {
                assertThat(outcome.text()).startsWith("554 5.6.3 Conversion required but not supported");
            }
            assertThat(elsewhere).isInstanceOf(Outcome.Delivered.class);
            assertThat(eight.received().get(0).content().bytes()).isEqualTo(content);
            assertThat(Set.copyOf(eight.received().get(0).sender().parameters()))
                    .contains("BODY=8BITMIME");
        }
    }
}
