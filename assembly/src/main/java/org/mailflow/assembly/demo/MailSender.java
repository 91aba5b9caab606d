package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * Sends a mail as a client does: by SMTP, with TLS where the server offers it.
 *
 * @param hello the name in EHLO
 * @param address the address of this machine that it connects from
 * @param tls whom it trusts
 * @param login user and password; empty for a mail server, which has none
 */
record MailSender(String hello, String address, SSLContext tls, Optional<Login> login) {

    /**
     * A user of a server.
     *
     * @param user the whole address
     * @param password its password
     */
    record Login(String user, String password) {
        /** The user alone: a password has no place in a log. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Sends a mail.
     *
     * @throws RefusedException where the server does not take it, or not for all recipients
     * @throws IOException where the connection fails
     */
    void send(DemoMail mail, InetSocketAddress server) throws IOException, RefusedException {
        try (SmtpDialogue smtp =
                SmtpDialogue.connect(server.getAddress().getHostAddress(), server.getPort(), address)) {
            smtp.expect("220");
            if (hello(smtp).text().contains("STARTTLS")) {
                smtp.startTls(tls);
                hello(smtp);
            }
            if (login.isPresent()) {
                smtp.send("AUTH PLAIN " + plain(login.get())).expect("235");
            }
            SmtpReply reply = smtp.sendMail(mail.sender(), mail.recipients(), mail.content());
            if (!reply.startsWith("250")) {
                throw new RefusedException("the server answered " + reply.text());
            }
            smtp.send("QUIT").expect("221");
        } catch (AssertionError unexpectedReply) {
            throw new RefusedException(String.valueOf(unexpectedReply.getMessage()));
        }
    }

    private SmtpReply hello(SmtpDialogue smtp) throws IOException {
        return smtp.send("EHLO " + hello).read();
    }

    /** RFC 4616. */
    private static String plain(Login login) {
        String message = "\0" + login.user() + "\0" + login.password();
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    /** A server did not take a mail; the message holds what was said. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
