package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.smtp.SmtpSink;

/**
 * A mail that no other is like.
 *
 * @param messageId with its angle brackets
 * @param sender MAIL FROM; empty for the null sender
 * @param recipients RCPT TO
 */
record TestMail(String messageId, String sender, List<String> recipients) {

    TestMail {
        recipients = List.copyOf(recipients);
    }

    static TestMail of(String sender, String... recipients) {
        return new TestMail("<" + UUID.randomUUID() + "@test>", sender, List.of(recipients));
    }

    /** The content as it goes over the wire. */
    byte[] content() {
        String headers = "Message-ID: " + messageId + "\r\n"
                + "Date: Mon, 5 Jan 2026 10:00:00 +0000\r\n"
                + "From: " + (sender.isEmpty() ? "postmaster@client.test" : sender) + "\r\n"
                + "To: undisclosed-recipients:;\r\n"
                + "Subject: test\r\n";
        return (headers + "\r\nA mail of a test.\r\n").getBytes(US_ASCII);
    }

    /** Sends it in a session that was greeted. */
    SmtpReply sendIn(SmtpDialogue smtp) throws IOException {
        return smtp.sendMail(sender, recipients, content());
    }

    /** Whether a mail is a copy of this one. */
    boolean isIn(MailContent content) {
        return content.header("Message-ID").filter(messageId::equals).isPresent();
    }

    /** The copies that came to a sink. */
    Stream<ReceivedMail> at(SmtpSink sink) {
        return sink.received().stream().filter(received -> isIn(received.content()));
    }
}
