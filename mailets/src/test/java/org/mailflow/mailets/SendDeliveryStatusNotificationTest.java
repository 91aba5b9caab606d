package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.BodyPart;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.Ret;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.RecipientStatus;
import org.mailflow.james.ReportStamp;
import org.mailflow.james.SampleFlow;

class SendDeliveryStatusNotificationTest {

    private static final String CONTENT = String.join(
            "\r\n",
            "Subject: hello",
            "X-MS-Exchange-Organization-AuthAs: Internal",
            "Message-ID: <1@contoso.com>",
            "X-Eight: \u00e4",
            "",
            "text \u00e4",
            ".",
            "");

    private final LiveMailflow live = SampleFlow.contoso().live();
    private final Spool spool = new Spool();

    private SendDeliveryStatusNotification mailet(String... parameters) throws MessagingException {
        return Samples.init(new SendDeliveryStatusNotification(() -> live), spool, Samples.parameters(parameters));
    }

    private static FakeMail reported(String... recipients) throws MessagingException {
        FakeMail mail = Samples.stamped(Directionality.ORIGINATING, 1, recipients);
        mail.setMessage(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(CONTENT.getBytes(StandardCharsets.ISO_8859_1))));
        mail.setMessageSize(CONTENT.length());
        ReportStamp.put(
                mail,
                new DeliveryReport(
                        DeliveryAction.FAILED,
                        Optional.of("Fabrikam"),
                        Optional.of(Instant.EPOCH),
                        Optional.empty(),
                        List.of(recipients).stream()
                                .map(recipient -> RecipientStatus.of(recipient, "550 5.1.1 no " + recipient))
                                .toList()));
        return mail;
    }

    private static void ask(Mail mail, Ret ret, Notify... wishes) {
        ImmutableMap.Builder<org.apache.james.core.MailAddress, RecipientDsnParameters> each = ImmutableMap.builder();
        if (wishes.length > 0) {
            each.put(
                    mail.getRecipients().iterator().next(), RecipientDsnParameters.of(EnumSet.copyOf(List.of(wishes))));
        }
        mail.setDsnParameters(DsnParameters.of(Optional.empty(), Optional.of(ret), each.build())
                .orElseThrow());
    }

    private MimeMultipart parts() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        spool.items().get(0).mail().getMessage().writeTo(bytes);
        MimeMessage read =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
        return (MimeMultipart) read.getContent();
    }

    private static String content(BodyPart part) throws Exception {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void writesAReportToTheSenderAsANewMail() throws Exception {
        Mail mail = reported("bob@fabrikam.com", "eve@fabrikam.com");

        mailet().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items()).singleElement().satisfies(item -> {
            assertThat(item.state()).isEqualTo(Mail.DEFAULT);
            assertThat(item.recipients()).containsExactly("sender@contoso.com");
            assertThat(item.mail().getMaybeSender().isNullSender()).isTrue();
            assertThat(item.mail().attributes()).isEmpty();
            MimeMessage message = item.mail().getMessage();
            assertThat(message.getSubject()).isEqualTo("Undeliverable: hello");
            assertThat(message.getHeader("From", null)).contains("<postmaster@contoso.com>");
            assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
            assertThat(message.getContentType()).contains("multipart/report", "report-type=delivery-status");
        });
        assertThat(parts().getCount()).isEqualTo(3);
        assertThat(content(parts().getBodyPart(0))).contains("550 5.1.1 no bob@fabrikam.com", "Fabrikam");
        assertThat(parts().getBodyPart(1).getContentType()).startsWith("message/delivery-status");
        assertThat(content(parts().getBodyPart(1)))
                .contains("Final-Recipient: rfc822; bob@fabrikam.com\r\nAction: failed\r\nStatus: 5.1.1")
                .contains("Final-Recipient: rfc822; eve@fabrikam.com");
        assertThat(parts().getBodyPart(2).getContentType()).startsWith("text/rfc822-headers");
        assertThat(content(parts().getBodyPart(2)))
                .contains("Subject: hello\r\n", "X-Eight: \u00e4\r\n")
                .doesNotContain("AuthAs", "text");
    }

    @Test
    void sendsTheMailBackAsAWholeToASenderWhoAskedForIt() throws Exception {
        Mail mail = reported("bob@fabrikam.com");
        ask(mail, Ret.FULL);

        mailet().service(mail);

        BodyPart returned = parts().getBodyPart(2);
        assertThat(returned.getContentType()).startsWith("message/rfc822");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((MimeMessage) returned.getContent()).writeTo(bytes);
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo(CONTENT.replace("X-MS-Exchange-Organization-AuthAs: Internal\r\n", ""));
    }

    @Test
    void sendsTheHeaderBackOfAMailThatIsTooLarge() throws Exception {
        Mail mail = reported("bob@fabrikam.com");
        ask(mail, Ret.FULL);

        mailet("maxMessageAttachSize", "0MB").service(mail);

        assertThat(parts().getBodyPart(2).getContentType()).startsWith("text/rfc822-headers");
    }

    @Test
    void tellsOnlyOfRecipientsOfWhomTheSenderWantsToKnow() throws Exception {
        Mail mail = reported("bob@fabrikam.com", "eve@fabrikam.com");
        ask(mail, Ret.HDRS, Notify.NEVER);

        mailet().service(mail);

        assertThat(content(parts().getBodyPart(1))).contains("eve@fabrikam.com").doesNotContain("bob@fabrikam.com");
    }

    @Test
    void tellsNobodyOfAMailOfNobody() throws Exception {
        Mail mail = reported("bob@fabrikam.com");
        FakeMail ofNobody = FakeMail.builder()
                .name("mail-1")
                .sender(org.apache.james.core.MaybeSender.nullSender())
                .recipient("bob@fabrikam.com")
                .mimeMessage(mail.getMessage())
                .build();

        mailet().service(ofNobody);

        assertThat(spool.items()).isEmpty();
        assertThat(ofNobody.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void takesTheReasonThatJamesKnowsWhereNoDeliveryOfOursWroteAReport() throws Exception {
        Mail mail = Samples.stamped(Directionality.INCOMING, 1, "bob@fabrikam.com");
        mail.setAttribute(
                new Attribute(AttributeName.of("delivery-error"), AttributeValue.of("554 5.4.6 Hop count exceeded")));

        mailet().service(mail);

        assertThat(content(parts().getBodyPart(1)))
                .contains("Status: 5.4.6", "Diagnostic-Code: smtp; 554 5.4.6 Hop count exceeded");
    }

    @Test
    void aReportThatCannotBeEnqueuedIsAFaultThatIsTriedAgain() throws Exception {
        Mail mail = reported("bob@fabrikam.com");
        SendDeliveryStatusNotification mailet = mailet();
        spool.failAt(1);

        assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);

        assertThat(mail.getState()).isNotEqualTo(Mail.GHOST);
    }
}
