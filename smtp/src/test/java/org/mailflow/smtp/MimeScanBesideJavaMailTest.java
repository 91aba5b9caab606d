package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import javax.mail.BodyPart;
import javax.mail.MessagingException;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.mime.MimeScan;
import org.mailflow.core.model.MimeLimits;

/** Whatever lines a mail is made of: JavaMail, which takes mail apart here, never sees it deeper than it was measured. */
class MimeScanBesideJavaMailTest {

    private static final int MAILS = 3_000;
    private static final MimeLimits UNLIMITED = new MimeLimits(1_000_000, 1_000_000);
    private static final List<String> LINES = List.of(
            "",
            "",
            "",
            "text",
            "--a",
            "--b",
            "--ab",
            "--a--",
            "--b--",
            "--ab--",
            "--a  ",
            "-- ",
            "junk of a header",
            "Content-Type: multipart/mixed; boundary=a",
            "Content-Type: multipart/mixed; boundary=\"b\"",
            "Content-Type: multipart/alternative; boundary=ab",
            "Content-Type: multipart/digest; boundary=a",
            "Content-Type: multipart/mixed",
            "Content-Type: multipart/mixed; boundary*=us-ascii''b",
            "Content-Type: multipart/mixed; boundary=a; boundary=b",
            "Content-Type: multipart/mixed; boundary=a(b)",
            "Content-Type: message/rfc822",
            "Content-Type: text/plain",
            " boundary=a",
            "Subject: x");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void javaMailNeverSeesMoreThanWasMeasured(long seed) throws Exception {
        Random random = new Random(seed);
        Session session = Session.getInstance(new Properties());
        int deepest = 0;

        for (int i = 0; i < MAILS; i++) {
            String mail = random.ints(4 + random.nextInt(40), 0, LINES.size())
                    .mapToObj(LINES::get)
                    .reduce("", (all, line) -> all + line + "\r\n");
            MimeScan scan = new MimeScan(UNLIMITED);
            scan.next(mail.getBytes(StandardCharsets.US_ASCII));
            scan.end();
            int depth =
                    depth(new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))));
            assertThat(scan.depth()).as(mail).isGreaterThanOrEqualTo(depth);
            deepest = Math.max(deepest, depth);
        }

        assertThat(deepest).isGreaterThanOrEqualTo(3);
    }

    private static int depth(Part part) throws IOException {
        try {
            Object content = part.getContent();
            if (content instanceof MimeMultipart parts) {
                int deepest = 0;
                for (int i = 0; i < parts.getCount(); i++) {
                    BodyPart inner = parts.getBodyPart(i);
                    deepest = Math.max(deepest, depth(inner));
                }
                return 1 + deepest;
            }
            return content instanceof MimeMessage message ? 1 + depth(message) : 0;
        } catch (MessagingException | IOException e) {
            // JavaMail gives up: it goes no deeper.
            return 0;
        }
    }
}
