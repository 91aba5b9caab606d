package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.james.jdkim.exceptions.FailException;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * A mail in which a relay finds all that relays like to mend: dots at the start of lines, blanks at their end, eight-bit
 * text, very long lines, an attachment, empty lines at the end, folded header fields. Its sender has signed it.
 *
 * @param mail sender, recipients and Message-ID
 * @param content with the signatures
 */
record SignedMail(TestMail mail, MailContent content) {

    /** Of 998 octets, the most that RFC 5322 allows. */
    private static final String LONG_LINE = "long ".repeat(199) + "end";

    private static final int LINE = 76;
    private static final int ATTACHMENT = 3000;

    static SignedMail of(TestMail mail, DkimKey key) throws IOException, FailException {
        String domain = mail.sender().substring(mail.sender().indexOf('@') + 1);
        byte[] plain = (header(mail) + "\r\n" + body()).getBytes(ISO_8859_1);
        return new SignedMail(mail, new MailContent(key.sign(plain, domain)));
    }

    private static String header(TestMail mail) {
        String to = mail.recipients().stream()
                .map(recipient -> "\"Recipient,  " + recipient + "\" <" + recipient + ">")
                .collect(Collectors.joining(",\r\n\t"));
        return "Message-ID: " + mail.messageId() + "\r\n"
                + "Date:  Mon, 5 Jan 2026 10:00:00 +0000 (UTC)\r\n"
                + "From: \"Sender\"   <" + mail.sender() + ">\r\n"
                + "To: " + to + "\r\n"
                + "Subject: =?UTF-8?Q?Stra=C3=9Fe?=  and\r\n  more,\twith blanks at the end  \r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed;\r\n boundary=\"part\"\r\n";
    }

    /** The octets as ISO-8859-1. */
    private static String body() {
        byte[] attachment = new byte[ATTACHMENT];
        new Random(1).nextBytes(attachment);
        String text = "Grüße, straight ahead\t \r\n.\r\n..\r\n.one dot\r\n...three  \r\n \r\n\r\nFrom here on\r\n"
                + LONG_LINE + "\r\nThe last line.\r\n";
        return "A preamble.\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + new String(text.getBytes(UTF_8), ISO_8859_1)
                + "\r\n--part\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n"
                + "\r\n--part\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"data.bin\"\r\n\r\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'}).encodeToString(attachment)
                + "\r\n--part--\r\nAn epilogue.\r\n\r\n\r\n";
    }

    /** Sends it in a session that was greeted. */
    SmtpReply sendIn(SmtpDialogue smtp) throws IOException {
        smtp.send("MAIL FROM:<" + mail.sender() + "> BODY=8BITMIME").expect("250");
        for (String recipient : mail.recipients()) {
            smtp.send("RCPT TO:<" + recipient + ">").expect("250");
        }
        return smtp.sendData(content.bytes());
    }
}
