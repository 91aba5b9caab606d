package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Base64;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.TlsContexts;

/** How people hand in mail: over TLS, with user and password. */
final class Submission {

    private Submission() {}

    /** A session of a user. */
    static SmtpDialogue open(TestServer server, String from, String user) throws IOException {
        SmtpDialogue smtp = server.connect(server.submissionPort(), from);
        smtp.startTls(TlsContexts.gullibleClient());
        smtp.send("EHLO desk.test").expect("250");
        return logIn(smtp, user);
    }

    /** Authenticates in a session over TLS. */
    static SmtpDialogue logIn(SmtpDialogue smtp, String user) throws IOException {
        return smtp.send("AUTH PLAIN " + plain(user)).expect("235");
    }

    /** RFC 4616. */
    private static String plain(String user) {
        String message = "\0" + user + "\0" + TestServer.PASSWORD;
        return Base64.getEncoder().encodeToString(message.getBytes(US_ASCII));
    }
}
