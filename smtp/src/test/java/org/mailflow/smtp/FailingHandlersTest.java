package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Handlers that an administrator adds can fail, and can say yes; neither lets a mail through. */
class FailingHandlersTest {

    private final Mailflow mailflow = Organizations.mailflow(Premises.ON_PREMISES);

    private SmtpServerUnderTest.Builder server() {
        return SmtpServerUnderTest.builder(mailflow, Certificates.SERVER);
    }

    /** Says yes to everything, and gives the session every right that James knows. */
    public static final class YesHook implements MailHook, RcptHook {
        @Override
        public HookResult doMail(SMTPSession session, MaybeSender sender) {
            session.setRelayingAllowed(true);
            return HookResult.OK;
        }

        @Override
        public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
            return HookResult.OK;
        }
    }

    /** Fails at MAIL for one sender, and at RCPT for one recipient. */
    public static final class FailingHook implements MailHook, RcptHook {
        @Override
        public HookResult doMail(SMTPSession session, MaybeSender sender) {
            return sender.asString().startsWith("fail") ? fail() : HookResult.DECLINED;
        }

        @Override
        public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
            return recipient.getLocalPart().equals("fail") ? fail() : HookResult.DECLINED;
        }

        private static HookResult fail() {
            throw new IllegalStateException("a fault of a hook");
        }
    }

    /** Fails for every mail. */
    public static final class FailingMessageHook implements JamesMessageHook {
        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            throw new IllegalStateException("a fault of a hook");
        }
    }

    /** Takes the mail away from what comes behind: the stamp cannot be made. */
    public static final class ResettingMessageHook implements JamesMessageHook {
        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            session.resetState();
            return HookResult.DECLINED;
        }
    }

    /** Gives up in the middle of a mail, as James does where the content cannot be written. */
    public static final class GivingUpFilter implements DataLineFilter {
        @Override
        public Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
            session.popLineHandler();
            SMTPResponse response = new SMTPResponse(SMTPRetCode.LOCAL_ERROR, "Error processing message");
            response.setEndSession(true);
            return response;
        }
    }

    @Test
    void theRestOfAMailThatWasGivenUpIsNoCommands() throws Exception {
        try (SmtpServerUnderTest server =
                        server().withHandler(GivingUpFilter.class).start();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.send("DATA").expect("354");

            smtp.sendRaw(String.join(
                            "\r\n",
                            "Subject: given up",
                            "RSET",
                            "MAIL FROM:<b@x.test>",
                            "RCPT TO:<chris@contoso.com>",
                            "DATA",
                            "Subject: hidden",
                            "",
                            ".",
                            "")
                    .getBytes(StandardCharsets.US_ASCII));

            smtp.expect("451").expectClosed();
            assertThat(server.spooled()).isZero();
        }
    }

    @Test
    void aHookThatSaysYesPassesNothingBy() throws Exception {
        try (SmtpServerUnderTest server = server().withHandler(YesHook.class).start()) {
            try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                smtp.send("MAIL FROM:<a@x.test>").expect("250");
                smtp.send("RCPT TO:<v@evil.test>").expect("550 5.7.1");
                smtp.send("RCPT TO:<nobody@contoso.com>").expect("550 5.4.1");
                smtp.send("DATA").expect("503");
            }
            try (SmtpDialogue smtp = server.connect(Organizations.BLOCKED)) {
                smtp.send("MAIL FROM:<a@x.test>").expect("550 5.7.513");
            }
        }
    }

    @Test
    void aHookThatFailsIsAnsweredWith451() throws Exception {
        try (SmtpServerUnderTest server =
                        server().withHandler(FailingHook.class).start();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<fail@x.test>").expect("451 4.3.0");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<fail@contoso.com>").expect("451 4.3.0");
            smtp.send("DATA").expect("503");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
        }
    }

    @Test
    void aMailThatCannotBeJudgedIsAnsweredWith451() throws Exception {
        try (SmtpServerUnderTest server =
                        server().withHandler(FailingMessageHook.class).start();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpReply reply = SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");

            assertThat(reply.text()).startsWith("451 4.3.0");
            smtp.expectClosed();
            assertThat(server.spooled()).isZero();
        }
    }

    @Test
    void aMailThatCannotBeStampedIsAnsweredWith451() throws Exception {
        try (SmtpServerUnderTest server =
                        server().withHandler(ResettingMessageHook.class).start();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpReply reply = SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");

            assertThat(reply.text()).startsWith("451 4.3.0");
            assertThat(server.spooled()).isZero();
            smtp.send("NOOP").expect("250");
        }
    }
}
